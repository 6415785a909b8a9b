"""The stylesheet is one file made of small ones; its colours can be read, in the light and in the dark, as docs/design.md says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lrs.design.stylesheet import FILES, FOLDER, sheet

if TYPE_CHECKING:
    from tests.parts.installations import Installation

DOCS = Path(__file__).parents[3] / "docs/design.md"
ADDRESS = "/static/haidang.css"

TEXT, SHAPE = 4.5, 3.0
"""What WCAG 2.2 asks of text (1.4.3) and of what else has to be seen (1.4.11)."""

PAIRS = {
    **{
        (ink, on): TEXT
        for ink in ("ink", "soft", "deed")
        for on in ("paper", "card", "hint-paper", "good-paper", "warn-paper")
    },
    ("deed-ink", "deed"): TEXT,
    ("top-ink", "top"): TEXT,
    ("good", "card"): TEXT,
    ("good", "good-paper"): TEXT,
    ("warn", "card"): TEXT,
    ("warn", "warn-paper"): TEXT,
    ("edge", "field"): SHAPE,
    ("edge", "card"): SHAPE,
    ("ring", "paper"): SHAPE,
    ("ring", "card"): SHAPE,
    ("focus", "top"): SHAPE,
    **{(tone, "card"): SHAPE for tone in ("tone-1", "tone-2", "tone-3", "tone-4")},
}


def colours(name: str) -> dict[str, str]:
    """Read the colours that a file names."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})(?=;)", (FOLDER / f"{name}.css").read_text("utf-8")))


def luminance(colour: str) -> float:
    """Compute how bright a colour is (WCAG 2.2, relative luminance)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Compute how far two colours are apart."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", ["tokens", "dark"])
@pytest.mark.parametrize(("pair", "least"), PAIRS.items(), ids=["-on-".join(pair) for pair in PAIRS])
def test_what_is_to_be_read_can_be_read(theme: str, pair: tuple[str, str], least: float) -> None:
    known = colours(theme)

    assert contrast(known[pair[0]], known[pair[1]]) >= least


def test_what_cannot_be_read_would_be_found() -> None:
    assert contrast("#fff", "#000") == 21
    assert contrast("#777", "#fff") < TEXT < contrast("#767676", "#fff")


def test_the_page_of_docs_has_the_figures() -> None:
    light, dark = colours("tokens"), colours("dark")

    said = re.findall(r"^\| `([\w-]+)` on `([\w-]+)` \| ([\d.]+) \| ([\d.]+) \|", DOCS.read_text("utf-8"), re.MULTILINE)
    truth = [
        (ink, on, f"{contrast(light[ink], light[on]):.1f}", f"{contrast(dark[ink], dark[on]):.1f}") for ink, on in PAIRS
    ]
    assert said == truth


def test_the_dark_has_every_colour_that_the_light_has() -> None:
    assert colours("dark").keys() == colours("tokens").keys()


def test_every_name_that_is_used_is_given_and_every_one_that_is_given_is_used() -> None:
    text = sheet().text

    assert set(re.findall(r"var\(--([\w-]+)\)", text)) == set(re.findall(r"--([\w-]+):", text))


def test_every_file_is_in_it_and_colours_stand_in_tokens_alone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(FILES)
    assert "!important" not in sheet().text
    assert not re.search(r"transition|animation", sheet().text)  # nothing moves


def test_it_is_sent_once(embedded: Installation) -> None:
    visitor = embedded.visitor()
    first = visitor.get(ADDRESS)

    assert (first.status_code, first.mimetype, first.text) == (200, "text/css", sheet().text)
    again = visitor.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert visitor.get(ADDRESS, headers={"If-None-Match": '"another"'}).status_code == 200


def test_it_is_light() -> None:
    assert len(sheet().text.encode()) < 30_000
    assert "/*" not in sheet().text
