"""A person decides what becomes of an award that has lost its ground; nothing is taken before, and nothing twice."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from lrs.errors import NotFound
from lrs.outcomes import reviews
from lrs.outcomes.reviews import KEPT, MET, TAKEN
from lrs.outcomes.rules.language import COMPLETED, completion_of
from tests.lrs.outcomes.school import School, lesson

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground


class Court(School):
    """A school in which an award has lost its ground."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        super().__init__(ground, folder=folder)
        self.admin = self.account("administrator")
        self.rule(completion_of(lesson(1)))
        shown = self.say(self.learner, COMPLETED, lesson(1))
        self.awards()
        self.void(shown.id)
        self.awards()
        with ground.app.read(self.space) as tx:
            (self.review,) = reviews.open(tx)

    def decide(self, decision: str) -> str:
        with self.ground.app.write(self.space) as tx:
            return reviews.decide(tx, self.review.row.id, decision, self.admin)


@pytest.fixture
def court(ground: Ground, tmp_path: Path) -> Court:
    return Court(ground, tmp_path)


def test_an_award_that_is_kept_stays_as_it_was(court: Court) -> None:
    before = court.given()

    assert court.decide(KEPT) == KEPT

    assert court.awards() == before
    assert court.reviews() == []


def test_an_award_that_is_taken_stays_in_its_row_and_can_be_earned_again(court: Court) -> None:
    assert court.decide(TAKEN) == TAKEN
    assert [award.taken is None for award in court.awards()] == [False]

    again = court.say(court.learner, COMPLETED, lesson(1))

    (award,) = court.awards()
    assert (award.taken, award.decided) == (None, again.id)


def test_who_meets_the_rule_again_before_anybody_decides_keeps_the_award(court: Court) -> None:
    again = court.say(court.learner, COMPLETED, lesson(1))

    (award,) = court.awards()
    assert award.evidence == (again.id,)
    assert court.reviews() == []
    assert court.decide(TAKEN) == MET
    assert court.awards() == [award]


def test_the_first_decision_holds(court: Court) -> None:
    assert court.decide(KEPT) == KEPT
    assert court.decide(TAKEN) == KEPT

    assert court.given()[0].taken is None


def test_a_review_that_is_not_there_is_not_found(court: Court) -> None:
    with court.ground.app.write(court.space) as tx, pytest.raises(NotFound):
        reviews.decide(tx, uuid.uuid4(), KEPT, court.admin)
