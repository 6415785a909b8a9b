"""Small pictures that are written here, byte by byte: what an emblem may be, and what only looks like one."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 2, height: int = 2) -> bytes:
    """Make a picture of one colour."""
    rows = b"".join(b"\0" + b"\x0b\x5c\x8a" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def jpeg(width: int, height: int, *, before: bytes = b"") -> bytes:
    """Make the head of a picture: what stands before its first frame, and the frame's sizes."""
    frame = struct.pack(">BBHBHH", 0xFF, 0xC0, 11, 8, height, width) + b"\x01\x01\x11\0"
    return b"\xff\xd8\xff\xe0\x00\x04ab" + before + frame


def webp(kind: bytes, body: bytes) -> bytes:
    """Make the head of a picture of one of the three kinds."""
    return b"RIFF" + struct.pack("<I", 100) + b"WEBP" + kind + struct.pack("<I", 90) + body.ljust(20, b"\0")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
