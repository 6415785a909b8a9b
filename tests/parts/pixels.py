"""Pixels of a screenshot, as grey: enough of PNG (ISO/IEC 15948) to read what a browser writes."""

from __future__ import annotations

import struct
import zlib

import zxingcpp

_HEAD = 8
_CHANNELS = {2: 3, 6: 4}


def codes_in(png: bytes) -> list[str]:
    """Read the codes that a picture shows, by a reader of other people."""
    rows = grey(png)
    pixels = memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])])
    return [found.text for found in zxingcpp.read_barcodes(pixels)]


def grey(png: bytes) -> list[bytes]:
    """Read the rows of a picture: how green each pixel is, which is how bright."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    assert (depth, interlaced) == (8, 0)
    size = _CHANNELS[colour]
    packed = zlib.decompress(b"".join(content for kind, content in _chunks(png) if kind == b"IDAT"))
    rows, above = [], bytes(width * size)
    for at in range(height):
        start = at * (width * size + 1)
        above = _unfiltered(packed[start], bytearray(packed[start + 1 : start + 1 + width * size]), above, size)
        rows.append(above[1::size])
    return rows


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], _HEAD
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        found.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += length + 12
    return found


def _unfiltered(kind: int, row: bytearray, above: bytes, size: int) -> bytes:
    for at in range(len(row)):
        left = row[at - size] if at >= size else 0
        corner = above[at - size] if at >= size else 0
        row[at] = row[at] + _foreseen(kind, left, above[at], corner) & 0xFF
    return bytes(row)


def _foreseen(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 4:  # Paeth's: the neighbour that is nearest to what the three foretell
        guess = left + above - corner
        return min((left, above, corner), key=lambda each: abs(guess - each))
    return (0, left, above, (left + above) // 2)[kind]
