"""Where somebody stands by a rule: honest at every moment."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from lrs.errors import NotFound
from lrs.outcomes import standing
from lrs.outcomes.rules.language import COMPLETED
from storage import states
from tests.lrs.outcomes.school import School, lesson

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.databases import Ground

RULE = {"did": {"activities": [lesson(1), lesson(2), lesson(3)]}}


@pytest.fixture
def school(ground: Ground, tmp_path: Path) -> School:
    return School(ground, folder=tmp_path)


def test_progress_is_told_from_nothing_to_all(school: School) -> None:
    version = school.rule(RULE)
    found = []
    for number in (None, 1, 2, 3):
        if number is not None:
            school.say(school.learner, COMPLETED, lesson(number))
        school.awards()
        with school.ground.app.read(school.space) as tx:
            found.append(standing.of(tx, school.learner, version.rule_id, "vi"))

    assert [each.done for each in found] == [0, 333, 667, 1000]
    assert [len(each.steps or ()) for each in found] == [3, 2, 1, 0]
    assert [each.award is not None for each in found] == [False, False, False, True]
    with school.ground.app.read(school.space) as tx:
        assert [each.done for each in standing.listed(tx, school.learner, "vi")] == [1000]
        assert states.counts(tx, version.id) == states.Counts(begun=1, met=1)
        assert states.progress(tx, [version.id]) == {(version.id, school.learner): 1000}


def test_while_it_is_made_anew_it_says_so(school: School) -> None:
    school.say(school.learner, COMPLETED, lesson(1))
    version = school.rule(RULE)

    with school.ground.app.read(school.space) as tx:
        found = standing.of(tx, school.learner, version.rule_id, "vi")
    assert (found.making, found.done) == (True, 0)

    school.awards()
    with school.ground.app.read(school.space) as tx:
        found = standing.of(tx, school.learner, version.rule_id, "vi")
    assert (found.making, found.done) == (False, 333)


def test_a_rule_that_is_not_there_is_not_found(school: School) -> None:
    with school.ground.app.read(school.space) as tx, pytest.raises(NotFound):
        standing.of(tx, school.learner, uuid.uuid4(), "vi")


def test_it_asks_as_much_of_the_database_for_many_lessons_as_for_one(school: School) -> None:
    one = school.rule({"did": {"activity": lesson(1)}}).rule_id
    many = school.rule({"did": {"activities": [lesson(number) for number in range(1, 13)]}}).rule_id
    for number in range(1, 12):
        school.say(school.learner, COMPLETED, lesson(number))
    school.awards()
    asked = list[str]()
    event.listen(school.ground.app.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))

    counts = []
    for rule in (one, many):
        asked.clear()
        with school.ground.app.read(school.space) as tx:
            standing.of(tx, school.learner, rule, "vi")
        counts.append(len([each for each in asked if each.lower().startswith("select")]))

    assert counts == [10, 10]
