"""Rules: facts in, a verdict with its reasons out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs.outcomes import rules
from lrs.outcomes.rules import COMPLETED, PASSED, Fact, Verdict, WrongRule

LESSON = "http://app.lms.localhost/activities/1"
OTHER = "http://app.lms.localhost/activities/2"
FAILED = "http://adlnet.gov/expapi/verbs/failed"
RULE = rules.completion_of(LESSON)

facts = st.lists(
    st.builds(
        Fact,
        stored=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2026, 1, 3), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy adds the zone
        statement=st.uuids(),
        verb=st.sampled_from([COMPLETED, PASSED, FAILED]),
        activity=st.sampled_from([LESSON, OTHER]),
    ),
    max_size=8,
)


def fact(minute: int, verb: str = COMPLETED, activity: str = LESSON) -> Fact:
    return Fact(datetime(2026, 1, 1, 8, minute, tzinfo=UTC), UUID(int=minute), verb, activity)


# Verdicts


def test_without_facts_nothing_is_met() -> None:
    assert rules.evaluate(RULE, []) == Verdict(need=1, have=0, evidence=None)
    assert not rules.evaluate(RULE, []).met


@pytest.mark.parametrize("verb", [COMPLETED, PASSED])
def test_a_lesson_is_completed_by_either_verb(verb: str) -> None:
    found = fact(1, verb)

    assert rules.evaluate(RULE, [found]) == Verdict(need=1, have=1, evidence=found)
    assert rules.evaluate(RULE, [found]).met


@pytest.mark.parametrize("other", [fact(1, FAILED), fact(1, COMPLETED, OTHER), fact(1, COMPLETED.upper())])
def test_another_verb_or_another_lesson_does_not_count(other: Fact) -> None:
    assert not rules.evaluate(RULE, [other]).met


def test_the_earliest_fact_that_fits_is_the_evidence() -> None:
    said = [fact(4), fact(1, FAILED), fact(3, PASSED), fact(2, COMPLETED, OTHER)]

    assert rules.evaluate(RULE, said).evidence == fact(3, PASSED)


@settings(deadline=None)
@given(said=facts, data=st.data())
def test_the_order_of_facts_does_not_matter(said: list[Fact], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(said))

    assert rules.evaluate(RULE, shuffled) == rules.evaluate(RULE, said)


@settings(deadline=None)
@given(said=facts, data=st.data())
def test_a_fact_that_comes_again_changes_nothing(said: list[Fact], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(said))) if said else []

    assert rules.evaluate(RULE, said + again) == rules.evaluate(RULE, said)


@settings(deadline=None)
@given(said=facts, more=facts)
def test_what_is_met_stays_met(said: list[Fact], more: list[Fact]) -> None:
    assert rules.evaluate(RULE, said + more).have >= rules.evaluate(RULE, said).have


@settings(deadline=None)
@given(said=facts)
def test_the_evidence_alone_is_enough(said: list[Fact]) -> None:
    verdict = rules.evaluate(RULE, said)
    if verdict.evidence is None:
        assert not verdict.met
    else:
        assert rules.evaluate(RULE, [verdict.evidence]) == verdict


# Rules


def test_the_rule_that_every_lesson_begins_with_is_one() -> None:
    rules.check(RULE)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({}, r"\$"),
        ([], r"\$"),
        (None, r"\$"),
        ({"did": {}}, r"\$\.did"),
        ({"did": {"verbs": [], "activity": LESSON}}, r"\$\.did\.verbs"),
        ({"did": {"verbs": [COMPLETED, COMPLETED], "activity": LESSON}}, r"\$\.did\.verbs"),
        ({"did": {"verbs": [1], "activity": LESSON}}, r"\$\.did\.verbs\[0\]"),
        ({"did": {"verbs": [COMPLETED], "activity": 1}}, r"\$\.did\.activity"),
        ({"did": {"verbs": [COMPLETED], "activity": LESSON, "score": 1}}, r"\$\.did"),
        ({**RULE, "or": RULE}, r"\$"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(wrong: Any, place: str) -> None:
    with pytest.raises(WrongRule, match=rf"^{place}: "):
        rules.check(wrong)
