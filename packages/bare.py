"""A cmi5 course structure that came alone, without a zip: a package of one file (cmi5, 14.2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from packages.encodings import text_of
from packages.findings import Finding, refused
from storage.blobs import Readable

NAME = "cmi5.xml"
MOST_BYTES = 16 * 1024 * 1024

BEGINNING = 64 * 1024
"""How far the root of a structure may be from its beginning: a licence may stand in front of it."""

_ROOT = "courseStructure"


class Bare:
    """The one file, by the name it would have in a zip."""

    alone = True
    names = (NAME,)
    findings: tuple[Finding, ...] = ()

    def __init__(self, data: bytes) -> None:
        self._data = data

    def size(self, _name: str) -> int:
        """Tell how large it is."""
        return len(self._data)

    def read(self, _name: str, most: int) -> bytes:
        """Read it whole."""
        if len(self._data) > most:
            raise refused("too-large")
        return self._data

    @contextmanager
    def file(self, _name: str) -> Iterator[Readable]:
        """Open it."""
        yield BytesIO(self._data)


def is_structure(beginning: bytes) -> bool:
    """Tell from its first bytes whether an upload is a course structure and no zip."""
    text = text_of(beginning).lstrip()
    return text.startswith("<") and _ROOT in text
