"""A picture is told by what it is: three formats are taken, all else is refused with a word that helps."""

from __future__ import annotations

import struct

import pytest

from lrs.people.emblem import MOST_BYTES, MOST_PIXELS, Emblem
from lrs.people.identity import NotUnderstood
from tests.lrs.people.pictures import jpeg, png, webp

WIDE = MOST_PIXELS + 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), "image/png"),
        (jpeg(300, 200), "image/jpeg"),
        (jpeg(300, 200, before=b"\xff\xff\xff\xdb\x00\x03x"), "image/jpeg"),
        (webp(b"VP8X", b"\0\0\0\0" + b"\x0f\0\0" + b"\x0f\0\0"), "image/webp"),
        (webp(b"VP8L", b"\x2f" + struct.pack("<I", 15 | 15 << 14)), "image/webp"),
        (webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16, 16)), "image/webp"),
    ],
)
def test_three_formats_are_known_by_their_beginning(content: bytes, kind: str) -> None:
    assert Emblem.read(content).type == kind


@pytest.mark.parametrize(
    "content",
    [
        png(WIDE, 1),
        png(1, WIDE),
        jpeg(WIDE, 1),
        jpeg(1, WIDE),
        webp(b"VP8X", b"\0\0\0\0" + struct.pack("<I", WIDE - 1)[:3] + b"\0\0\0"),
        webp(b"VP8L", b"\x2f" + struct.pack("<I", WIDE - 1)),
        webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 1, WIDE)),
        png(0, 5),
        png().ljust(MOST_BYTES + 1, b"\0"),
    ],
)
def test_one_that_is_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(NotUnderstood) as refused:
        Emblem.read(content)
    assert refused.value.field == "emblem"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a\x01\0\x01\0",
        b"\x89PNG\r\n\x1a\n",
        png()[:20],
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x0dtEXt" + png()[16:],
        b"\xff\xd8\xff",
        jpeg(3, 2)[:12],
        b"\xff\xd8" + b"\xff\xe0\x00\x00" * 100_000,
        b"RIFF\0\0\0\0WEBPVP9 " + b"\0" * 30,
        webp(b"VP8X", b"")[:25],
    ],
)
def test_what_is_no_such_picture_is_refused_at_once(content: bytes) -> None:
    with pytest.raises(NotUnderstood):
        Emblem.read(content)


def test_it_is_named_by_what_is_in_it() -> None:
    assert Emblem.read(png()).digest == Emblem.read(png()).digest != Emblem.read(png(3)).digest
