"""The contract of the object store: what each store can do, and what it gives (docs/blobs.md)."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from storage.blobs.conditions import Range
from storage.blobs.errors import StoreAway
from storage.blobs.source import Readable

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """What is known of an object without reading it."""

    key: str
    size: int
    etag: str
    media_type: str
    modified: datetime


class Reading(Iterator[bytes]):
    """An object's bytes from `start` to `stop`, piece by piece: all of them or StoreAway."""

    def __init__(
        self,
        blob: Blob,
        span: tuple[int, int],
        pieces: Iterator[bytes],
        release: Callable[[], object],
        file: io.FileIO | None = None,
    ) -> None:
        self.blob = blob
        self._file = file
        self.start, self.stop = span
        self._pieces = pieces
        self._release = release
        self._missing = self.stop - self.start
        self._rest = b""

    def __next__(self) -> bytes:
        if self._rest:
            rest, self._rest = self._rest, b""
            return rest
        piece = next(self._pieces, b"")
        self._missing -= len(piece)
        if piece and self._missing >= 0:
            return piece
        self.close()
        if self._missing:
            raise StoreAway(f"the object store sent other than the {self.stop - self.start} bytes it announced")
        raise StopIteration

    def read(self, size: int = -1) -> bytes:
        """Read as from a file: so many bytes unless the end comes first, all by default."""
        pieces = []
        found = 0
        while (size < 0 or found < size) and (piece := next(self, b"")):
            pieces.append(piece)
            found += len(piece)
        whole = b"".join(pieces)
        if 0 <= size < found:
            whole, self._rest = whole[:size], whole[size:]
        return whole

    def fileno(self) -> int:
        """Name the file that holds it, for a system that sends files by itself; not every store has one."""
        if self._file is None:
            raise io.UnsupportedOperation("fileno")
        return self._file.fileno()

    def close(self) -> None:
        """Let go of the file or the connection; what was not read is not sent."""
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Blobs(Protocol):
    """An object store. It may be used by several threads, and by processes that were forked from here."""

    def prepare(self) -> None:
        """Make the folder or the bucket if it isn't there."""

    def put(self, key: str, source: bytes | Readable, *, sha256: str = "") -> Blob:
        """Store an object whole, in place of the one before, or not at all; one that comes with its hash will never change."""

    def get(
        self, key: str, wanted: Range | None = None, *, if_match: str | None = None, if_none_match: str | None = None
    ) -> Reading:
        """Open an object for reading; conditions are taken as the header fields have them."""

    def stat(self, key: str) -> Blob:
        """Say what is known of an object."""

    def list(self, prefix: str) -> Iterator[Blob]:
        """Find the objects whose keys begin so, in the order of their keys."""

    def delete(self, key: str) -> None:
        """Remove an object if it is there."""

    def delete_all(self, folder: str) -> int:
        """Remove each object below a folder, `a/b/`, and count them."""

    def copy(self, source: str, target: str) -> None:
        """Store an object a second time, under another key."""

    def path(self, key: str) -> Path | None:
        """Say which file holds an object, if the store is a folder here."""
