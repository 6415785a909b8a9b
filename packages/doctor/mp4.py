"""MP4 and QuickTime (ISO/IEC 14496-12): boxes within boxes, each led by its length and its name."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from packages.doctor.track import Media

BEGINNINGS = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}

_MOST_BOXES = 2000
_HEADER = 8
_LARGE_HEADER = 16
_INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex"}
_WANTED = {b"mvhd", b"mehd", b"hdlr", b"stsd"}
_MOST_WANTED = 64
"""Bytes of a box that are looked at: all that is asked for stands at its beginning."""

_CAPTIONS = {b"text", b"sbtl", b"subt", b"clcp"}
_UNKNOWN_LENGTH = {0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}


@dataclass(slots=True)
class _Box:
    name: bytes
    data: bytes


def read(file: IO[bytes], size: int) -> Media:
    """Read how long a film plays and which tracks it has."""
    seconds: float | None = None
    scale = 0
    tracks: list[bytes] = []
    codec = ""
    for box in _boxes(file, size):
        if box.name == b"mvhd":
            scale, seconds = _length(box.data)
        elif box.name == b"mehd" and seconds is None and scale:  # a film in fragments
            (length,) = struct.unpack_from(">Q" if box.data[0] else ">I", box.data, 4)
            seconds = length / scale
        elif box.name == b"hdlr":
            tracks.append(box.data[8:12])
        elif box.name == b"stsd" and tracks[-1:] == [b"vide"]:
            codec = codec or box.data[12:16].decode("latin-1").strip()
    return Media(seconds, b"vide" in tracks, b"soun" in tracks, not _CAPTIONS.isdisjoint(tracks), codec)


def _length(data: bytes) -> tuple[int, float | None]:
    """Read the header of a film (8.2.2): how many ticks a second has, and how many it plays."""
    scale, length = struct.unpack_from(">IQ" if data[0] else ">II", data, 20 if data[0] else 12)
    return scale, None if length in _UNKNOWN_LENGTH or not scale else length / scale


def _boxes(file: IO[bytes], size: int) -> Iterator[_Box]:
    """Give the boxes that are asked for, going into those that hold them: no box is looked at twice."""
    ends, at, seen = [size], 0, 0
    while ends and seen < _MOST_BOXES:
        if at + _HEADER > ends[-1]:
            at = max(at, ends.pop())
            continue
        seen += 1
        file.seek(at)
        header = file.read(_LARGE_HEADER)
        length, name = struct.unpack_from(">I4s", header)
        begin = at + _HEADER
        if length == 1:  # 4.2: a large box says so behind its name
            (length,) = struct.unpack_from(">Q", header, _HEADER)
            begin = at + _LARGE_HEADER
        end = min(at + length if length else ends[-1], ends[-1])
        if end < begin:
            return
        if name in _INSIDE:
            ends.append(end)
            at = begin
            continue
        if name in _WANTED:
            file.seek(begin)
            yield _Box(name, file.read(min(end - begin, _MOST_WANTED)))
        at = end
