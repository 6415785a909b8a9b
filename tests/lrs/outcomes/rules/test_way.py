"""The shortest way, when it is gone, completes; and there is no shorter one."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import assume, given, settings

from lrs.outcomes.rules.evaluate import Finding, judge
from lrs.outcomes.rules.facts import Fact, moment
from lrs.outcomes.rules.language import Confirmed, Count, Did, Duration, Leaf, Score
from lrs.outcomes.rules.state import State, state_of
from lrs.outcomes.rules.way import LESSON, TOMORROW, VISIT, Step, way
from lrs.outcomes.rules.words import words
from tests.lrs.outcomes.rules.made import (
    FACTS,
    FINAL,
    LEARNER,
    LESSONS,
    RULES,
    TAGS,
    THREE_PARTS,
    can_be_met,
    fact,
    found,
    version,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, TWO = LESSONS[:2]
_ids = count(1000)


def steps(said: Any, facts: list[Fact], today: date | None = None) -> tuple[Step, ...]:
    taken = way(found(said, facts), today)
    assert taken is not None
    return taken


# Somebody who does what a step says.


def does(step: Step, before: list[Fact]) -> Iterator[Fact]:
    """Make the statements that come of a step: each on a day of its own that the window has, where days count."""
    for number in range(math.ceil(step.missing) if isinstance(step.leaf, Count | Confirmed) else 1):
        yield replace(_done(step.leaf, before, number), **_of_kind(step, number))


def _done(leaf: Leaf, before: list[Fact], number: int) -> Fact:
    chosen = leaf.selection
    day = chosen.window.through or date(2026, 6, 1)
    if isinstance(leaf, Count) and leaf.distinct == "day":
        used = {datetime.fromtimestamp((each.stored + 7 * 3_600_000_000) // 1_000_000, UTC).date() for each in before}
        first = chosen.window.since or date(2026, 6, 1)
        day = [each for each in (first + timedelta(days=n) for n in range(60)) if each not in used][number]
        if chosen.window.through is not None:
            assume(day <= chosen.window.through)
    # In the last minutes of a day of the space, behind everything that was there before.
    stored = moment(datetime.combine(day, time(16, 50), UTC)) + next(_ids) * 1000
    # A last score has to be the last of those, too, that came late.
    late = timedelta(days=chosen.window.grace if isinstance(leaf, Score) else 0) // timedelta(microseconds=1)
    activities = chosen.activities or (LESSONS[7], LESSONS[8], LESSONS[9])
    if isinstance(leaf, Count) and leaf.distinct == "activity":
        activities = tuple(each for each in activities if each not in {one.activity for one in before})
    return Fact(
        learner=LEARNER,
        id=UUID(int=next(_ids)),
        stored=stored + late,
        timestamp=stored,
        verb=min(chosen.verbs, default="https://example.org/scored"),
        activity=activities[number % len(activities)],
        registration=UUID(int=next(_ids)),
        provenance=min(chosen.provenance, default="client-asserted"),
        credential=min(chosen.credentials, default=None),
    )


def _of_kind(step: Step, number: int) -> dict[str, Any]:
    match step.leaf:
        case Score():
            return {"score": 1.0}
        case Duration():
            return {"duration": math.ceil(step.missing)}
        case Confirmed():
            return {"confirmer": f"somebody {number} {step.place}", "role": step.leaf.by[0]}
        case _:
            return {}


@settings(deadline=None, max_examples=300)
@given(said=RULES, facts=FACTS)
def test_who_goes_the_way_completes(said: Any, facts: list[Fact]) -> None:
    assume(can_be_met(said))
    state = state_of(version(said), facts)
    taken = way(judge(state))
    if taken is None:
        return

    # What counts for one condition is not told apart for another here: whoever walks looks at what that one has.
    for step in taken:
        for one in does(step, _counted(state, step, facts)):
            state.take(one)

    assert judge(state).met


def _counted(state: State, step: Step, facts: list[Fact]) -> list[Fact]:
    watch = next(watch for watch in state.plan.watches if watch.place == step.place)
    slots = state.kept[watch.number]
    return [each for each in facts if watch.wants(each) and watch.slot(each) in slots]


@settings(deadline=None)
@given(said=RULES, facts=FACTS)
def test_there_is_nothing_to_do_exactly_when_a_rule_is_met(said: Any, facts: list[Fact]) -> None:
    finding = found(said, facts)

    assert (way(finding) == ()) == finding.met


def least(finding: Finding) -> float:
    """Find the least minutes by trying every choice."""
    if finding.met:
        return 0
    if not finding.parts:
        taken = way(finding)
        return math.inf if taken is None else taken[0].minutes
    costs = [least(part) for part in finding.parts if not part.met]
    return min((sum(some) for some in combinations(costs, int(finding.need - finding.have))), default=math.inf)


@settings(deadline=None)
@given(said=RULES, facts=FACTS)
def test_no_choice_is_cheaper(said: Any, facts: list[Fact]) -> None:
    finding = found(said, facts)
    taken = way(finding)

    assert (math.inf if taken is None else sum(step.minutes for step in taken)) == pytest.approx(least(finding))


def test_what_is_missing_is_listed() -> None:
    facts = [fact(number, lesson) for number, lesson in enumerate(LESSONS[:11])]

    taken = steps(THREE_PARTS, facts)

    assert [(step.place, step.missing, step.minutes) for step in taken] == [
        ("/all/0", 1, LESSON),
        ("/all/1", 1, LESSON),
        ("/all/2", 30 * 60_000, 30),
    ]
    names = [step.says(words("vi")) for step in taken]
    assert names == [
        f"Hoàn thành “{LESSONS[11]}”",
        f"Đạt ít nhất 80% ở “{FINAL}”",
        "Học ít nhất 30 phút ở 12 bài của “lessons”: còn thiếu 30 phút",
    ]


A, B, MENTOR = {"did": {"activity": ONE}}, {"did": {"activity": TWO}}, {"confirmed": {"by": ["mentor"]}}
DAYS = {"count": {"atLeast": 2, "distinct": "day"}}


@pytest.mark.parametrize(
    ("said", "places", "minutes"),
    [
        ({"any": [MENTOR, A, B]}, ["/any/1"], LESSON),
        ({"any": [DAYS, MENTOR]}, ["/any/1"], VISIT),
        ({"any": [DAYS]}, ["/any/0"], 2 * TOMORROW),
        ({"any": [{"all": [A, B]}, {"duration": {"minutes": 13}}]}, ["/any/0/all/0", "/any/0/all/1"], 2 * LESSON),
        ({"any": [{"all": [A, B]}, {"duration": {"minutes": 11}}]}, ["/any/1"], 11),
        ({"atLeast": {"n": 2, "of": [MENTOR, A, DAYS, B]}}, ["/atLeast/of/1", "/atLeast/of/3"], 2 * LESSON),
        ({"atLeast": {"n": 2, "of": [DAYS, MENTOR, A]}}, ["/atLeast/of/1", "/atLeast/of/2"], VISIT + LESSON),
    ],
)
def test_of_a_choice_the_least_is_taken(said: Any, places: list[str], minutes: float) -> None:
    taken = steps(said, [])

    assert [step.place for step in taken] == places
    assert sum(step.minutes for step in taken) == minutes


def test_a_first_score_that_was_too_low_cannot_be_mended() -> None:
    first = {"score": {"activity": FINAL, "atLeast": 0.8, "which": "first"}}

    assert way(found(first, [fact(1, FINAL, score=0.5)])) is None
    assert way(found({"all": [A, first]}, [fact(1, FINAL, score=0.5)])) is None
    assert [step.place for step in steps({"any": [first, A]}, [fact(1, FINAL, score=0.5)])] == ["/any/1"]
    assert len(steps(first, [])) == 1


WEEK = {"from": "2026-03-01", "through": "2026-03-07", "grace": 3}


@pytest.mark.parametrize(
    ("said", "today", "open_"),
    [
        ({"did": {"window": WEEK}}, None, True),
        ({"did": {"window": WEEK}}, date(2026, 2, 1), True),
        ({"did": {"window": WEEK}}, date(2026, 3, 7), True),
        ({"did": {"window": WEEK}}, date(2026, 3, 8), False),
        ({"did": {}}, date(2099, 1, 1), True),
        ({"count": {"atLeast": 3, "distinct": "day", "window": WEEK}}, date(2026, 3, 5), True),
        ({"count": {"atLeast": 3, "distinct": "day", "window": WEEK}}, date(2026, 3, 6), False),
        ({"count": {"atLeast": 3, "distinct": "activity", "window": WEEK}}, date(2026, 3, 6), True),
    ],
)
def test_what_lies_in_a_window_that_is_over_is_no_way(said: Any, today: date | None, open_: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (way(found(said, []), today) is not None) == open_


def test_of_each_of_several_only_those_are_named_that_are_missing() -> None:
    (step,) = steps({"did": {"tag": "two"}}, [fact(1, TAGS["two"][0])])

    assert isinstance(step.leaf, Did)
    assert step.leaf.selection.activities == (TAGS["two"][1],)
