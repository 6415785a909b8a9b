"""Many certificates as one zip, written while it is sent: one of them is in memory at a time."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import IO, cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


class _Pipe(RawIOBase):
    """What zipfile writes to and the network takes from; it cannot go back, so sizes stand behind each file."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: object) -> int:
        self._waiting += cast("bytes", some)
        return len(cast("bytes", some))

    def taken(self) -> bytes:
        """Hand over what was written since."""
        whole = bytes(self._waiting)
        self._waiting.clear()
        return whole


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Give a zip of named files piece by piece; PDFs are pressed already, and are put in as they are."""
    pipe = _Pipe()
    with ZipFile(cast("IO[bytes]", pipe), "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, _EPOCH), content)
            yield pipe.taken()
    yield pipe.taken()


def file_name(number: str, name: str) -> str:
    """Name a certificate's file after its number and its owner, as every system can write it."""
    words = f"{number} {name}"
    return "".join(letter if letter.isalnum() else "-" for letter in words).strip("-")[:120] + ".pdf"
