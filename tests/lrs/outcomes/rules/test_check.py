"""What is written as a rule and yet cannot be one is said with its place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from lrs.outcomes.rules import check, reading
from lrs.outcomes.rules.check import Known
from lrs.outcomes.rules.language import COMPLETED, CONFIRM
from lrs.outcomes.rules.words import words
from lrs.xapi.references import VOIDED
from tests.lrs.outcomes.rules.made import FINAL, KEYS, LESSONS, TAGS, THREE_PARTS

ONE, TWO = LESSONS[:2]
DID = {"did": {"activity": ONE}}
KNOWN = Known(frozenset([*LESSONS, FINAL]), TAGS | {"empty": ()}, frozenset(KEYS))
WEEK = {"from": "2026-03-01", "through": "2026-03-07"}


def problems(said: Any, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(each.place, each.code) for each in check.problems(reading.read(said), known)]


def deep(depth: int) -> Any:
    said: Any = DID
    for _ in range(depth):
        said = {"any": [said]}
    return said


def count(at_least: int, distinct: str = "activity", **more: Any) -> Any:
    return {"count": {"atLeast": at_least, "distinct": distinct} | more}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"atLeast": {"n": 3, "of": [DID, {"did": {}}]}}, [("/atLeast/n", "so-few-parts")]),
        ({"all": [DID, {"atLeast": {"n": 2, "of": [DID]}}]}, [("/all/1/atLeast/n", "so-few-parts")]),
        ({"any": [{"did": {}}, DID, DID]}, [("/any/2", "twice")]),
        ({"atLeast": {"n": 1, "of": [DID, DID]}}, [("/atLeast/of/1", "twice")]),
        (count(13, tag="lessons"), [("/count/atLeast", "so-few-activities")]),
        (count(3, activities=[ONE, TWO]), [("/count/atLeast", "so-few-activities")]),
        (count(8, "day", window=WEEK), [("/count/atLeast", "so-few-days")]),
        (count(10, "day", window=WEEK | {"grace": 2}), [("/count/atLeast", "so-few-days")]),
        ({"duration": {"minutes": 7 * 24 * 60 + 1, "window": WEEK}}, [("/duration/minutes", "so-little-time")]),
        ({"did": {"tag": "empty"}}, [("/did/tag", "tag-of-nothing")]),
        (count(1, tag="empty"), [("/count/tag", "tag-of-nothing")]),
        ({"did": {"tag": "a new one"}}, [("/did/tag", "unknown-tag")]),
        (count(1, tag="a new one"), [("/count/tag", "unknown-tag")]),
        (
            {"did": {"window": {"from": "2026-03-07", "through": "2026-03-01"}}},
            [("/did/window/through", "upside-down")],
        ),
        (
            count(2, "day", window={"from": "2026-03-07", "through": "2026-03-01"}),
            [("/count/window/through", "upside-down")],
        ),
        ({"did": {"window": {"from": "2026-03-07", "grace": 1}}}, [("/did/window/grace", "grace-of-nothing")]),
        ({"did": {"verbs": [VOIDED]}}, [("/did/verbs", "verb-never")]),
        ({"confirmed": {"by": ["mentor"], "verbs": [COMPLETED]}}, [("/confirmed/verbs", "verb-never")]),
        ({"did": {"activity": "https://example.org/x"}}, [("/did/activity", "unknown-activity")]),
        ({"did": {"activities": ["https://example.org/x"]}}, [("/did/activities/0", "unknown-activity")]),
        (
            {"all": [DID, {"score": {"activities": [ONE, "https://example.org/x"], "atLeast": 1}}]},
            [("/all/1/score/activities/1", "unknown-activity")],
        ),
        ({"did": {"credential": [str(UUID(int=9))]}}, [("/did/credential", "unknown-key")]),
        (deep(9), [("/any/0" * 8, "too-deep")]),
        (deep(11), [("/any/0" * 8, "too-deep")]),
        (
            {"all": [count(n, "registration") for n in range(1, 198)] + [{"any": [DID, {"did": {}}, count(9)]}]},
            [("/all/197/any/1", "too-many")],
        ),
    ],
)
def test_what_cannot_be_is_said_with_its_place(said: Any, found: list[tuple[str, str]]) -> None:
    assert problems(said) == found


@pytest.mark.parametrize(
    "said",
    [
        THREE_PARTS,
        {"atLeast": {"n": 2, "of": [DID, {"did": {}}]}},
        {"all": [{"any": [DID]}, {"any": [DID]}][:1]},
        count(12, tag="lessons"),
        count(13),
        count(13, "registration", activity=ONE, window=WEEK),
        count(7, "day", window=WEEK),
        count(9, "day", window=WEEK | {"grace": 2}),
        count(900, "day", window={"from": "2026-03-01"}),
        {"duration": {"minutes": 7 * 24 * 60, "window": WEEK}},
        {"did": {"window": {"from": "2026-03-01", "through": "2026-03-01"}}},
        {"did": {"verbs": [VOIDED, COMPLETED]}},
        {"confirmed": {"by": ["mentor"], "verbs": [CONFIRM, COMPLETED]}},
        {"did": {"credential": [str(KEYS[0])]}},
        deep(8),
    ],
)
def test_what_can_be_is_accepted(said: Any) -> None:
    assert problems(said) == []


def test_what_is_not_looked_at_is_not_missed() -> None:
    assert problems({"did": {"activity": "https://example.org/x", "credential": [str(UUID(int=9))]}}, Known()) == []


def test_a_hint_is_no_error() -> None:
    (twice,) = check.problems(reading.read({"any": [DID, DID]}), KNOWN)
    (error,) = check.problems(reading.read({"atLeast": {"n": 2, "of": [DID]}}), KNOWN)

    assert (twice.hint, error.hint) == (True, False)
    assert error.says(words("vi")) == "Không ai đạt được: cần 2 điều kiện, mà chỉ có 1."
