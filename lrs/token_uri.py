"""The name of a key on a token: what of RFC 7512 is understood here, and which file holds the PIN. Pure."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import unquote, unquote_to_bytes, urlsplit

SCHEME = "pkcs11:"

_EXAMPLE = "such as pkcs11:token=Office;object=certificates?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/run/pin"
_PATH = frozenset({"token", "serial", "object", "id", "type"})
_QUERY = frozenset({"module-path", "pin-source"})
_WELL = re.compile(r"(?:[^%\x00-\x20]|%[0-9A-Fa-f]{2})*")


@dataclass(frozen=True, slots=True)
class TokenUri:
    """Which module is asked for which key of which token."""

    module: Path
    token: str | None = None
    serial: bytes | None = None
    label: str | None = None
    id: bytes | None = None
    pin_file: Path | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a URI; ValueError says what it should be, and nothing of what it was."""
        path, _, query = text.removeprefix(SCHEME).partition("?")
        said, asked = _pairs(path, ";", _PATH), _pairs(query, "&", _QUERY)
        if "module-path" not in asked or not unquote(asked["module-path"]).startswith("/"):
            raise ValueError(f"told by ?module-path=/... which program speaks with the token, {_EXAMPLE}")
        if not said.keys() & {"object", "id"}:
            raise ValueError(f"told which key is meant, by its label or its id, {_EXAMPLE}")
        if said.get("type", "private") != "private":
            raise ValueError(f"the name of a private key, {_EXAMPLE}")
        texts = {name: _text(said[name]) for name in ("token", "object") if name in said}
        bytes_ = {name: unquote_to_bytes(said[name]) for name in ("serial", "id") if name in said}
        return cls(
            Path(unquote(asked["module-path"])),
            texts.get("token"),
            bytes_.get("serial"),
            texts.get("object"),
            bytes_.get("id"),
            _file(asked["pin-source"]) if "pin-source" in asked else None,
        )

    def __str__(self) -> str:
        """Name it for people."""
        key = f"“{self.label}”" if self.label is not None else f"{(self.id or b'').hex()}"
        token = (
            f"“{self.token}”" if self.token is not None else (self.serial or b"that is there").decode(errors="replace")
        )
        return f"key {key} on the token {token}"


def _pairs(text: str, between: str, known: frozenset[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in text.split(between) if each]
    if "pin-value" in {name for name, _, _ in pairs}:
        raise ValueError(f"without a PIN in it: name the file that holds it, {_EXAMPLE}")
    found = {name: value for name, _, value in pairs}
    if len(found) < len(pairs) or not found.keys() <= known or not all(map(_WELL.fullmatch, found.values())):
        raise ValueError(f"a path, or a PKCS#11 URI of {', '.join(sorted(_PATH | _QUERY))}, {_EXAMPLE}")
    return found


def _text(value: str) -> str:
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:
        raise ValueError(f"percent-encoded UTF-8, {_EXAMPLE}") from None


def _file(text: str) -> Path:
    """Read where the PIN is: a `file:` URI or a path (2.4); nothing is run, and nothing is fetched."""
    path = urlsplit(unquote(text))
    if path.scheme not in {"", "file"} or path.netloc or not path.path.startswith("/"):
        raise ValueError(f"told by pin-source=file:/... which file holds the PIN, {_EXAMPLE}")
    return Path(path.path)
