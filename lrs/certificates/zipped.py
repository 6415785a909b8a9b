"""Many certificates as one zip, record by record; the list at its end needs names, sums and sizes alone (APPNOTE 4.3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import pack
from zlib import crc32

_DAY = (1 << 5) | 1
"""1 January 1980, as MS-DOS writes days: when a file was made is nobody's business."""
_UTF8 = 1 << 11
_VERSION = 45
"""What is needed to read files of more than 4 GiB."""
_MANY, _FAR = 0xFFFF, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list says of a file; where it stands follows from those before it."""

    name: str
    crc: int
    size: int

    @classmethod
    def of(cls, name: str, content: bytes) -> "Entry":
        """Sum a file up."""
        return cls(name, crc32(content), len(content))

    def record(self, content: bytes) -> bytes:
        """Write the file with what stands before it; PDFs are pressed already, and are put in as they are."""
        return pack("<4s2H", b"PK\3\4", _VERSION, _UTF8) + self._facts(0) + self._called + content

    @property
    def length(self) -> int:
        """How many bytes the record has."""
        return 30 + len(self._called) + self.size

    def line(self, at: int) -> bytes:
        """Write the line of the list for a file that stands at a place."""
        far = pack("<2HQ", 1, 8, at) if at >= _FAR else b""
        head = pack("<4s3H", b"PK\1\2", _VERSION, _VERSION, _UTF8) + self._facts(len(far))
        return head + pack("<3H2L", 0, 0, 0, 0, min(at, _FAR)) + self._called + far

    def _facts(self, more: int) -> bytes:
        return pack("<3H3L2H", 0, 0, _DAY, self.crc, self.size, self.size, len(self._called), more)

    @property
    def _called(self) -> bytes:
        return self.name.encode()


def listed(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Write the list that stands behind all records, and the end."""
    at = length = count = 0
    for entry in entries:
        line = entry.line(at)
        at, length, count = at + entry.length, length + len(line), count + 1
        yield line
    if count >= _MANY or at >= _FAR:
        yield pack("<4sQ2H2L4Q", b"PK\6\6", 44, _VERSION, _VERSION, 0, 0, count, count, length, at)
        yield pack("<4sLQL", b"PK\6\7", 0, at + length, 1)
    many = min(count, _MANY)
    yield pack("<4s4H2LH", b"PK\5\6", 0, 0, many, many, min(length, _FAR), min(at, _FAR), 0)


def file_name(number: str, name: str) -> str:
    """Name a certificate's file after its number and its owner, as every system can write it."""
    return plain(f"{number} {name}", 120) + ".pdf"


def plain(text: str, most: int) -> str:
    """Leave of a text what every system can write as the name of a file."""
    return "".join(letter if letter.isalnum() else "-" for letter in text).strip("-")[:most]
