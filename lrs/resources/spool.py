"""The spool: where the data of attachments waits until the whole request is known to be right. A large one waits on disk."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

from lrs.xapi.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IN_MEMORY = 1024 * 1024


class Spool:
    """Data by its hash, each once, one after another in one temporary file that has no name and goes with its process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with the spool
        self._spans: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, sha2: object) -> bool:
        return sha2 in self._spans

    def add(self, sha2: str, pieces: Iterable[bytes]) -> None:
        """Keep data; what is here already is not kept a second time."""
        if sha2 in self:
            return
        start = self._end
        for piece in pieces:
            self._end += len(piece)
            if self._end > self._most:
                raise TooLarge("the attachments' length in bytes", self._most)
            self._file.write(piece)
        self._spans[sha2] = start, self._end

    def size(self, sha2: str) -> int:
        """Tell how long data is."""
        start, stop = self._spans[sha2]
        return stop - start

    def open(self, sha2: str) -> Slice:
        """Give data to be read; one at a time, for they share a file."""
        start, stop = self._spans[sha2]
        self._file.seek(start)
        return Slice(self._file, stop - start)


class Slice:
    """So many bytes of a file, from where it stands."""

    def __init__(self, file: SpooledTemporaryFile[bytes], size: int) -> None:
        self._file = file
        self._left = size

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes, none at the end."""
        found = self._file.read(min(size, self._left))
        self._left -= len(found)
        return found
