"""WebM and Matroska (RFC 9559): elements of EBML (RFC 8794), each led by its identifier and its length."""

import struct
from typing import IO

from packages.doctor.track import Media

_MOST_ELEMENTS = 2000
_LONGEST_ID = 4
_LONGEST_SIZE = 8

_SEGMENT, _INFO, _TRACKS, _ENTRY, _CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675
_SCALE, _DURATION, _TYPE, _CODEC = 0x2AD7B1, 0x4489, 0x83, 0x86
_INSIDE = {_SEGMENT, _INFO, _TRACKS, _ENTRY}
_WANTED = {_SCALE, _DURATION, _TYPE, _CODEC}
_MOST_WANTED = 64

_VIDEO, _SOUND, _SUBTITLE = 1, 2, 17
_NANOSECONDS = 1_000_000_000


def read(file: IO[bytes], size: int) -> Media:
    """Read how long a film plays and which tracks it has: that stands before its first cluster."""
    scale, length, codec = 1_000_000, None, ""
    types: list[int] = []
    at, seen = 0, 0
    while at < size and seen < _MOST_ELEMENTS:
        seen += 1
        file.seek(at)
        header = file.read(_LONGEST_ID + _LONGEST_SIZE)
        name, taken = _number(header, _LONGEST_ID, marked=True)
        held, more = _number(header[taken:], _LONGEST_SIZE, marked=False)
        begin = at + taken + more
        if name == _CLUSTER:
            break
        if name in _INSIDE:
            at = begin
            continue
        if name in _WANTED:
            file.seek(begin)
            data = file.read(min(held, _MOST_WANTED))
            if name == _SCALE:
                scale = int.from_bytes(data)
            elif name == _DURATION:
                (length,) = struct.unpack(">d" if held == struct.calcsize("d") else ">f", data)
            elif name == _TYPE:
                types.append(int.from_bytes(data))
            elif types[-1:] in ([], [_VIDEO]):
                codec = codec or data.decode("latin-1").rstrip("\0")
        at = begin + held
    seconds = None if length is None else length * scale / _NANOSECONDS
    return Media(seconds, _VIDEO in types, _SOUND in types, _SUBTITLE in types, codec)


def _number(data: bytes, longest: int, *, marked: bool) -> tuple[int, int]:
    """Read a number whose first bit says how long it is, with that bit or without; tell how many bytes it takes."""
    length = 9 - data[0].bit_length()
    if length > longest or length > len(data):
        raise ValueError("no number of EBML")
    value = int.from_bytes(data[:length])
    return (value if marked else value & ((1 << 7 * length) - 1)), length
