"""What the player's own pages are made of: a script each, joined from its modules, and a style; read once, compressed once."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, request

from lrs import joining
from lrs.errors import NotFound

FOLDER = Path(__file__).parent / "browser"

_FIVE_MINUTES = "private, max-age=300"
_SCRIPTS = ("shell", "drain", "renewed")
"""One a page."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    plain: bytes
    packed: bytes
    type: str
    etag: str


def answer(name: str) -> Response:
    """Serve one of the files."""
    file = _files().get(name)
    if file is None:
        raise NotFound
    response = compressed(Response(file.plain, content_type=file.type), file.packed)
    response.headers["Cache-Control"] = _FIVE_MINUTES
    response.set_etag(file.etag)
    response.make_conditional(request)
    return response


def compressed(response: Response, packed: bytes | None = None) -> Response:
    """Compress an answer for a browser that takes it so: on a slow line its size is what one waits for."""
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"]:
        response.set_data(packed or gzip.compress(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
    return response


@cache
def _files() -> dict[str, File]:
    styles = {path.name: _file(path.read_text("utf-8"), "text/css") for path in FOLDER.glob("*.css")}
    scripts = {f"{name}.js": _file(joining.join(FOLDER, name), "text/javascript") for name in _SCRIPTS}
    return styles | scripts


def _file(text: str, kind: str) -> File:
    plain = text.encode()
    return File(plain, gzip.compress(plain, mtime=0), f"{kind}; charset=utf-8", hashlib.sha256(plain).hexdigest()[:32])
