"""What of a statement a rule can ask, and what it cannot use of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.outcomes.rules import facts
from lrs.outcomes.rules.facts import Fact, Kept, Told
from lrs.outcomes.rules.language import COMPLETED, CONFIRM
from lrs.xapi.references import VOIDED

STORED = datetime(2026, 3, 1, 8, tzinfo=UTC)
KEPT = Kept(UUID(int=1), STORED, "partner-asserted", UUID(int=2), "mentor")
LESSON = "https://example.org/lesson"
LEARNER = {"mbox": "mailto:learner@example.org"}
MENTOR = {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "mentor"}}
MENTOR_KEY = "account:https://example.org|mentor"


def said(**more: Any) -> dict[str, Any]:
    return {"actor": LEARNER, "verb": {"id": COMPLETED}, "object": {"id": LESSON}} | more


def own(**more: Any) -> Fact:
    (fact,) = facts.of(said(**more), KEPT).facts
    return fact


def test_a_statement_tells_what_rules_can_ask() -> None:
    told = own(
        timestamp="2026-02-28T15:00:00+07:00",
        context={"registration": str(UUID(int=3))},
        result={"score": {"scaled": 0.9}, "duration": "PT1M30.5S"},
    )

    assert told == Fact(
        learner="mailto:learner@example.org",
        id=UUID(int=1),
        stored=1_772_352_000_000_000,
        timestamp=1_772_352_000_000_000 - 24 * 3600 * 1_000_000,
        verb=COMPLETED,
        activity=LESSON,
        registration=UUID(int=3),
        score=0.9,
        duration=90_500,
        provenance="partner-asserted",
        credential=UUID(int=2),
    )


@pytest.mark.parametrize(
    "thing",
    [
        {"objectType": "SubStatement", "actor": LEARNER, "verb": {"id": COMPLETED}, "object": {"id": LESSON}},
        {"objectType": "StatementRef", "id": str(UUID(int=9))},
        {"objectType": "Agent"} | LEARNER,
    ],
    ids=["a SubStatement has not happened", "a statement", "a person"],
)
def test_what_is_no_activity_is_none(thing: dict[str, Any]) -> None:
    assert own(object=thing).activity is None


def test_a_group_is_nobody() -> None:
    assert facts.of(said(actor={"objectType": "Group", "member": [LEARNER]}), KEPT) == Told()
    assert facts.of(said(actor={"objectType": "Group", "mbox": "mailto:class@example.org"}), KEPT) == Told()


def test_a_voiding_says_what_is_void_and_nothing_else() -> None:
    target = {"objectType": "StatementRef", "id": str(UUID(int=9))}

    assert facts.of(said(verb={"id": VOIDED}, object=target), KEPT) == Told(voids=UUID(int=9))


def confirmation(**more: Any) -> Told:
    return facts.of(said(actor=MENTOR, verb={"id": CONFIRM}, object={"objectType": "Agent"} | LEARNER) | more, KEPT)


def parent(*activities: str) -> dict[str, Any]:
    return {"contextActivities": {"parent": [{"id": each} for each in activities]}}


@pytest.mark.parametrize(
    ("context", "activities"),
    [
        ({}, [None]),
        (parent(LESSON), [LESSON]),
        ({"contextActivities": {"parent": {"id": LESSON}}}, [LESSON]),
        (parent(LESSON, "https://example.org/other"), [LESSON, "https://example.org/other"]),
    ],
)
def test_somebody_confirms_what_another_did(context: dict[str, Any], activities: list[str | None]) -> None:
    by_mentor, *told = confirmation(context=context).facts

    assert (by_mentor.learner, by_mentor.confirmer, by_mentor.role) == (MENTOR_KEY, None, None)
    assert [each.activity for each in told] == activities
    assert {(each.learner, each.confirmer, each.role, each.id) for each in told} == {
        ("mailto:learner@example.org", MENTOR_KEY, "mentor", UUID(int=1))
    }


@pytest.mark.parametrize(
    "change",
    [
        {"object": MENTOR},
        {"verb": {"id": COMPLETED}},
        {"object": {"id": LESSON}},
        {"object": {"objectType": "Group", "mbox": "mailto:class@example.org"}},
    ],
    ids=["oneself", "another verb", "an activity", "a group"],
)
def test_what_confirms_nobody_tells_of_nobody_else(change: dict[str, Any]) -> None:
    (by_mentor,) = confirmation(**change).facts

    assert by_mentor.learner == MENTOR_KEY


@pytest.mark.parametrize(
    ("score", "means"),
    [
        ({}, None),
        ({"scaled": 0.8}, 0.8),
        ({"scaled": -1}, -1.0),
        ({"scaled": 0.8, "raw": 1, "min": 0, "max": 10}, 0.8),
        ({"scaled": 1.01}, None),
        ({"scaled": 85, "raw": 85, "max": 100}, None),
        ({"scaled": 0.5, "raw": 11, "max": 10}, None),
        ({"raw": 7, "max": 10}, 0.7),
        ({"raw": 0.1 + 0.2, "max": 1}, 0.1 + 0.2),
        ({"raw": 2, "min": 1, "max": 3}, 0.5),
        ({"raw": 1, "min": -1, "max": 1}, 1.0),
        ({"raw": 7}, None),
        ({"raw": -1, "max": 10}, None),
        ({"raw": 0, "min": 1, "max": 3}, None),
        ({"raw": 4, "min": 1, "max": 3}, None),
        ({"raw": 1, "min": 1, "max": 1}, None),
        ({"raw": 0, "max": 0}, None),
        ({"max": 10}, None),
        ({"scaled": True}, None),
        ({"scaled": "0.8"}, None),
        ({"scaled": float("nan")}, None),
        ({"raw": 1, "max": float("inf")}, None),
        ({"raw": 10**400, "max": 10**401}, 0.1),
    ],
)
def test_a_score_is_read_or_is_none(score: dict[str, Any], means: float | None) -> None:
    assert facts.score(score) == means


@given(some.integers(1, 1000).flatmap(lambda high: some.tuples(some.integers(0, high), some.just(high))))
def test_so_many_of_so_many_is_exactly_what_a_rule_would_write(figures: tuple[int, int]) -> None:
    raw, high = figures

    assert facts.score({"raw": raw, "max": high}) == raw / high


@pytest.mark.parametrize(
    ("text", "means"),
    [
        (None, None),
        ("PT0S", 0),
        ("PT1.001S", 1001),
        ("PT1,5M", 90_000),
        ("PT0.0009S", 0),
        ("P1DT2H3M4S", 93_784_000),
        ("P2W", 1_209_600_000),
        ("P0Y0M0DT0H1M0S", 60_000),
        ("P1Y", None),
        ("P1M", None),
        ("P", None),
        ("PT", None),
        ("1:30", None),
        ("", None),
        ("-PT1S", None),
        ("PT9999999999S", None),
    ],
)
def test_a_duration_is_read_or_is_none(text: str | None, means: int | None) -> None:
    assert facts.duration(text) == means


@pytest.mark.parametrize("timestamp", [None, "yesterday", "2026-13-01T00:00:00Z"])
def test_what_says_no_time_happened_when_it_was_stored(timestamp: str | None) -> None:
    told = own() if timestamp is None else own(timestamp=timestamp)

    assert told.timestamp == told.stored


@pytest.mark.parametrize("timestamp", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2016-12-31T23:59:60Z"])
def test_any_time_can_be_told(timestamp: str) -> None:
    assert own(timestamp=timestamp).timestamp != own().stored
