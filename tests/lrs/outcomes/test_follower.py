"""Statements become outcomes."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest

from lrs import record
from lrs.followers import Followers
from lrs.outcomes.follower import Outcomes
from lrs.outcomes.rules.language import COMPLETED, PASSED, completion_of
from storage import outcomes
from storage.outcomes import OutcomeRow, RuleRow
from tests.storage.samples import keep, now, statement

if TYPE_CHECKING:
    from storage.people import AccountRow
    from storage.statements import StatementRow
    from tests.parts.databases import Ground

HOME = "http://app.lms.localhost"
LESSON = f"{HOME}/activities/1"


class Course:
    """A space with a lesson, its rule, and a learner."""

    def __init__(self, ground: Ground, slug: str = "haiphong") -> None:
        self.ground = ground
        self.space = ground.space(slug)
        self.learner = ground.account(self.space)
        self.rule = RuleRow(uuid.uuid4(), LESSON, json.dumps(completion_of(LESSON)))
        self.followers = Followers(ground.app, [Outcomes(HOME)])
        with ground.app.write(self.space) as tx:
            outcomes.add_rule(tx, self.rule, now())

    def say(self, verb: str = COMPLETED, activity: str | None = LESSON, actor: str | None = None) -> StatementRow:
        who = actor or record.actor_key(record.actor_of(self.learner.id, HOME))
        row = statement(actor=who, verb=verb, activity=activity)
        with self.ground.app.write(self.space) as tx:
            keep(tx, [row])
        return row

    def outcomes(self, account: AccountRow | None = None) -> dict[str, OutcomeRow]:
        self.followers.catch_up()
        with self.ground.app.read(self.space) as tx:
            return outcomes.outcomes_of(tx, (account or self.learner).id)


@pytest.fixture
def course(ground: Ground) -> Course:
    return Course(ground)


@pytest.mark.parametrize("verb", [COMPLETED, PASSED])
def test_who_meets_a_rule_has_an_outcome_with_its_evidence(course: Course, verb: str) -> None:
    shown = course.say(verb)

    found = course.outcomes()

    assert found == {LESSON: OutcomeRow(course.rule.id, course.learner.id, shown.id, shown.stored)}


def test_who_has_met_a_rule_keeps_the_first_evidence(course: Course) -> None:
    first = course.say()
    before = course.outcomes()
    course.say(PASSED)

    assert course.outcomes() == before
    assert before[LESSON].evidence == first.id


def test_what_meets_no_rule_is_passed_over(course: Course) -> None:
    elsewhere = record.actor_key(record.actor_of(course.learner.id, "https://another.example.org"))
    course.say(verb="http://adlnet.gov/expapi/verbs/failed")
    course.say(activity=f"{HOME}/activities/2")
    course.say(activity=None)
    course.say(actor=elsewhere)
    course.say(actor=record.actor_key(record.actor_of(uuid.uuid4(), HOME)))
    course.say(actor="mbox mailto:somebody@example.org")

    assert course.outcomes() == {}
    assert course.followers.catch_up() == 0  # nothing of it is left over


def test_an_outcome_stays_in_its_space(course: Course) -> None:
    other = Course(course.ground, "danang")
    course.say()

    assert other.outcomes() == {}
    assert course.outcomes().keys() == {LESSON}
