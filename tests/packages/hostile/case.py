"""What hostile packages are made of: entries under any name, and zips that are altered byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

from tests.parts.zips import LESSON, MANIFEST

CENTRAL = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"

Entry = tuple[zipfile.ZipInfo, bytes]


@dataclass(frozen=True)
class Case:
    """A package that must be refused under a code, and one beside it that differs in the one thing and must import."""

    name: str
    code: str
    zip: bytes
    twin: bytes

    def __str__(self) -> str:
        return self.name


def named(name: str, data: bytes = b"x", *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> Entry:
    """Make an entry with exactly this name, whatever Python thinks of it."""
    info = zipfile.ZipInfo("x", date_time=(2025, 1, 1, 0, 0, 0))
    info.filename = name
    info.external_attr = mode << 16
    info.compress_type = method
    return info, data


def package(*more: Entry, manifest: bytes | None = None, descriptor: str = "imsmanifest.xml") -> bytes:
    """Make a package with these entries more, and perhaps another descriptor."""
    written = MANIFEST.format(title="Bài").encode() if manifest is None else manifest
    return zipped(named(descriptor, written), named("index.html", LESSON.format(title="Bài").encode()), *more)


def zipped(*entries: Entry) -> bytes:
    """Make a zip of exactly these entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for info, data in entries:
            archive.NameToInfo.clear()  # Python would warn of a second file of the same name
            archive.writestr(info, data)
    return made.getvalue()


def central(data: bytes, name: str, offset: int, layout: str, value: int) -> bytes:
    """Write another value into a file's entry in the central directory."""
    return _altered(data, CENTRAL, (28, 46), name, offset, layout, value)


def local(data: bytes, name: str, offset: int, layout: str, value: int) -> bytes:
    """Write another value into what stands before a file's bytes."""
    return _altered(data, LOCAL, (26, 30), name, offset, layout, value)


def _altered(
    data: bytes, signature: bytes, where: tuple[int, int], name: str, offset: int, layout: str, value: int
) -> bytes:
    length_at, name_at = where
    at = -1
    while True:
        at = data.index(signature, at + 1)
        length = struct.unpack_from("<H", data, at + length_at)[0]
        if data[at + name_at : at + name_at + length] == name.encode():
            break
    return data[: at + offset] + struct.pack(layout, value) + data[at + offset + struct.calcsize(layout) :]
