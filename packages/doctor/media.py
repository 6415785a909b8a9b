"""Films and sound: how long they last, and whether captions are in them. Read from a few of their first bytes, never as a whole.

ISO/IEC 14496-12 (MP4), RFC 9559 (WebM), ISO/IEC 11172-3 (MP3). What cannot be read lasts no time.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from packages.doctor.sorts import end_of

BOXES = 2000
"""Boxes of an MP4 that are looked at: a film has some dozen, and a hostile one could have millions."""

LONGEST = 24 * 3600.0
"""Seconds: whatever says that it lasts longer is not believed."""

_BEGINNING = 64 * 1024
_INSIDE = frozenset({b"moov", b"trak", b"mdia"})
_CAPTIONS = frozenset({b"sbtl", b"subt", b"text", b"clcp"})


@dataclass(frozen=True, slots=True)
class Medium:
    """A film, or sound."""

    seconds: float = 0.0
    captions: bool = False


def read(name: str, file: IO[bytes], size: int) -> Medium:
    """Read what there is to know, by the end of the name."""
    reader = _READERS.get(end_of(name))
    if reader is None:
        return Medium()
    try:
        found = reader(file, size)
    except (struct.error, ZeroDivisionError, OverflowError):
        return Medium()
    return found if 0.0 <= found.seconds <= LONGEST else Medium(captions=found.captions)


def _mp4(file: IO[bytes], size: int) -> Medium:
    seconds, captions = 0.0, False
    for kind, start, end in _boxes(file, size):
        file.seek(start)
        if kind == b"mvhd":
            seconds = _duration(file.read(min(end - start, 32)))
        elif kind == b"hdlr" and file.read(12)[8:] in _CAPTIONS:
            captions = True
    return Medium(seconds, captions)


def _boxes(file: IO[bytes], size: int) -> Iterator[tuple[bytes, int, int]]:
    """List boxes, and those in the boxes that hold others: kind, and where the content begins and ends."""
    spans = [(0, size)]
    for _ in range(BOXES):
        while spans and spans[-1][1] - spans[-1][0] < 8:  # noqa: PLR2004 - a box has a length and a name
            spans.pop()
        if not spans:
            return
        at, end = spans.pop()
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        start = at + 8
        if length == 1:
            length, start = struct.unpack(">Q", file.read(8))[0], at + 16
        stop = end if length == 0 else at + length
        if stop < start or stop > end:
            return
        spans.append((stop, end))
        if kind in _INSIDE:
            spans.append((start, stop))
        yield kind, start, stop


def _duration(header: bytes) -> float:
    """Read a movie header: version, flags, two times, the ticks of a second, how many ticks."""
    if header[0] == 1:
        ticks, count = struct.unpack(">IQ", header[20:32])
    else:
        ticks, count = struct.unpack(">II", header[12:20])
    return float(count) / float(ticks)


def _webm(file: IO[bytes], _size: int) -> Medium:
    """Look for duration and the length of a tick by their element ids, which stand near the beginning."""
    data = file.read(_BEGINNING)
    tick = 1_000_000  # nanoseconds, if nothing is said
    at = data.find(b"\x2a\xd7\xb1\x83")
    if at >= 0:
        tick = int.from_bytes(data[at + 4 : at + 7], "big")
    for mark, kind in ((b"\x44\x89\x88", ">d"), (b"\x44\x89\x84", ">f")):
        at = data.find(mark)
        if at >= 0:
            ticks = struct.unpack_from(kind, data, at + 3)[0]
            return Medium(float(ticks) * tick / 1e9, b"\x83\x81\x11" in data)  # a track of subtitles
    return Medium()


_KILOBITS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),  # MPEG 1, layer III
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),  # MPEG 2 and 2.5, layer III
)
_RATES = {3: (44100, 48000, 32000, 0), 2: (22050, 24000, 16000, 0), 0: (11025, 12000, 8000, 0)}


def _mp3(file: IO[bytes], size: int) -> Medium:
    """Take the first frame's bit rate for that of all, unless the encoder says how many frames there are."""
    head = file.read(10)
    tag = 0
    if head[:3] == b"ID3":  # a tag with titles and pictures stands before the sound
        tag = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    file.seek(tag)
    data = file.read(_BEGINNING)
    at = next((at for at in range(len(data) - 4) if _is_frame(data[at : at + 4])), -1)
    if at < 0:
        return Medium()
    mpeg, first, rate = (data[at + 1] >> 3) & 3, data[at + 2], 0
    rate = _RATES[mpeg][(first >> 2) & 3]
    for mark in (b"Xing", b"Info"):
        told = data.find(mark, at, at + 200)
        if told >= 0 and data[told + 7] & 1:
            frames = struct.unpack_from(">I", data, told + 8)[0]
            return Medium(frames * (1152 if mpeg == 3 else 576) / rate)  # noqa: PLR2004 - MPEG 1 is 3
    kilobits = _KILOBITS[mpeg != 3][first >> 4]  # noqa: PLR2004
    return Medium((size - tag - at) * 8 / (kilobits * 1000))


def _is_frame(head: bytes) -> bool:
    """Tell the beginning of a frame of layer III: eleven bits set, a version, a layer, a bit rate, a rate."""
    eleven = head[0] == 0xFF and head[1] & 0xE0 == 0xE0  # noqa: PLR2004
    mpeg, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    return eleven and mpeg != 1 and layer == 1 and head[2] >> 4 not in {0, 15} and (head[2] >> 2) & 3 != 3  # noqa: PLR2004


_READERS = {
    **dict.fromkeys(("mp4", "m4v", "mov", "m4a"), _mp4),
    **dict.fromkeys(("webm", "mkv"), _webm),
    "mp3": _mp3,
}
