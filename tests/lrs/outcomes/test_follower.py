"""Statements become awards: at once, once, and never silently less."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from lrs import record
from lrs.outcomes.rules.language import COMPLETED, PASSED, completion_of
from tests.lrs.outcomes.school import HOME, School, lesson

if TYPE_CHECKING:
    from tests.parts.databases import Ground

LESSON = lesson(1)


@pytest.fixture
def school(ground: Ground) -> School:
    return School(ground)


@pytest.mark.parametrize("verb", [COMPLETED, PASSED])
def test_who_meets_a_rule_has_an_award_with_its_evidence(school: School, verb: str) -> None:
    rule = school.rule(completion_of(LESSON))
    shown = school.say(school.learner, verb, LESSON)

    (award,) = school.awards()

    assert (award.version_id, award.account_id, award.decided) == (rule.id, school.learner, shown.id)
    assert (award.evidence, award.reached) == ((shown.id,), shown.stored)


def test_who_has_met_a_rule_keeps_the_first_evidence(school: School) -> None:
    school.rule(completion_of(LESSON))
    first = school.say(school.learner, COMPLETED, LESSON)
    before = school.awards()
    school.say(school.learner, PASSED, LESSON)

    assert school.awards() == before
    assert before[0].evidence == (first.id,)


def test_what_meets_no_rule_is_passed_over(school: School) -> None:
    school.rule(completion_of(LESSON))
    school.say(school.learner, "http://adlnet.gov/expapi/verbs/failed", LESSON)
    school.say(school.learner, COMPLETED, lesson(2))
    school.say(record.actor_of(school.learner, "https://another.example.org"), COMPLETED, LESSON)
    school.say(record.actor_of(uuid.uuid4(), HOME), COMPLETED, LESSON)
    school.say({"mbox": "mailto:somebody@example.org"}, COMPLETED, LESSON)

    assert school.awards() == []
    assert school.followers.catch_up() == 0  # nothing of it is left over


def test_an_award_stays_in_its_space(ground: Ground) -> None:
    school, other = School(ground), School(ground, "danang")
    for each in (school, other):
        each.rule(completion_of(LESSON))
    school.say(school.learner, COMPLETED, LESSON)

    assert other.awards() == []
    assert [award.account_id for award in school.awards()] == [school.learner]


THREE: dict[str, Any] = {
    "all": [
        {"did": {"activities": [lesson(1), lesson(2)]}},
        {"score": {"activity": lesson(3), "atLeast": 0.8}},
        {"duration": {"activities": [lesson(1), lesson(2)], "minutes": 30}},
    ]
}


def test_a_rule_of_three_parts_is_met_by_the_statement_that_completes_it(school: School) -> None:
    version = school.rule(THREE)
    said = [
        school.say(school.learner, COMPLETED, lesson(1)),
        school.say(school.learner, COMPLETED, lesson(2)),
        school.say(school.learner, PASSED, lesson(3), score=0.85),
        school.say(school.learner, school.verb("terminated"), lesson(1), duration="PT20M"),
    ]
    assert school.awards() == []
    assert school.state(version.id, school.learner).done == 889

    last = school.say(school.learner, school.verb("terminated"), lesson(2), duration="PT10M")

    (award,) = school.awards()
    assert award.decided == last.id
    assert {*award.evidence} == {each.id for each in [*said, last]}


# Voiding


def test_a_voiding_of_evidence_opens_a_review_and_takes_nothing(school: School) -> None:
    school.rule(completion_of(LESSON))
    shown = school.say(school.learner, COMPLETED, LESSON)
    (award,) = school.awards()

    school.void(shown.id)

    assert school.awards() == [award]
    ((version, learner, cause, about),) = school.reviews()
    assert (version, learner, cause, about) == (award.version_id, school.learner, "voided", shown.id)


def test_an_award_that_rests_on_something_else_needs_no_review(school: School) -> None:
    school.rule(completion_of(LESSON))
    shown, other = (school.say(school.learner, COMPLETED, LESSON) for _ in range(2))
    school.awards()

    school.void(shown.id)

    (award,) = school.awards()
    assert (award.decided, award.evidence) == (shown.id, (other.id,))
    assert school.reviews() == []


@pytest.mark.parametrize("apart", [True, False])
def test_what_arrives_after_its_voiding_never_counts(school: School, *, apart: bool) -> None:
    school.rule(completion_of(LESSON))
    late = uuid.uuid4()
    school.void(late)
    if apart:
        school.awards()
    school.say(school.learner, COMPLETED, LESSON, id=late)

    assert (school.awards(), school.reviews()) == ([], [])


def test_a_voiding_of_what_an_earlier_version_rests_on_opens_a_review(school: School) -> None:
    first = school.rule(completion_of(LESSON))
    shown = school.say(school.learner, COMPLETED, LESSON)
    school.awards()
    school.rule({"did": {"activities": [LESSON, lesson(2)]}}, first.rule_id)
    school.awards()
    assert [cause for _, _, cause, _ in school.reviews()] == ["changed"]

    school.void(shown.id)
    school.awards()

    assert sorted(cause for _, _, cause, _ in school.reviews()) == ["changed", "voided"]


def test_a_state_that_is_worn_is_made_anew_from_the_record(school: School) -> None:
    school.rule({"score": {"activity": LESSON, "atLeast": 0.5}})
    said = [school.say(school.learner, PASSED, LESSON, score=0.5 + n / 20) for n in range(7)]
    school.awards()

    for each in (*reversed(said[2:]), said[0]):
        school.void(each.id)

    (award,) = school.awards()
    assert award.evidence == (said[1].id,)
    assert school.reviews() == []


# Versions


def test_a_changed_rule_gives_awards_of_its_own_and_those_of_before_stay(school: School) -> None:
    first = school.rule({"did": {"activities": [LESSON, lesson(2)]}})
    other = school.account()
    for learner, numbers in ((school.learner, (1, 2)), (other, (1, 3))):
        for number in numbers:
            school.say(learner, COMPLETED, lesson(number))
    assert [each.account_id for each in school.awards()] == [school.learner]

    second = school.rule({"did": {"activities": [LESSON, lesson(3)]}}, first.rule_id)

    found = {(each.version_id, each.account_id) for each in school.awards()}
    assert found == {(first.id, school.learner), (second.id, other)}
    assert school.reviews() == [(first.id, school.learner, "changed", second.id)]

    school.say(school.learner, COMPLETED, lesson(3))
    assert (second.id, school.learner) in {(each.version_id, each.account_id) for each in school.awards()}
    assert school.reviews() == []  # who meets the new version has nothing to fear


def test_a_rule_that_comes_late_counts_what_was_done_before(school: School) -> None:
    shown = school.say(school.learner, COMPLETED, LESSON)
    school.awards()

    school.rule(completion_of(LESSON))

    assert [award.decided for award in school.awards()] == [shown.id]
