"""Pictures of skills are whole drawings, fill from below, and differ without colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.skills.picture import SHAPES, alone, drawn


@given(some.sampled_from([*SHAPES]), some.integers(-10, 1100))
def test_every_picture_is_well_formed_at_every_level(shape: str, done: int) -> None:
    ET.fromstring(drawn(shape, done))  # noqa: S314 - ours


def level(done: int) -> float:
    found = re.search(r"M[\d.]+ ([\d.]+)H", drawn("office", done))
    assert found
    return float(found[1])


def test_it_fills_from_below_and_says_so_with_a_line() -> None:
    levels = [level(done) for done in (1, 250, 500, 750, 999)]

    assert levels == sorted(levels, reverse=True)
    assert levels[2] == 48
    assert "fill-opacity" not in drawn("office", 0)
    assert 'class="cut"' not in drawn("office", 999)  # the tick comes with the whole alone
    assert 'class="cut"' in drawn("office", 1000)


def test_each_has_a_shape_of_its_own() -> None:
    assert len({drawn(shape, 0) for shape in SHAPES}) == len(SHAPES)


@pytest.mark.parametrize("words", ["", "Tự bảo vệ mình trên không gian mạng", "<script>&\"'", "a" * 300, "chữ " * 60])
def test_alone_it_is_a_file_with_words(words: str) -> None:
    root = ET.fromstring(alone("shield", words))  # noqa: S314 - ours

    assert root.findtext("{http://www.w3.org/2000/svg}title") == words
    assert "<script" not in alone("shield", words)
