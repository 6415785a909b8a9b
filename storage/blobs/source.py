"""Where the bytes of a put come from."""

from io import BytesIO
from typing import Protocol


class Readable(Protocol):
    """A file, a member of an archive, a request's body, a Reading: anything that is read in pieces."""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes, none at the end."""


class Source:
    """Bytes of unknown length, in pieces that are as large as they are asked for."""

    def __init__(self, source: bytes | Readable) -> None:
        self._source: Readable = BytesIO(source) if isinstance(source, bytes) else source
        self.size = 0

    def read(self, size: int) -> bytes:
        """Read exactly so many bytes unless the end comes first."""
        pieces = []
        missing = size
        while missing and (piece := self._source.read(missing)):
            if not isinstance(piece, bytes):
                raise TypeError(f"a source gives bytes, not {type(piece).__name__}")
            pieces.append(piece)
            missing -= len(piece)
        self.size += size - missing
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
