"""A version is made ready once, and finds at once who looks at a fact."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

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


@pytest.mark.parametrize("window", [{"through": "9999-12-31"}, {"through": "9999-12-20", "grace": 30}])
def test_a_window_through_the_last_day_that_calendars_have_never_ends(window: dict[str, str | int]) -> None:
    (watch,) = version({"did": {"activity": LESSONS[0], "window": {"from": "0001-01-01"} | window}}).watches

    assert watch.wants(fact(1, LESSONS[0], stored=2**62))


@given(since=some.dates(), through=some.dates(), grace=some.integers(1, 366))
@example(since=date.min, through=date.max, grace=366)
def test_every_window_that_can_be_written_can_be_followed(since: date, through: date, grace: int) -> None:
    window = {"from": since.isoformat(), "through": through.isoformat(), "grace": grace}
    rule = reading.read({"did": {"activity": LESSONS[0], "window": window}})

    for zone in ("Asia/Ho_Chi_Minh", "America/New_York", "UTC"):
        plan(rule, zone)


def test_a_tag_that_nothing_carried_is_met_by_nothing_and_looks_at_nothing() -> None:
    empty = version({"count": {"tag": "nobody has it", "atLeast": 1, "distinct": "day"}})

    assert empty.watching(fact(1)) == ()
