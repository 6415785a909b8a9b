"""The page that checks, as one file: style, script and keys inside, held together by a policy that lets nothing else in. Pure."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lrs import joining
from lrs.design import stylesheet

FOLDER = Path(__file__).parent
_TEMPLATES = FOLDER.parent / "templates"
_STYLES = ("tokens", "dark", "text", "frame", "surfaces", "forms", "print")
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that the page trusts: whose it is, and until when it signed."""

    key: str
    public: str
    space: str
    name: str
    until: date | None = None
    """The last day of issue that it may have signed for: afterwards it was retired."""
    withdrawn: bool = False

    def told(self) -> dict[str, Any]:
        """Say it as the script reads it."""
        return asdict(self) | {"until": None if self.until is None else _days(self.until)}


@dataclass(frozen=True, slots=True)
class Document:
    """The file, and the policy it is sent with."""

    html: str
    policy: str


def document(origin: str, keys: Iterable[KnownKey], day: date) -> Document:
    """Write the page as of a day, for an installation and its keys."""
    policy = _policy(_script(), _style())
    known = {"origin": origin, "day": _days(day), "keys": [key.told() for key in keys]}
    inside = {"policy": policy, "known": _as_data(known), "script": Markup(_script()), "style": Markup(_style())}  # noqa: S704 - our own files
    # frame-ancestors cannot be said inside the file; the server says it too.
    return Document(_template().render(inside), f"{policy}; frame-ancestors 'none'")


def worker() -> str:
    """Give the script that keeps the page."""
    return (FOLDER / "worker.js").read_text("utf-8")


def _policy(script: str, style: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_fingerprint(script)}",
            f"style-src {_fingerprint(style)}",
            "img-src data: blob:",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@lru_cache
def _script() -> str:
    return f'"use strict";\n{joining.join(FOLDER / "browser", "page")}'


@lru_cache
def _style() -> str:
    return "\n".join([*map(stylesheet.part, _STYLES), (FOLDER / "checking.css").read_text("utf-8")])


@lru_cache
def _template() -> Any:
    loader = FileSystemLoader(_TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("checking.html")


def _as_data(value: Mapping[str, Any]) -> Markup:
    """Write JSON that cannot end the element it stands in."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704


def _days(day: date) -> int:
    return (day - _FIRST_DAY).days
