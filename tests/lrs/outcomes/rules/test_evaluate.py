"""Verdicts: what is needed, what there is, and the statements that show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from lrs.outcomes.rules.evaluate import judge
from lrs.outcomes.rules.facts import moment
from lrs.outcomes.rules.language import COMPLETED, CONFIRM, PASSED, TERMINATED
from lrs.outcomes.rules.state import state_of
from lrs.outcomes.rules.way import way
from tests.lrs.outcomes.rules import naive
from tests.lrs.outcomes.rules.made import (
    FACTS,
    FAILED,
    FINAL,
    KEYS,
    LESSONS,
    MONOTONE_RULES,
    RULES,
    THREE_PARTS,
    every,
    fact,
    found,
    rule_of,
    version,
)

if TYPE_CHECKING:
    from lrs.outcomes.rules.facts import Fact

ONE, TWO = LESSONS[:2]


@settings(deadline=None, max_examples=400)
@given(said=RULES, facts=FACTS)
def test_a_verdict_is_what_everything_kept_and_sorted_says(said: Any, facts: list[Fact]) -> None:
    finding = judge(state_of(version(said), facts))

    assert (finding.need, finding.have) == naive.verdict(rule_of(said), facts)


@settings(deadline=None)
@given(said=MONOTONE_RULES, facts=FACTS, more=FACTS)
def test_more_statements_take_nothing_back(said: Any, facts: list[Fact], more: list[Fact]) -> None:
    known = {each.id for each in facts}
    both = [*facts, *(each for each in more if each.id not in known)]

    before, after = found(said, facts), found(said, both)
    for one, other in zip(every(before), every(after), strict=True):
        assert other.have >= one.have or other.have >= one.need


@settings(deadline=None)
@given(said=RULES, facts=FACTS)
def test_the_evidence_of_what_is_met_is_enough_by_itself(said: Any, facts: list[Fact]) -> None:
    finding = found(said, facts)

    if finding.met:
        alone = found(said, [each for each in facts if each.id in finding.evidence])
        assert alone.met


def test_what_led_to_nothing_is_no_evidence_of_what_is_met() -> None:
    twice = {"count": {"activity": TWO, "atLeast": 2, "distinct": "registration"}}
    halfway = fact(2, TWO, registration=UUID(int=7))

    assert found({"any": [{"did": {"activity": ONE}}, twice]}, [fact(1), halfway]).evidence == (UUID(int=1),)
    assert found({"any": [{"did": {"activity": ONE}}, twice]}, [halfway]).evidence == (UUID(int=2),)


def test_no_more_is_shown_than_is_asked() -> None:
    said = {"count": {"atLeast": 1, "distinct": "activity"}}

    assert found(said, [fact(2, TWO), fact(1, ONE)]).evidence == (UUID(int=1),)


@settings(deadline=None)
@given(said=RULES, facts=FACTS)
def test_a_node_counts_its_parts_that_are_met(said: Any, facts: list[Fact]) -> None:
    for finding in every(found(said, facts)):
        assert finding.met == (finding.need <= finding.have)
        if finding.parts:
            assert finding.have == sum(part.met for part in finding.parts)


@pytest.mark.parametrize(
    "said", [{"did": {"tag": "nothing"}}, {"score": {"tag": "nothing", "atLeast": 0.1}}], ids=["did", "score"]
)
def test_a_tag_that_nothing_carried_is_met_by_nobody(said: Any) -> None:
    finding = found(said, [fact(1, score=1.0), fact(2, None)])

    assert not finding.met
    assert way(finding) is None


def test_without_statements_nothing_is_met_and_nothing_shown() -> None:
    finding = found(THREE_PARTS, [])

    assert (finding.need, finding.have, finding.met, finding.evidence) == (3, 0, False, ())
    assert [(part.need, part.have) for part in finding.parts] == [(12, 0), (0.8, 0), (30 * 60_000, 0)]


def test_twelve_lessons_a_test_and_half_an_hour() -> None:
    lessons = [fact(number, lesson, PASSED) for number, lesson in enumerate(LESSONS, start=1)]
    visits = [fact(20 + n, each, TERMINATED, duration=150_000) for n, each in enumerate(LESSONS)]
    test = [fact(40, FINAL, FAILED, score=0.5), fact(41, FINAL, PASSED, score=0.85)]

    finding = found(THREE_PARTS, [*lessons, *visits, *test])

    assert finding.met
    assert [part.have for part in finding.parts] == [12, 0.85, 30 * 60_000]
    assert finding.evidence == (*(each.id for each in lessons), UUID(int=41), *(each.id for each in visits))
    assert [part.place for part in finding.parts] == ["/all/0", "/all/1", "/all/2"]
    assert finding.parts[0].parts[3].activity == LESSONS[3]


@pytest.mark.parametrize(
    ("which", "have", "shows"), [("best", 0.9, 2), ("last", 0.7, 4), ("first", 0.5, 1)], ids=["best", "last", "first"]
)
def test_a_rule_says_which_score_counts(which: str, have: float, shows: int) -> None:
    scores = [(4, 0.7), (2, 0.9), (3, 0.9), (1, 0.5)]

    finding = found(
        {"score": {"activity": FINAL, "atLeast": 0.8, "which": which}},
        [fact(number, FINAL, score=score, id=UUID(int=10 - number)) for number, score in scores],
    )

    assert (finding.have, finding.evidence) == (have, (UUID(int=10 - shows),))


def test_a_score_is_asked_of_each_activity() -> None:
    said = {"score": {"activities": [ONE, TWO], "atLeast": 0.8}}

    finding = found(said, [fact(1, ONE, score=0.9), fact(2, TWO, score=0.79)])

    assert (finding.need, finding.have) == (2, 1)
    assert [(part.activity, part.have, part.met) for part in finding.parts] == [(ONE, 0.9, True), (TWO, 0.79, False)]


def test_time_is_added_up_over_what_was_terminated() -> None:
    facts = [fact(n, ONE, verb, duration=600_000) for n, verb in enumerate((TERMINATED, COMPLETED, TERMINATED))]

    finding = found({"duration": {"activity": ONE, "minutes": 15}}, facts)

    assert finding.have == 1_200_000
    assert finding.evidence == (facts[0].id, facts[2].id)


@pytest.mark.parametrize(("distinct", "have"), [("activity", 2), ("registration", 1), ("day", 3)])
def test_what_is_counted_is_different(distinct: str, have: int) -> None:
    attempt, day = UUID(int=7), 24 * 60
    facts = [
        fact(1, ONE, registration=attempt),
        fact(2, ONE, registration=attempt),
        fact(2 + day, TWO),
        fact(3 + 2 * day, ONE, registration=attempt),
    ]

    assert found({"count": {"atLeast": 9, "distinct": distinct}}, facts).have == have


def test_a_day_is_one_of_the_space() -> None:
    # 23:59 in Hải Phòng and a minute later: two days there, one in UTC.
    late = moment(datetime(2026, 3, 1, 16, 59, tzinfo=UTC))
    facts = [replace(fact(1), stored=late), replace(fact(2), stored=late + 60_000_000)]

    assert found({"count": {"atLeast": 1, "distinct": "day"}}, facts).have == 2


@pytest.mark.parametrize(
    ("by", "have"), [(["mentor"], 1), (["mentor", "owner"], 2), (["administrator"], 0)], ids=["one", "two", "none"]
)
def test_different_people_of_a_role_confirm(by: list[str], have: int) -> None:
    said = [("an", "mentor"), ("an", "mentor"), ("binh", "owner"), ("chi", "learner"), ("dung", None)]
    facts = [fact(n, ONE, CONFIRM, confirmer=who, role=role) for n, (who, role) in enumerate(said)]

    assert found({"confirmed": {"by": by, "activity": ONE}}, facts).have == have


def test_what_somebody_else_says_is_not_what_somebody_did() -> None:
    confirmation = fact(1, ONE, CONFIRM, confirmer="an", role="mentor")

    assert not found({"did": {"verbs": [CONFIRM]}}, [confirmation]).met
    assert not found({"confirmed": {"by": ["mentor"]}}, [replace(confirmation, confirmer=None)]).met


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, True),
        ({"verbs": [COMPLETED]}, True),
        ({"verbs": [FAILED]}, False),
        ({"activity": ONE}, True),
        ({"activity": TWO}, False),
        ({"provenance": ["partner-asserted"]}, True),
        ({"provenance": ["client-asserted"]}, False),
        ({"credential": [str(KEYS[0])]}, True),
        ({"credential": [str(KEYS[1])]}, False),
    ],
)
def test_a_condition_chooses_its_statements(said: Any, counts: bool) -> None:  # noqa: FBT001 - a column of the table
    assert found({"did": said}, [fact(1, ONE, credential=KEYS[0])]).met == counts


def at(text: str) -> int:
    return moment(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("stored", "timestamp", "counts"),
    [
        ("2026-02-28T16:59:59Z", "2026-03-01T00:00:00Z", False),
        ("2026-02-28T17:00:00Z", "2025-01-01T00:00:00Z", True),
        ("2026-03-31T16:59:59Z", "2027-01-01T00:00:00Z", True),
        ("2026-03-31T17:00:00Z", "2026-03-31T16:59:59Z", True),
        ("2026-03-31T17:00:00Z", "2026-03-31T17:00:00Z", False),
        ("2026-03-31T17:00:00Z", "2026-02-28T16:59:59Z", False),
        ("2026-04-02T16:59:59Z", "2026-03-01T00:00:00Z", True),
        ("2026-04-02T17:00:00Z", "2026-03-01T00:00:00Z", False),
    ],
    ids=[
        "stored before it, whatever it says",
        "stored in it, whatever it says",
        "stored in it, from the future",
        "late, and made in time",
        "late, and made late",
        "late, and made too early",
        "just within the grace",
        "after the grace",
    ],
)
def test_a_window_is_one_of_storage_with_a_grace(stored: str, timestamp: str, counts: bool) -> None:  # noqa: FBT001 - a column of the table
    said = {"did": {"window": {"from": "2026-03-01", "through": "2026-03-31", "grace": 2}}}

    one = replace(fact(1), stored=at(stored), timestamp=at(timestamp))

    assert found(said, [one]).met == counts


def test_without_a_grace_nothing_may_be_late() -> None:
    late = replace(fact(1), stored=at("2026-03-31T17:00:00Z"), timestamp=at("2026-03-05T00:00:00Z"))

    assert not found({"did": {"window": {"through": "2026-03-31"}}}, [late]).met
