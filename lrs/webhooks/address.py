"""An address that is told of events, as somebody types it, pure."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_MOST = 2000
_OWN_PORT = {"https": 443, "http": 80}
_FREE = 1024
"""Ports below are those of other services, which take no webhooks; https has its own among them."""
_SAFE = "/:?&=%~!$'()*+,;@[]-._"


class NoAddress(ValueError):
    """It cannot be an address of a receiver: `why` says so in one word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Address:
    """Where events are sent."""

    scheme: str
    host: str
    port: int
    target: str
    """What is asked of the host: path and query."""

    @property
    def url(self) -> str:
        """Write it."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Name the host, and the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _OWN_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def usual(self) -> bool:
        """Whether it may be on the Internet: encrypted, on a port where nothing else is expected."""
        return self.scheme == "https" and (self.port == _OWN_PORT["https"] or self.port >= _FREE)


def read(text: str) -> Address:
    """Read an address; NoAddress says what is wrong with it."""
    text = text.strip()
    if not text or len(text) > _MOST or any(ord(letter) <= ord(" ") for letter in text):
        raise NoAddress("form")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NoAddress("form") from None
    if parts.scheme not in _OWN_PORT:
        raise NoAddress("scheme")
    if parts.username is not None or parts.password is not None:
        raise NoAddress("user")
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    if not path.startswith("/") or port == 0:
        raise NoAddress("form")
    return Address(
        parts.scheme, _host(host), port or _OWN_PORT[parts.scheme], f"{path}?{query}" if parts.query else path
    )


def _host(name: str) -> str:
    """Write a host's name as it is looked up, in ASCII."""
    if ":" in name:
        return name
    try:
        host = name.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        raise NoAddress("form") from None
    if not host or any(not (letter.isalnum() or letter in "-._") for letter in host):
        raise NoAddress("form")
    return host
