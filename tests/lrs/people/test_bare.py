"""A picture is kept without what is not drawn; and one that moves, is turned, cut off or carries more behind its end is refused."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from lrs.people.bare import CUT, MORE, MOVES, PRESS, TURNED, Refused, bare_jpeg, bare_png, bare_webp
from tests.lrs.people.pictures import chunk, exif, jpeg, png, segment, webp

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = b"<script>alert(1)</script>"
COLOURS = segment(0xE2, b"ICC_PROFILE\0\1\1...")
VP8X = b"\x10\0\0\0" + b"\x0f\0\0" * 2
NOTED = b"\x1c\0\0\0" + b"\x0f\0\0" * 2


def with_chunk(kind: bytes, data: bytes) -> bytes:
    """Put a part into a PNG, behind its head."""
    return png()[:33] + chunk(kind, data) + png()[33:]


@pytest.mark.parametrize(
    ("bare", "given", "left"),
    [
        (bare_png, png(), png()),
        (bare_png, with_chunk(b"tEXt", b"Comment\0" + SCRIPT), png()),
        (bare_png, with_chunk(b"iTXt", SCRIPT), png()),
        (bare_png, with_chunk(b"eXIf", SCRIPT), png()),
        (bare_png, with_chunk(b"haXx", SCRIPT), png()),
        (bare_png, with_chunk(b"sRGB", b"\0"), with_chunk(b"sRGB", b"\0")),
        (bare_jpeg, jpeg(3, 2), jpeg(3, 2)),
        (bare_jpeg, jpeg(3, 2, before=segment(0xFE, SCRIPT)), jpeg(3, 2)),
        (bare_jpeg, jpeg(3, 2, before=segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SCRIPT)), jpeg(3, 2)),
        (bare_jpeg, jpeg(3, 2, before=exif(1)), jpeg(3, 2)),
        (bare_jpeg, jpeg(3, 2, before=segment(0xE2, b"MPF\0")), jpeg(3, 2)),
        (bare_jpeg, jpeg(3, 2, before=b"\xff\xff" + COLOURS), jpeg(3, 2, before=COLOURS)),
        (bare_webp, webp(b"VP8L", b"\x2f"), webp(b"VP8L", b"\x2f")),
        (
            bare_webp,
            webp(b"VP8X", NOTED, (b"XMP ", SCRIPT), (b"EXIF", b"x"), (b"VP8 ", b"abc")),
            webp(b"VP8X", VP8X, (b"VP8 ", b"abc")),
        ),
    ],
)
def test_only_what_is_drawn_is_left(bare: Callable[[bytes], bytes], given: bytes, left: bytes) -> None:
    assert bare(given) == left


@pytest.mark.parametrize(
    ("bare", "given", "why"),
    [
        (bare_png, png() + SCRIPT, MORE),
        (bare_png, png() + png(), MORE),
        (bare_png, png()[:-1], CUT),
        (bare_png, png()[:-12], CUT),
        (bare_png, png()[:40], CUT),
        (bare_png, with_chunk(b"acTL", bytes(8)), MOVES),
        (bare_jpeg, jpeg(3, 2) + SCRIPT, MORE),
        (bare_jpeg, jpeg(3, 2)[:-2], CUT),
        (bare_jpeg, jpeg(3, 2)[:-5], CUT),
        (bare_jpeg, jpeg(3, 2)[:9], CUT),
        (bare_jpeg, b"\xff\xd8\xff\xe0\0\0", CUT),
        (bare_jpeg, jpeg(3, 2, before=exif(6)), TURNED),
        (bare_jpeg, jpeg(3, 2, before=exif(8, "<")), TURNED),
        (bare_jpeg, jpeg(3, 2, colours=4), PRESS),
        (bare_webp, webp(b"VP8L", b"\x2f") + SCRIPT, MORE),
        (bare_webp, webp(b"VP8L", b"\x2f")[:-1], CUT),
        (bare_webp, webp(b"VP8X", b"\x02\0\0\0"), MOVES),
        (bare_webp, webp(b"VP8X", VP8X, (b"ANIM", bytes(6))), MOVES),
        (bare_webp, webp(b"VP8 ", b"abc", (b"VP8X", b"")), CUT),
        (bare_webp, b"RIFF\x10\0\0\0WEBPVP8 \xff\0\0\0abcd", CUT),
    ],
)
def test_what_cannot_be_taken_is_told_apart(bare: Callable[[bytes], bytes], given: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        bare(given)

    assert refused.value.why == why


@pytest.mark.parametrize(
    ("bare", "given"),
    [(bare_png, png()), (bare_jpeg, jpeg(3, 2, before=exif(1))), (bare_webp, webp(b"VP8X", VP8X, (b"VP8 ", b"abc")))],
)
def test_no_bytes_are_any_trouble(bare: Callable[[bytes], bytes], given: bytes) -> None:
    chance = random.Random(5)

    for _ in range(2000):
        at = chance.randrange(len(given))
        other = chance.choice([given[:at] + chance.randbytes(chance.randint(0, 4)) + given[at + 1 :], given[:at]])
        try:
            bare(other)
        except Refused:
            continue
