"""WebM: length, tracks, and what the pictures are coded in."""

from __future__ import annotations

import io

from packages.doctor import matroska
from packages.doctor.track import Media
from tests.packages.doctor.making import element, webm


def read(data: bytes) -> Media:
    return matroska.read(io.BytesIO(data), len(data))


def test_a_film_says_what_it_holds() -> None:
    assert read(webm(12.5)) == Media(12.5, video=True, sound=True, codec="V_VP9")
    assert read(webm(3, 2, codec=b"A_OPUS")) == Media(3, sound=True)
    assert read(webm(3, 1, 17)).captions


def test_a_recording_of_a_browser_does_not_say_how_long_it_is() -> None:
    recorded = element(0x1A45DFA3) + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + element(0x1549A966)

    assert read(recorded + element(0x1654AE6B, element(0xAE, element(0x83, b"\1")))) == Media(None, video=True)
