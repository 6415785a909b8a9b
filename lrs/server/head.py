"""Reads the usual head of a request, strictly; of everything else it says only that it is unusual. Nothing here touches a line.

Two readers of HTTP that differ in the least can be played off against each other (request smuggling). So this one knows only heads that
can be read in one way: no coding of the body, no field twice, no underscore, no folded line. docs/serving.md
"""

import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from lrs.logs import Environ

END = b"\r\n\r\n"
MOST = 8190
"""Bytes of a usual head; longer ones are for gunicorn's limits."""

_TOKEN = rb"[!#$%&'*+.^`|~0-9A-Za-z-]+"
_HEAD = re.compile(
    rb"([A-Z]{3,20}) (/(?!/)[!\"$->@-~]{0,4000}|/)(?:\?([!\"$-~]{0,4000}))? (HTTP/1\.[01])\r\n"
    rb"((?:" + _TOKEN + rb":[\t -~\x80-\xff]*\r\n){1,99})\r\n"
)
_FIELD = re.compile(r"([^:]+):([^\r]*)\r\n")
_LENGTH = re.compile("[0-9]{1,18}", re.ASCII)
_UNUSUAL = frozenset({"HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_UPGRADE"})
_LONGEST_NAME = 64

ALWAYS: Environ = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "haidang",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.url_scheme": "http",
    "wsgi.version": (1, 0),
}
"""What every request's environment says."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head: what the application is told, how long the body is that follows, and whether the line is to stay."""

    environ: Environ
    length: int
    stays: bool


class Unusual(Exception):
    """This is no head, or none that can be read in one way only."""


@lru_cache(1024)
def _name(field: str) -> str:
    """Name a field as an environment does."""
    name = field.upper().replace("-", "_")
    return name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"


def read(data: bytes | bytearray) -> Head:
    """Read a whole head, up to and with its empty line."""
    found = _HEAD.fullmatch(data)
    if found is None:
        raise Unusual
    method, path, query, version, fields = (part.decode("latin-1") for part in found.groups(b""))
    environ = {
        **ALWAYS,
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1") if "%" in path else path,
        "QUERY_STRING": query,
        "RAW_URI": f"{path}?{query}" if found[3] is not None else path,
        "SERVER_PROTOCOL": version,
    }
    for field, value in _FIELD.findall(fields):
        name = _name(field) if len(field) <= _LONGEST_NAME else "HTTP_" + field.upper().replace("-", "_")
        if name in environ or name in _UNUSUAL:
            raise Unusual
        environ[name] = value.strip("\t ")
    return Head(environ, _length(environ), _stays(version, environ.get("HTTP_CONNECTION", "").lower()))


def _length(environ: Environ) -> int:
    said: str | None = environ.get("CONTENT_LENGTH")
    if said is None:
        return 0
    if not _LENGTH.fullmatch(said):
        raise Unusual
    return int(said)


def _stays(version: str, connection: str) -> bool:
    return "close" not in connection and (version == "HTTP/1.1" or connection == "keep-alive")
