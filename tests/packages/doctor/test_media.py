"""Films and sounds say how long they play; whatever a file holds, reading it ends soon and harms nothing."""

from __future__ import annotations

import io
import struct
from random import Random
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packages.doctor import media
from packages.doctor.track import UNKNOWN, Media
from tests.packages.doctor.making import box, element, mp3, mp4, ogg, wav, webm

MADE = {"mp4": mp4(90), "webm": webm(90), "mp3": mp3(90), "wav": wav(90), "ogg": ogg(90)}


def read(data: bytes) -> Media:
    return media.read(io.BytesIO(data), len(data))


@pytest.mark.parametrize("data", MADE.values(), ids=MADE)
def test_a_minute_and_a_half_is_read_as_that(data: bytes) -> None:
    assert read(data).seconds == pytest.approx(90, abs=0.1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"no film at all, whatever its name says",
        MADE["mp4"][:40],
        mp4(0),
        mp4(10**6),
        webm(float("nan")),
        webm(-1),
        webm(float("inf")),
        b"RIFF" + bytes(40),
        b"OggS" + bytes(40),
        b"ID3" + b"\x7f" * 20,
    ],
)
def test_a_length_that_cannot_be_is_unknown(data: bytes) -> None:
    assert read(data).seconds is None


def test_of_what_is_no_film_nothing_is_known() -> None:
    assert read(b"%PDF-1.7 and more") == UNKNOWN


class Counted(io.BytesIO):
    """A file that counts what is asked of it."""

    reads = 0
    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.reads += 1
        self.taken += len(data)
        return data


HOSTILE = {
    "a million empty boxes": box(b"ftyp") + struct.pack(">I4s", 8, b"free") * 200_000,
    "boxes within boxes": box(b"ftyp") + b"".join(struct.pack(">I4s", 2**31, b"moov") for _ in range(100_000)),
    "a box without length": box(b"ftyp") + struct.pack(">I4s", 0, b"moov") * 100_000,
    "a box that ends before it begins": box(b"ftyp") + struct.pack(">I4sQ", 1, b"moov", 3),
    "a box larger than anything": box(b"ftyp") + struct.pack(">I4sQ", 1, b"moov", 2**64 - 1),
    "a million elements": element(0x1A45DFA3) + b"\xec\x80" * 500_000,
    "segments within segments": element(0x1A45DFA3) + (b"\x18\x53\x80\x67\x01" + b"\xff" * 7) * 50_000,
    "a clock without ticks": mp4().replace(struct.pack(">II", 1000, 60_000), struct.pack(">II", 0, 60_000)),
    "chunks without length": b"RIFF\0\0\0\0WAVE" + bytes(800_000),
    "sound that takes no time": wav().replace(struct.pack("<II", 8000, 8000), bytes(8)),
    "beginnings of frames": b"\xff\xfb\x90\x00" + b"\xff" * 200_000,
    "a tag larger than the file": b"ID3\4\0\0\x7f\x7f\x7f\x7f" + bytes(100_000),
}


def looks(data: bytes) -> Counted:
    file = Counted(data)
    media.read(file, len(data))
    return file


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_left_after_few_reads(data: bytes) -> None:
    asked = looks(data)

    assert asked.reads <= 4100
    assert asked.taken <= 300_000


@pytest.mark.parametrize("seed", range(300))
def test_no_mutation_of_a_film_or_sound_harms_its_reader(seed: int) -> None:
    chance = Random(seed)
    data = bytearray(chance.choice(list(MADE.values()))[:20_000])
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(min(len(data), 400))
        data[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
    del data[chance.randrange(len(data)) + 1 :]

    told = read(bytes(data))

    assert told.seconds is None or 0 < told.seconds <= media.LONGEST
    assert looks(bytes(data)).reads <= 4100


@given(
    st.sampled_from([b"", b"\0\0\0\x08ftyp", b"\x1a\x45\xdf\xa3", b"RIFF", b"OggS", b"ID3", b"\xff\xfb\x90\x00"]),
    st.binary(max_size=3000),
)
def test_whatever_follows_a_signature_its_reader_ends_well(signature: bytes, data: bytes) -> None:
    assert isinstance(read(signature + data), Media)


def test_control_a_reader_without_an_end_would_be_seen() -> None:
    def patient(file: IO[bytes]) -> None:
        while file.read(8):
            pass

    file = Counted(HOSTILE["a million empty boxes"])
    patient(file)

    assert file.reads > 4100
