"""What a condition is about: called by names while they are few, counted when they are many."""

from __future__ import annotations

import pytest

from lrs.outcomes.rules import things
from lrs.outcomes.rules.language import Selection
from lrs.outcomes.rules.words import words

NAMES = {"a": "An", "b": "Bình", "c": "Chi"}
EN = words("en")


@pytest.mark.parametrize(
    ("selection", "each", "together", "some"),
    [
        (Selection(), "any lesson", None, "any lesson"),
        (Selection(activities=("a",)), "“An”", "“An”", "“An”"),
        (
            Selection(activities=("a", "b", "x")),
            "“An”, “Bình”, and “x”",
            "“An”, “Bình”, and “x”",
            "“An”, “Bình”, or “x”",
        ),
        (
            Selection(activities=("a", "b", "c", "d")),
            "all 4 lessons",
            "the 4 chosen lessons",
            "one of 4 chosen lessons",
        ),
        (Selection(tag="T"), "all lessons of “T”", "the lessons of “T”", "a lesson of “T”"),
        (Selection(tag="T", activities=("a",)), "the one lesson of “T”", "the 1 lesson of “T”", "a lesson of “T”"),
        (Selection(tag="T", activities=("a", "b")), "all 2 lessons of “T”", "the 2 lessons of “T”", "a lesson of “T”"),
    ],
)
def test_things_are_told_as_each_all_or_any_of_them(
    selection: Selection, each: str, together: str | None, some: str
) -> None:
    assert things.each(selection, EN, NAMES) == each
    assert things.together(selection, EN, NAMES) == together
    assert things.some(selection, EN, NAMES) == some
