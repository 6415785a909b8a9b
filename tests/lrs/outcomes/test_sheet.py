"""The form of a rule as it was sent: what its button does, and when mistakes are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import MultiDict

from lrs.outcomes import sheet as sheets
from lrs.outcomes.form.draft import Condition, Joined
from lrs.outcomes.known import Known

if TYPE_CHECKING:
    from collections.abc import Iterable

KNOWN = Known({"urn:1": "Bài một", "urn:2": "Bài hai"}, {}, {}, {})


def sent(*more: tuple[str, str], do: str) -> sheets.Sheet:
    """Send a form with one condition that says too little."""
    pairs = [("name", " Một "), ("r.word", "score"), ("r.about", "chosen"), *more, ("do", do)]
    return sheets.sent(lambda _named: KNOWN, "vi", MultiDict(pairs))


@pytest.mark.parametrize(
    ("do", "told"),
    [
        ("look", True),
        ("save", True),
        ("nobody knows this", True),
        ("json", False),
        ("every r", False),
        ("remove r", False),
    ],
)
def test_mistakes_are_said_to_whoever_asks(do: str, told: bool) -> None:  # noqa: FBT001 - a row of the table
    sheet = sent(do=do)

    assert sheet.told is told
    assert sheet.name == "Một"


def test_what_is_added_stands_in_the_list_beside_the_button() -> None:
    sheet = sent(("r.add", "duration"), do="add r")

    assert isinstance(sheet.draft, Joined)
    assert [part.word for part in sheet.draft.parts if isinstance(part, Condition)] == ["score", "duration"]
    assert sheet.focus == "r-1"


def test_a_title_that_no_lesson_has_is_said_when_it_is_added() -> None:
    taken, left = sent(("r.moreActivities", "Bài hai"), do="take r"), sent(("r.moreActivities", "Bài ba"), do="take r")

    assert not taken.told
    assert isinstance(taken.draft, Condition)
    assert taken.draft.all("activities") == ("urn:2",)
    assert left.told


def test_a_new_rule_begins_with_the_condition_that_most_have_and_says_nothing_yet() -> None:
    sheet = sheets.fresh(lambda _named: KNOWN, "vi")

    assert isinstance(sheet.draft, Condition)
    assert sheet.draft.word == "did"
    assert not sheet.told


def test_a_kept_rule_is_asked_about_with_the_activities_it_names() -> None:
    asked: list[str] = []

    def find(named: Iterable[str]) -> Known:
        asked.extend(named)
        return KNOWN

    sheets.kept(find, "vi", '{"did": {"activities": ["urn:1", "urn:else"]}}', "Một")

    assert asked == ["urn:1", "urn:else"]
