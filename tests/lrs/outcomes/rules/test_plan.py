"""A version is made ready once, and finds at once who looks at a fact."""

from __future__ import annotations

import pytest

from lrs.outcomes.rules import reading
from lrs.outcomes.rules.plan import Unresolved, plan
from tests.lrs.outcomes.rules.made import FINAL, LESSONS, ZONE, fact, version

SAID = {
    "all": [
        {"did": {"tag": "two"}},
        {"score": {"activities": [LESSONS[0], FINAL], "atLeast": 0.5}},
        {"count": {"atLeast": 2, "distinct": "activity"}},
    ]
}


@pytest.mark.parametrize(
    ("activity", "places"),
    [
        (LESSONS[0], ["/all/0", "/all/1", "/all/2"]),
        (LESSONS[1], ["/all/0", "/all/2"]),
        (FINAL, ["/all/1", "/all/2"]),
        (LESSONS[5], ["/all/2"]),
        (None, ["/all/2"]),
    ],
)
def test_a_fact_is_looked_at_by_those_whom_it_concerns(activity: str | None, places: list[str]) -> None:
    assert [watch.place for watch in version(SAID).watching(fact(1, activity))] == places


def test_a_rule_whose_tags_are_not_written_down_is_no_version() -> None:
    with pytest.raises(Unresolved, match="/all/0"):
        plan(reading.read(SAID), ZONE)


def test_a_tag_that_nothing_carried_is_met_by_nothing_and_looks_at_nothing() -> None:
    empty = version({"count": {"tag": "nobody has it", "atLeast": 1, "distinct": "day"}})

    assert empty.watching(fact(1)) == ()
