"""The short way to a file: most requests of a lesson ask for a file that is there, or a part of it, and need nothing of what Flask brings.

Whatever is unusual in the least – several parts, a condition, a compressed answer, a refusal – takes the long way, through `player.files`.
"""

import re
import time
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from lrs.config import NGINX
from lrs.errors import NotFound
from lrs.logs import HOST, ROUTE, Application, Environ, StartResponse
from lrs.services import Services
from packages.placing import prefix
from player import files, shield, tokens
from player.compression import shrinks
from player.sending import body_of
from storage.blobs import BadKey, BlobMissing, Range, RangeNotSatisfiable, StoreAway
from storage.media_types import media_type

_FOLDER = "/c/"
_ROUTE = "/c/<token>/<path:name>"
_PART = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})", re.ASCII)
_UNUSUAL = ("HTTP_IF_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_SERVICE_WORKER", "HTTP_TRANSFER_ENCODING")
_DAY = 24 * 3600


class ShortWay:
    """Sends what is asked for in the usual way, and passes everything else on."""

    def __init__(self, application: Application, services: Services) -> None:
        self._application = application
        self._services = services
        self._in_a_folder = services.blobs.path("any") is not None
        self._always = [field for field in shield.fields(services.config) if field[0] != "Cache-Control"]
        self._always.append(("Cache-Control", files.FOR_GOOD))
        self._allowed = lru_cache(4096)(self._read)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Send a file, or pass the request on as it came."""
        try:
            sent = self._send(environ, start_response) if _is_usual(environ) else None
        except (NotFound, BadKey, BlobMissing, RangeNotSatisfiable, StoreAway, ValueError):
            sent = None
        return self._application(environ, start_response) if sent is None else sent

    def _send(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode()
        token, _, name = path.removeprefix(_FOLDER).partition("/")
        version, today = environ[HOST].version, int(time.time()) // _DAY
        if version is None or not self._in_a_folder:
            return None
        key = prefix(self._allowed(token, version, today), version) + name
        blobs = self._services.blobs
        kind = media_type(key)
        if self._services.config.files_by == NGINX:
            place = blobs.path(key)
            if place is None or not place.is_file():
                return None
            sent = [("Content-Type", kind), ("X-Accel-Redirect", files.handed(place, key)), ("Content-Length", "0")]
            body: Iterable[bytes] = []
            status = "200 OK"
        elif shrinks(kind) and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            return None
        else:
            wanted = _part(environ.get("HTTP_RANGE"))
            reading = blobs.get(key, wanted)
            status = "200 OK" if wanted is None else "206 Partial Content"
            sent = [
                ("Content-Type", kind),
                ("Content-Length", str(reading.stop - reading.start)),
                ("Accept-Ranges", "bytes"),
                ("ETag", reading.blob.etag),
                *([("Vary", "Accept-Encoding")] if shrinks(kind) else []),
            ]
            if wanted is not None:
                sent.append(("Content-Range", f"bytes {reading.start}-{reading.stop - 1}/{reading.blob.size}"))
            body = body_of(reading, environ)
        environ[ROUTE] = _ROUTE
        start_response(status, [*sent, *self._always])
        return body

    def _read(self, token: str, version: UUID, _today: int) -> int:
        """Say which space a token opens a version in; it may be kept for a day, as the token is."""
        return tokens.read_content(self._services.keys, token, version).space_id


def _part(field: str | None) -> Range | None:
    """Read a Range field that asks for one part from somewhere; ValueError for any other."""
    if field is None:
        return None
    found = _PART.fullmatch(field)
    if found is None:
        raise ValueError(field)
    return Range(int(found[1]), int(found[2]) if found[2] else None)


def _is_usual(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("PATH_INFO", "").startswith(_FOLDER)
        and not environ.get("QUERY_STRING")
        and environ.get("CONTENT_LENGTH", "") in {"", "0"}
        and not any(field in environ for field in _UNUSUAL)
    )
