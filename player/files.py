"""One object of the store as an HTTP answer: whole or in part, conditional, cached for good (RFC 9110, 13 and 14)."""

from http import HTTPStatus

from flask import Response, request
from werkzeug.http import parse_range_header

from lrs.errors import NotFound
from lrs.web import release
from storage.blobs import BadKey, BlobChanged, BlobMissing, Blobs, NotModified, Range, RangeNotSatisfiable, Reading

_FOR_GOOD = "private, max-age=31536000, immutable"
"""A version never changes: another upload is another version, on another host."""


def answer(blobs: Blobs, key: str) -> Response:
    """Serve an object as the request asks."""
    release()  # a film is long, and needs no database
    try:
        return _read(blobs, key, _wanted_range())
    except (BlobMissing, BadKey):
        raise NotFound from None
    except NotModified as same:
        return _with_headers(Response(status=HTTPStatus.NOT_MODIFIED), same.etag)
    except RangeNotSatisfiable as past:
        headers = {"Content-Range": f"bytes */{past.size}"}
        return Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)


def _read(blobs: Blobs, key: str, wanted: Range | None) -> Response:
    none_match = request.headers.get("If-None-Match")
    if wanted is None:
        return _body(blobs.get(key, if_none_match=none_match))
    # If-Range: a part of what the browser already has the rest of, or else the whole of what is new.
    same = request.headers.get("If-Range")
    try:
        return _body(blobs.get(key, wanted, if_none_match=none_match, if_match=same), partial=True)
    except BlobChanged:
        return _body(blobs.get(key))


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
    return _with_headers(response, blob.etag)


def _with_headers(response: Response, etag: str) -> Response:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = _FOR_GOOD
    return response
