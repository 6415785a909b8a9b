"""What of a text is drawn, and where long words may be parted."""

from __future__ import annotations

import unicodedata

import pytest

from lrs.certificates.writing import breakable, drawn, without


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Hạnh"), "Nguyễn Thị Hạnh"),
        ("  Nguyễn\n\tThị   Hạnh ", "Nguyễn Thị Hạnh"),
        ("A\x00\x1b[31mB\x7f", "A[31mB"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("\ue000\ufdd0x\ud800", "□□x□"),
        ("a \x00 b\u2028c\x85", "a b c"),
        ("\u200b\u2060\u3164\u115f\u034f\u00ad", ""),
        ("क्\u200dष 👩\u200d👧", "क्\u200dष 👩\u200d👧"),
        ("محمد عبد الله", "محمد عبد الله"),
        ('#set text(red) $x^2$ \\ `raw` "', '#set text(red) $x^2$ \\ `raw` "'),
    ],
)
def test_what_can_be_seen_is_left(given: str, said: str) -> None:
    assert drawn(given) == said


def test_a_long_word_may_be_parted_and_others_stay_whole() -> None:
    assert breakable("Nguyễn Thị Hạnh") == "Nguyễn Thị Hạnh"
    assert breakable("W" * 39) == "W" * 39
    assert breakable("W" * 40).replace("\u200b", "") == "W" * 40
    assert max(map(len, breakable("W" * 90).split("\u200b"))) == 12


def test_marks_stay_with_their_letters() -> None:
    parts = breakable("x\u0301" * 60).split("\u200b")

    assert len(parts) > 4
    assert all(part.startswith("x") for part in parts)


@pytest.mark.parametrize(
    ("given", "unknown", "said"),
    [
        ("Hạnh 王 Nguyễn", {"王"}, "Hạnh □ Nguyễn"),
        ("👩\u200d👩\u200d👧!", {"👩", "👧"}, "□□□!"),
        ("王\u0301\u0302é", {"王"}, "□é"),
        ("👍🏿!", {"👍"}, "□!"),
        ("a\u0301b", {"x"}, "a\u0301b"),
    ],
)
def test_what_no_font_has_becomes_a_sign(given: str, unknown: set[str], said: str) -> None:
    assert without(given, unknown) == said
