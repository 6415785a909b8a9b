"""The pictures of docs/pictures.md are those that the script takes, small enough to be looked at on a slow line."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from tests.journeys.pictures import FOLDER, PICTURES, SIZES, Picture, path_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "pictures.md"
MOST = 150_000
SHOWN = re.compile(r"!\[[^\]]+\]\(pictures/([\w-]+)\.png\)")


def size_of(path: Path) -> dict[str, int]:
    """Read how wide and high a PNG is."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return {"width": width, "height": height}


def test_the_document_shows_what_the_script_takes_in_the_same_order() -> None:
    assert SHOWN.findall(DOCUMENT.read_text("utf-8")) == [picture.name for picture in PICTURES]


def test_no_other_picture_lies_there() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {path_of(picture.name).name for picture in PICTURES}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_as_large_as_its_screen_and_light(picture: Picture) -> None:
    path = path_of(picture.name)

    assert size_of(path) == SIZES[picture.size]["viewport"]
    assert path.stat().st_size < MOST


def test_both_languages_both_screens_and_the_dark_are_shown() -> None:
    assert {picture.language for picture in PICTURES} == {"vi", "en"}
    assert {picture.dark for picture in PICTURES} == {True, False}
    assert {picture.size for picture in PICTURES} == {"phone", "desktop"}
