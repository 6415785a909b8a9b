"""Smaller files for the line: what browsers unpack by themselves, made once and kept as long as there is room."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable

SUFFIX = '-gz"'
"""Ends the entity tag of a compressed file: it is another representation, with other bytes."""

_LEAST = 1024
_MOST = 2 * 1024 * 1024
"""Larger ones would hold a thread for long: an author who sends so much text at once is better served by nginx."""

_ROOM = 32 * 1024 * 1024
_LEVEL = 6
_TYPES = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/ld+json",
        "application/geo+json",
        "application/manifest+json",
        "application/wasm",
        "application/xhtml+xml",
        "application/xml",
        "application/xml-dtd",
        "application/x-subrip",
        "application/vnd.ms-fontobject",
        "font/otf",
        "font/ttf",
        "image/bmp",
        "image/svg+xml",
        "model/gltf+json",
    },
)


def shrinks(media_type: str) -> bool:
    """Tell whether files of this type become smaller: films, pictures and most fonts are compressed already."""
    plain = media_type.partition(";")[0]
    return plain.startswith("text/") or plain in _TYPES


def is_worth_it(size: int) -> bool:
    """Tell whether a file of this size is compressed: not what fits into one packet, and not what takes long."""
    return _LEAST <= size <= _MOST


def with_suffix(etag: str) -> str:
    """Name the compressed representation."""
    return etag[:-1] + SUFFIX


def without_suffix(field: str | None) -> str | None:
    """Name what the store knows: both representations are of one object."""
    return field.replace(SUFFIX, '"') if field else field


class Compressed:
    """Compressed files, the most recently asked for, in a bounded room."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, etag: str, read: Callable[[], bytes]) -> bytes:
        """Give a file compressed; it is read only if it is not kept."""
        with self._lock:
            found = self._kept.get((key, etag))
            if found is not None:
                self._kept.move_to_end((key, etag))
                return found
        made = gzip.compress(read(), _LEVEL, mtime=0)
        with self._lock:
            self._used += len(made) - len(self._kept.pop((key, etag), b""))
            self._kept[key, etag] = made
            while self._used > self._room:
                _, gone = self._kept.popitem(last=False)
                self._used -= len(gone)
        return made
