"""Pixels of a screenshot, as grey: enough of PNG (ISO/IEC 15948) to read what a browser writes."""

from __future__ import annotations

import math
import struct
import zlib

import zxingcpp

_HEAD = 8
_CHANNELS = {2: 3, 6: 4}


def codes_in(png: bytes) -> list[str]:
    """Read the codes that a picture shows, by a reader of other people."""
    return read(grey(png))


def read(rows: list[bytes]) -> list[str]:
    """Read the codes in rows of grey dots, by a reader of other people."""
    dots = memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])])
    return [found.text for found in zxingcpp.read_barcodes(dots)]


def around(rows: list[bytes]) -> list[bytes]:
    """Cut out the one code that stands among other things, with some white about it."""
    dots = memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])])
    (found,) = zxingcpp.read_barcodes(dots)
    at = found.position
    corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
    left, right = min(each.x for each in corners), max(each.x for each in corners)
    top, bottom = min(each.y for each in corners), max(each.y for each in corners)
    white = (right - left) // 8
    return [row[left - white : right + white] for row in rows[top - white : bottom + white]]


def smaller(rows: list[bytes], side: int) -> list[bytes]:
    """Draw a square anew with so many dots a side: each is the mean of those that it covers, as a scanner sees it."""
    step = len(rows) / side
    edges = [(int(at * step), max(int(at * step) + 1, int((at + 1) * step))) for at in range(side)]
    return [bytes(_mean(rows, across, down) for across in edges) for down in edges]


def askew(rows: list[bytes], degrees: float) -> list[bytes]:
    """Turn a picture a little and blur it, as a hand does that holds a phone."""
    height, width = len(rows), len(rows[0])
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    middle = (width / 2, height / 2)

    def at(across: int, down: int) -> int:
        x = int(middle[0] + (across - middle[0]) * cosine + (down - middle[1]) * sine)
        y = int(middle[1] - (across - middle[0]) * sine + (down - middle[1]) * cosine)
        return rows[y][x] if 0 <= x < width and 0 <= y < height else 255

    turned = [bytes(at(across, down) for across in range(width)) for down in range(height)]
    return [
        bytes(_mean(turned, (max(0, across - 1), across + 2), (max(0, down - 1), down + 2)) for across in range(width))
        for down in range(height)
    ]


def _mean(rows: list[bytes], across: tuple[int, int], down: tuple[int, int]) -> int:
    covered = [dot for row in rows[slice(*down)] for dot in row[slice(*across)]]
    return sum(covered) // len(covered)


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
