"""The bodies of requests and answers: unpacked and packed with gzip, and never larger than allowed."""

import gzip
import io
import zlib
from collections.abc import Iterator

from flask import Response, request
from flask_babel import lazy_gettext as _

from lrs.errors import Malformed, TooLarge
from lrs.services import services
from lrs.xapi.multipart import Source

_WORTH_PACKING = 1024
_CHUNK = 64 * 1024


def body() -> bytes:
    """Read the request's body, unpacked."""
    data = request.get_data(cache=True, parse_form_data=False)
    if not _is_packed() or not data:
        return data
    return b"".join(_pieces(Unpacked(io.BytesIO(data), services().config.body_limit)))


def stream(most: int) -> Source:
    """Read the request's body piece by piece, unpacked."""
    return Unpacked(request.stream, most) if _is_packed() else request.stream


def _is_packed() -> bool:
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip"}:
        raise Malformed(_("The body may be packed with gzip, and in no other way."))
    return packing == "gzip"


class Unpacked:
    """A body that was packed with gzip: no more than is allowed, and no less than was packed."""

    def __init__(self, source: Source, most: int) -> None:
        self._source = source
        self._most = most
        self._reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._size = 0

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes, none at the end."""
        found = b""
        while size and not found and not self._reader.eof:
            data = self._reader.unconsumed_tail or self._source.read(_CHUNK)
            try:
                found = self._reader.decompress(data, size)
            except zlib.error:
                raise Malformed(_("The body is not what gzip makes.")) from None
            if not data and not found:
                raise Malformed(_("The body is not what gzip makes."))
        self._size += len(found)
        if self._size > self._most:
            raise TooLarge
        if self._reader.eof and not found and (self._reader.unused_data or self._source.read(1)):
            raise Malformed(_("The body is not what gzip makes."))
        return found


def _pieces(source: Source) -> Iterator[bytes]:
    return iter(lambda: source.read(_CHUNK), b"")


def packed(response: Response) -> Response:
    """Pack an answer for a caller who takes that, where it is worth it."""
    response.vary.add("Accept-Encoding")
    takes = request.accept_encodings.quality("gzip") > 0 and "gzip" in request.headers.get("Accept-Encoding", "")
    data = response.get_data() if not response.is_streamed else b""
    if takes and len(data) >= _WORTH_PACKING:
        response.set_data(gzip.compress(data, compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
