"""Sounds: MP3 at a steady and at a changing speed, with and without a tag; WAV; Ogg."""

from __future__ import annotations

import io
import struct

import pytest

from packages.doctor import sound
from packages.doctor.track import Media
from tests.packages.doctor.making import mp3, ogg, wav


def test_the_first_frame_of_an_mp3_says_its_speed() -> None:
    data = mp3(10)

    assert sound.mp3(io.BytesIO(data), len(data)) == Media(10, sound=True)


def test_a_tag_before_the_first_frame_does_not_count() -> None:
    tag = b"ID3\4\0\0" + bytes([0, 0, 0x10, 0]) + b"\xff\xfb" + bytes(2046)
    data = tag + mp3(10)

    assert sound.mp3(io.BytesIO(data), len(data)).seconds == 10


@pytest.mark.parametrize(("mark", "at"), [(b"Xing", 36), (b"Info", 36)])
def test_an_mp3_of_changing_speed_counts_its_frames(mark: bytes, at: int) -> None:
    frame = b"\xff\xfb\x90\x00" + bytes(at - 4) + mark + struct.pack(">II", 1, 3828)

    assert sound.mp3(io.BytesIO(frame.ljust(5000)), 5000).seconds == pytest.approx(100, abs=0.1)


def test_frames_of_an_older_encoder_are_counted() -> None:
    frame = b"\xff\xfb\x90\x00" + bytes(32) + b"VBRI" + bytes(10) + struct.pack(">I", 3828)

    assert sound.mp3(io.BytesIO(frame.ljust(5000)), 5000).seconds == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(
    ("data", "begins"),
    [
        (b"\xff\xfb\x90\x00", True),
        (b"\xff\xfb\xf0\x00", False),
        (b"\xff\xfb\x90", False),
        (b"RIFF", False),
        (b"\xff\xff\x90\x00", False),
    ],
)
def test_a_frame_is_told_by_its_header(data: bytes, *, begins: bool) -> None:
    assert sound.is_frame(data) is begins


def test_wav_and_ogg_are_read() -> None:
    assert sound.wav(io.BytesIO(wav(3)), len(wav(3))).seconds == 3
    assert sound.ogg(io.BytesIO(ogg(30)), len(ogg(30))).seconds == 30


def test_opus_counts_at_its_own_speed() -> None:
    data = ogg(30).replace(b"\x01vorbis", b"OpusHead")

    assert sound.ogg(io.BytesIO(data), len(data)).seconds == pytest.approx(30 * 44100 / 48000)
