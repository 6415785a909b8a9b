"""Films, sounds and packages of our own, made when a test of the doctor needs them."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from packages.doctor import Contents, examine
from packages.model import SCORM12, Item, Launch, Organisation, Package, Resource, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packages.doctor import Report
    from packages.findings import Finding

GOOD = '<!doctype html><html lang="vi"><head><meta name="viewport" content="width=device-width"></head><body>{}</body></html>'


def page(body: str = "") -> bytes:
    """Make a page with which nothing is wrong, and put something into it."""
    return GOOD.format(body).encode()


def package(
    *launches: Launch, kind: str = SCORM12, edition: str = "1.2", listed: Iterable[str] | None = None
) -> Package:
    """Make a package whose lessons open so; of a standard that lists files if some are named."""
    items = tuple(
        Item(f"i{n}", Text.of("Bài"), launch) for n, launch in enumerate(launches or (Launch("a.html", "sco"),))
    )
    resources = () if listed is None else (Resource("r", "sco", files=tuple(listed)),)
    return Package(kind, edition, "p", (Organisation("o", Text.of("Khóa"), items),), resources)


def contents(files: dict[str, bytes], folder: str = "") -> Contents:
    return Contents({name: len(data) for name, data in files.items()}, lambda name: io.BytesIO(files[name]), folder)


def examined(files: dict[str, bytes], made: Package | None = None) -> tuple[Report, list[Finding]]:
    """Examine a package of these files."""
    report, findings = examine(made or package(), contents(files), ())
    return report, list(findings)


def codes(files: dict[str, bytes], made: Package | None = None) -> list[tuple[str, str]]:
    """Say what hurts in a package of these files: codes, and the files they are about."""
    return [(finding.code, finding.file) for finding in examined(files, made)[1]]


def box(name: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return struct.pack(">I4s", 8 + len(data), name) + data


def mp4(seconds: float = 60, *tracks: bytes, codec: bytes = b"avc1", more: bytes = b"") -> bytes:
    """Make the header of a film."""
    head = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000)))
    made = (
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), track, bytes(12)), box(b"minf", box(b"stbl", _codec(codec)))))
        for track in tracks or (b"vide", b"soun")
    )
    return box(b"ftyp", b"isom") + box(b"mdat", bytes(50)) + box(b"moov", head, *made, more)


def _codec(codec: bytes) -> bytes:
    return box(b"stsd", struct.pack(">II", 0, 1), struct.pack(">I4s", 86, codec), bytes(78))


def element(name: int, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return name.to_bytes((name.bit_length() + 7) // 8) + (len(data) | 1 << 56).to_bytes(8) + data


def webm(seconds: float = 60, *types: int, codec: bytes = b"V_VP9") -> bytes:
    """Make the header of a WebM."""
    info = element(
        0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(3)), element(0x4489, struct.pack(">d", seconds * 1000))
    )
    tracks = element(
        0x1654AE6B, *(element(0xAE, element(0x83, bytes([kind])), element(0x86, codec)) for kind in types or (1, 2))
    )
    cluster = element(0x1F43B675, bytes(100))
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, info, tracks, cluster)


def mp3(seconds: float = 60) -> bytes:
    """Make an MP3 of 128 kbit/s."""
    return (b"\xff\xfb\x90\x00" + bytes(413)).ljust(int(seconds * 16000), b"\0")


def wav(seconds: float = 1) -> bytes:
    """Make a WAV of 8,000 bytes a second."""
    data = bytes(int(seconds * 8000))
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    return b"RIFF" + struct.pack("<I", 28 + len(data)) + b"WAVE" + form + struct.pack("<4sI", b"data", len(data)) + data


def ogg(seconds: float = 60) -> bytes:
    """Make the first and the last page of an Ogg Vorbis."""
    first = b"OggS" + bytes(24) + b"\x01vorbis" + struct.pack("<IBI", 0, 2, 44100)
    return first + bytes(1000) + b"OggS\0\x04" + struct.pack("<q", int(seconds * 44100)) + bytes(20)
