"""MP4: length, tracks, and what the pictures are coded in."""

from __future__ import annotations

import io
import struct

from packages.doctor import mp4
from packages.doctor.track import Media
from tests.packages.doctor.making import box
from tests.packages.doctor.making import mp4 as made


def read(data: bytes) -> Media:
    return mp4.read(io.BytesIO(data), len(data))


def test_a_film_says_what_it_holds() -> None:
    assert read(made(12.5)) == Media(12.5, video=True, sound=True, codec="avc1")
    assert read(made(3, b"vide", codec=b"hvc1")) == Media(3, video=True, codec="hvc1")
    assert read(made(3, b"soun")) == Media(3, sound=True)


def test_captions_within_a_film_are_seen() -> None:
    assert not read(made(3, b"vide", b"soun")).captions
    assert read(made(3, b"vide", b"soun", b"sbtl")).captions


def test_a_header_of_the_second_kind_is_read() -> None:
    head = box(b"mvhd", struct.pack(">IQQIQ", 1 << 24, 0, 0, 600, 6000))

    assert read(box(b"ftyp") + box(b"moov", head)).seconds == 10


def test_a_film_in_fragments_says_its_length_elsewhere() -> None:
    more = box(b"mvex", box(b"mehd", struct.pack(">II", 0, 7000)))
    film = made(0, more=more).replace(struct.pack(">II", 1000, 0), struct.pack(">II", 1000, 0), 1)

    assert read(film).seconds == 7


def test_a_film_that_begins_with_its_pictures_is_read() -> None:
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + 5000) + bytes(5000)

    assert read(box(b"ftyp") + large + made(4)).seconds == 4
