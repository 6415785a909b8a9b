"""The bodies of requests and answers: unpacked and packed with gzip, and never larger than allowed."""

import gzip
import zlib

from flask import Response, request
from flask_babel import lazy_gettext as _

from lrs.errors import Malformed, TooLarge
from lrs.services import services

_WORTH_PACKING = 1024
_CHUNK = 64 * 1024


def body() -> bytes:
    """Read the request's body, unpacked."""
    data = request.get_data(cache=True, parse_form_data=False)
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing == "identity" or not data:
        return data
    if packing != "gzip":
        raise Malformed(_("The body may be packed with gzip, and in no other way."))
    return _unpack(data, services().config.body_limit)


def _unpack(data: bytes, most: int) -> bytes:
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = reader.decompress(data, most + 1)
    except zlib.error:
        raise Malformed(_("The body is not what gzip makes.")) from None
    if len(unpacked) > most:
        raise TooLarge
    if not reader.eof or reader.unused_data:
        raise Malformed(_("The body is not what gzip makes."))
    return unpacked


def packed(response: Response) -> Response:
    """Pack an answer for a caller who takes that, where it is worth it."""
    response.vary.add("Accept-Encoding")
    takes = request.accept_encodings.quality("gzip") > 0 and "gzip" in request.headers.get("Accept-Encoding", "")
    data = response.get_data() if not response.is_streamed else b""
    if takes and len(data) >= _WORTH_PACKING:
        response.set_data(gzip.compress(data, compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
