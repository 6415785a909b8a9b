"""Small pictures that are written here, byte by byte: what an emblem may be, and what only looks like one."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 2, height: int = 2) -> bytes:
    """Make a picture of one colour."""
    rows = b"".join(b"\0" + b"\x0b\x5c\x8a" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def jpeg(width: int, height: int, *, before: bytes = b"", colours: int = 1) -> bytes:
    """Make a picture that is one by its parts, and whose points no program can draw."""
    body = struct.pack(">BHHB", 8, height, width, colours) + b"\x01\x11\0" * colours
    frame = b"\xff\xc0" + struct.pack(">H", 2 + len(body)) + body
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8\xff\xe0\x00\x04ab" + before + frame + scan + b"\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    """Make a part of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(body)) + body


def exif(orientation: int, order: str = ">") -> bytes:
    """Make what a camera notes about how it was held."""
    tiff = {">": b"MM\0*", "<": b"II*\0"}[order] + struct.pack(f"{order}IH", 8, 2)
    tiff += struct.pack(f"{order}HHII", 0x010F, 2, 4, 0) + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\0\0" + tiff)


def webp(kind: bytes, body: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """Make a picture of one of the three kinds, whose points no program can draw."""
    parts = b"".join(_part(name, content) for name, content in ((kind, body.ljust(20, b"\0")), *more))
    return b"RIFF" + struct.pack("<I", 4 + len(parts)) + b"WEBP" + parts


def _part(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Make a part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
