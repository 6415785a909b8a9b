"""Films and sounds: how long they play and what is in them, read from their headers by few and bounded reads.

What they say of themselves is a claim: a reader gives up on what it does not understand, and the file is then one of unknown length.
"""

import struct
from collections.abc import Callable
from typing import IO

from packages.doctor import matroska, mp4, sound
from packages.doctor.track import UNKNOWN, Media

LONGEST = 24 * 60 * 60
"""Seconds; whoever says more is not believed."""

_BEGINNING = 12

_BROKEN = (ArithmeticError, struct.error, IndexError, ValueError)
"""What a header can be that contradicts itself."""


def read(file: IO[bytes], size: int) -> Media:
    """Read what a file of film or sound says of itself."""
    file.seek(0)
    reader = _reader_of(file.read(_BEGINNING))
    if reader is None:
        return UNKNOWN
    try:
        media = reader(file, size)
    except _BROKEN:
        return UNKNOWN
    believed = media.seconds is not None and 0 < media.seconds <= LONGEST
    return media if believed else Media(None, media.video, media.sound, media.captions, media.codec)


def _reader_of(beginning: bytes) -> Callable[[IO[bytes], int], Media] | None:
    if beginning[4:8] in mp4.BEGINNINGS:
        return mp4.read
    for signature, reader in _SIGNATURES.items():
        if beginning.startswith(signature):
            return reader
    return sound.mp3 if sound.is_frame(beginning) else None


_SIGNATURES = {b"\x1a\x45\xdf\xa3": matroska.read, b"RIFF": sound.wav, b"OggS": sound.ogg, b"ID3": sound.mp3}
