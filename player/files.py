"""The files of a version as HTTP answers: whole or in part, conditional, compressed, cached for good (RFC 9110, 8.4, 13 and 14)."""

from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.http import parse_range_header

from lrs.access import EVERYBODY, allow
from lrs.config import NGINX
from lrs.errors import NotFound
from lrs.services import services
from lrs.web import current_host, release
from packages.placing import prefix
from player import tokens
from player.compression import Compressed, is_worth_it, shrinks, with_suffix, without_suffix
from storage.blobs import BadKey, BlobChanged, BlobMissing, Blobs, NotModified, Range, RangeNotSatisfiable, Reading
from storage.media_types import media_type

FOR_GOOD = "private, max-age=31536000, immutable"
"""A version never changes: another upload is another version, on another host."""


_COMPRESSED = Compressed()

files = Blueprint("files", __name__)


@files.get("/c/<token>/<path:name>")
@allow(EVERYBODY)
def file(token: str, name: str) -> Response:
    """Serve one file of the version, whole or in part."""
    version = current_host().version
    if version is None:
        raise NotFound
    parts = services()
    allowed = tokens.read_content(parts.keys, token, version)
    key = prefix(allowed.space_id, version) + name
    return _hand_over(parts.blobs, key) if parts.config.files_by == NGINX else answer(parts.blobs, key)


@files.get("/opened")
@allow(EVERYBODY)
def opened() -> Response:
    """Tell nginx which folder a token opens, so that it need not ask for each file (deploy/nginx/haidang.conf)."""
    version, parts = current_host().version, services()
    if version is None or parts.config.files_by != NGINX:
        raise NotFound
    try:
        allowed = tokens.read_content(parts.keys, request.headers.get("X-Haidang-Token", ""), version)
    except NotFound:
        return Response(status=HTTPStatus.FORBIDDEN)  # the only word for no that nginx takes here
    headers = {"X-Haidang-Folder": prefix(allowed.space_id, version)}
    return Response(status=HTTPStatus.NO_CONTENT, headers=headers)


def _hand_over(blobs: Blobs, key: str) -> Response:
    """Send nginx for a file of the folder: ranges, conditions and compression are its own then."""
    try:
        path = blobs.path(key)
        if path is None:
            return answer(blobs, key)
        if not path.is_file():
            raise NotFound
    except BadKey:
        raise NotFound from None
    response = Response(content_type=media_type(key))
    response.headers["X-Accel-Redirect"] = handed(path, key)
    response.headers["Cache-Control"] = FOR_GOOD
    return response


def handed(path: Path, key: str) -> str:
    """Name a file of the folder as nginx finds it; its depth is the folder's own first step there (storage/blobs/folder.py)."""
    return quote("/_objects/" + "/".join(path.parts[-key.count("/") - 2 :]))


def answer(blobs: Blobs, key: str) -> Response:
    """Serve an object as the request asks."""
    release()  # a film is long, and needs no database
    try:
        return _read(blobs, key, _wanted_range())
    except (BlobMissing, BadKey):
        raise NotFound from None
    except NotModified as same:
        packed = without_suffix(request.headers.get("If-None-Match")) != request.headers.get("If-None-Match")
        etag = with_suffix(same.etag) if packed and _takes_gzip() else same.etag
        return _with_headers(Response(status=HTTPStatus.NOT_MODIFIED), key, etag)
    except RangeNotSatisfiable as past:
        headers = {"Content-Range": f"bytes */{past.size}"}
        return Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)


def _read(blobs: Blobs, key: str, wanted: Range | None) -> Response:
    none_match = without_suffix(request.headers.get("If-None-Match"))
    if wanted is None:
        reading = blobs.get(key, if_none_match=none_match)
        packs = shrinks(reading.blob.media_type) and is_worth_it(reading.blob.size) and _takes_gzip()
        return _packed(reading) if packs else _body(reading)
    # If-Range: a part of what the browser already has the rest of, or else the whole of what is new.
    same = request.headers.get("If-Range")
    try:
        return _body(blobs.get(key, wanted, if_none_match=none_match, if_match=same), partial=True)
    except BlobChanged:
        return _body(blobs.get(key))


def _takes_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _packed(reading: Reading) -> Response:
    """Send a file compressed: whole, since a range would be one of other bytes than the browser asks for."""
    blob = reading.blob
    with reading:
        response = Response(_COMPRESSED.take(blob.key, blob.etag, reading.read), content_type=blob.media_type)
    response.headers["Content-Encoding"] = "gzip"
    return _with_headers(response, blob.key, with_suffix(blob.etag))


def _wanted_range() -> Range | None:
    """Read the Range field; several ranges, other units and nonsense mean the whole object, as the standard allows."""
    field = parse_range_header(request.headers.get("Range"))
    if field is None or field.units != "bytes" or len(field.ranges) != 1:
        return None
    first, stop = field.ranges[0]
    if first < 0:
        return Range(None, -first)
    return Range(first, None if stop is None else stop - 1)


def _body(reading: Reading, *, partial: bool = False) -> Response:
    blob = reading.blob
    response = Response(reading, mimetype=None, content_type=blob.media_type, direct_passthrough=True)
    response.call_on_close(reading.close)
    response.content_length = reading.stop - reading.start
    if partial:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {reading.start}-{reading.stop - 1}/{blob.size}"
    response.headers["Accept-Ranges"] = "bytes"
    return _with_headers(response, blob.key, blob.etag)


def _with_headers(response: Response, key: str, etag: str) -> Response:
    if shrinks(media_type(key)):
        response.headers["Vary"] = "Accept-Encoding"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_GOOD
    return response
