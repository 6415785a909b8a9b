"""How long films and sound last, read from headers written after the formats' descriptions; nothing hostile holds it up."""

from __future__ import annotations

import io
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packages.doctor.media import Medium, read


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def header(ticks: int, count: int, version: int = 0) -> bytes:
    times = struct.pack(">QQIQ", 0, 0, ticks, count) if version else struct.pack(">IIII", 0, 0, ticks, count)
    return box(b"mvhd", bytes([version, 0, 0, 0]) + times)


def handler(kind: bytes) -> bytes:
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(13))))


def mp4(*inside: bytes, before: bytes = b"") -> bytes:
    return box(b"ftyp", b"isom0000") + before + box(b"moov", b"".join(inside))


def webm(tick: bytes = b"\x2a\xd7\xb1\x83\x0f\x42\x40", more: bytes = b"") -> bytes:
    return b"\x1a\x45\xdf\xa3" + tick + b"\x44\x89\x88" + struct.pack(">d", 90_500.0) + more


def mp3(first: bytes = b"\xff\xfb\x90\x00", size: int = 160_000, tag: bytes = b"", mark: bytes = b"") -> bytes:
    return tag + first + bytes(32) + mark + bytes(size - 36 - len(mark))


XING = b"Xing" + struct.pack(">II", 1, 383)
TAG = b"ID3\x04\x00\x00\x00\x00\x02\x00" + bytes(256)

FILES = {
    "a film": ("a.mp4", mp4(header(1000, 90_500)), Medium(90.5)),
    "a film of the long kind": ("a.m4v", mp4(header(600, 6000, version=1)), Medium(10.0)),
    "its data before its header": ("a.mp4", mp4(header(1000, 5000), before=box(b"mdat", bytes(5000))), Medium(5.0)),
    "captions in it": (
        "a.mp4",
        mp4(header(1000, 5000), handler(b"vide"), handler(b"sbtl")),
        Medium(5.0, captions=True),
    ),
    "a box up to the end": ("a.mp4", box(b"ftyp", b"isom") + b"\0\0\0\0moov" + header(1, 7), Medium(7.0)),
    "a box with a long length": (
        "a.mp4",
        struct.pack(">I4sQ", 1, b"free", 24) + bytes(8) + mp4(header(1, 7)),
        Medium(7.0),
    ),
    "no seconds in a tick": ("a.mp4", mp4(header(0, 7)), Medium()),
    "a year": ("a.mp4", mp4(header(1, 40_000_000)), Medium()),
    "a box that ends before it begins": ("a.mp4", struct.pack(">I4s", 4, b"free") + mp4(header(1, 7)), Medium()),
    "a box beyond the end": ("a.mp4", struct.pack(">I4s", 9999, b"moov") + header(1, 7), Medium()),
    "half a header": ("a.mp4", mp4(header(1, 7))[:-3], Medium()),
    "webm": ("a.webm", webm(), Medium(90.5)),
    "webm with subtitles": ("a.webm", webm(more=b"\x83\x81\x11"), Medium(90.5, captions=True)),
    "sound": ("a.mp3", mp3(), Medium(10.0)),
    "sound behind a tag": ("a.mp3", mp3(tag=TAG), Medium(10.0)),
    "sound that counts its frames": ("a.mp3", mp3(mark=XING), Medium(383 * 1152 / 44100)),
    "no sound": ("a.mp3", bytes(5000), Medium()),
    "another kind": ("a.avi", b"RIFF" + bytes(100), Medium()),
    "nothing": ("a.mp4", b"", Medium()),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_lasts_as_long_as_it_says(case: str) -> None:
    name, data, medium = FILES[case]

    assert read(name, io.BytesIO(data), len(data)) == medium


@pytest.mark.parametrize(
    "data",
    [
        struct.pack(">I4s", 8, b"free") * 300_000,
        b"".join(struct.pack(">I4s", 8 * (300_000 - n), b"moov") for n in range(300_000)),
        struct.pack(">I4sQ", 1, b"moov", 2**63) + bytes(100),
    ],
    ids=["many boxes", "boxes in boxes", "a length beyond all measure"],
)
def test_a_hostile_film_is_given_up_on(data: bytes) -> None:
    begun = time.process_time()

    assert read("a.mp4", io.BytesIO(data), len(data)) == Medium()
    assert time.process_time() - begun < 1  # of looking at all of them it would be many


@given(st.sampled_from(["a.mp4", "a.webm", "a.mp3"]), st.binary(max_size=3000))
def test_whatever_it_is_reading_it_ends_well(name: str, data: bytes) -> None:
    assert isinstance(read(name, io.BytesIO(data), len(data)), Medium)


@given(st.integers(0, 80), st.integers(0, 255))
def test_a_film_with_one_wrong_byte_ends_well(at: int, byte: int) -> None:
    data = bytearray(mp4(header(1000, 5000), handler(b"sbtl")))
    data[at] = byte

    assert isinstance(read("a.mp4", io.BytesIO(data), len(data)), Medium)
