"""What the player's own pages are made of: modules and styles, read once, compressed once, and which of them a page needs."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, request

from lrs.errors import NotFound

FOLDER = Path(__file__).parent / "browser"

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_FIVE_MINUTES = "private, max-age=300"
_IMPORT = re.compile(r'^(?:import|export) .*?from "\./([\w-]+\.js)";$', re.MULTILINE)


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


def needed(name: str, folder: Path = FOLDER) -> list[str]:
    """List the modules that a module imports, and those that they import, the nearest first."""
    found: list[str] = []
    waiting = [name]
    while waiting:
        text = (folder / waiting.pop(0)).read_text("utf-8")
        new = [module for module in _IMPORT.findall(text) if module not in found]
        found += new
        waiting += new
    return found


@cache
def _files() -> dict[str, File]:
    return {path.name: _read(path) for path in FOLDER.iterdir() if path.suffix in _TYPES}


def _read(path: Path) -> File:
    plain = path.read_bytes()
    return File(plain, gzip.compress(plain, mtime=0), _TYPES[path.suffix], hashlib.sha256(plain).hexdigest()[:32])
