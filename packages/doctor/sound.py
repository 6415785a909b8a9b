"""Sounds: MP3 by its first frame, WAV by its chunks, Ogg by its last page."""

import struct
from typing import IO

from packages.doctor.track import Media

_NEAR = 64 * 1024
"""Bytes in which the first frame or the last page must be found."""

_FRAME_HEADER = 4
_SYNC = 0xFFE0
_TAG = 10
_MOST_CHUNKS = 100

_MPEG1, _MPEG2 = 3, 2
_LAYER3 = 1
_MONO = 3
_BITRATES = {
    _MPEG1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    _MPEG2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second of Layer III; what is slower than MPEG 2 has those of MPEG 2."""
_RATES = {_MPEG1: (44100, 48000, 32000), _MPEG2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def is_frame(data: bytes) -> bool:
    """Tell whether a frame of MP3 begins here (ISO/IEC 11172-3, 2.4.1.3)."""
    return _frame(data) is not None


def _frame(data: bytes) -> tuple[int, int, int, int] | None:
    """Read the header of a frame: version, bits a second, samples a second, and where its data may begin with a count of frames."""
    if len(data) < _FRAME_HEADER or int.from_bytes(data[:2]) & _SYNC != _SYNC:
        return None
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    bitrate, rate = data[2] >> 4, data[2] >> 2 & 3
    bitrates = _BITRATES[_MPEG1 if version == _MPEG1 else _MPEG2]
    if version == 1 or layer != _LAYER3 or not 0 < bitrate <= len(bitrates) or rate >= len(_RATES[0]):
        return None
    mono = data[3] >> 6 == _MONO
    side = (17 if mono else 32) if version == _MPEG1 else (9 if mono else 17)
    return version, bitrates[bitrate - 1] * 1000, _RATES[version][rate], _FRAME_HEADER + side


def mp3(file: IO[bytes], size: int) -> Media:
    """Read how long an MP3 plays: by the count of its frames where it has one, else by the speed of the first."""
    file.seek(0)
    tag = file.read(_TAG)
    begin = _TAG + sum((byte & 0x7F) << 7 * (3 - n) for n, byte in enumerate(tag[6:10])) if tag[:3] == b"ID3" else 0
    file.seek(begin)
    data = file.read(_NEAR)
    at = data.find(b"\xff")
    while at >= 0 and _frame(data[at : at + _FRAME_HEADER]) is None:
        at = data.find(b"\xff", at + 1)
    found = _frame(data[at : at + _FRAME_HEADER]) if at >= 0 else None
    if found is None:
        return Media(sound=True)
    version, bits, rate, side = found
    frames = _frames(data[at:], side)
    samples = 1152 if version == _MPEG1 else 576
    return Media(frames * samples / rate if frames else (size - begin - at) * 8 / bits, sound=True)


def _frames(data: bytes, side: int) -> int:
    """Read the count of frames that an encoder with a changing speed leaves in the first one."""
    if data[side : side + 4] in {b"Xing", b"Info"} and data[side + 7] & 1:
        return int(struct.unpack_from(">I", data, side + 8)[0])
    if data[36:40] == b"VBRI":
        return int(struct.unpack_from(">I", data, 50)[0])
    return 0


def wav(file: IO[bytes], size: int) -> Media:
    """Read how long a WAV plays: by the bytes of its data and of a second."""
    at, speed = 12, 0
    for _ in range(_MOST_CHUNKS):
        if at + 8 > size:
            break
        file.seek(at)
        name, length = struct.unpack("<4sI", file.read(8))
        if name == b"fmt ":
            (speed,) = struct.unpack_from("<8xI", file.read(12))
        elif name == b"data":
            return Media(min(length, size - at) / speed, sound=True)
        at += 8 + length + length % 2
    return Media(sound=True)


def ogg(file: IO[bytes], size: int) -> Media:
    """Read how long an Ogg plays: by the position that its last page names (RFC 3533)."""
    file.seek(0)
    beginning = file.read(_NEAR)
    if b"\x80theora" in beginning:
        return Media(video=True, sound=b"\x01vorbis" in beginning, codec="theora")
    rate = 48000
    if (at := beginning.find(b"\x01vorbis")) >= 0:
        (rate,) = struct.unpack_from("<12xI", beginning, at)
    elif b"OpusHead" not in beginning:
        return Media(sound=True)
    file.seek(max(size - _NEAR, 0))
    end = file.read(_NEAR)
    (position,) = struct.unpack_from("<6xq", end, end.rindex(b"OggS"))
    return Media(position / rate, sound=True)
