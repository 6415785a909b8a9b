"""Whoever follows is killed at each of its steps: no award is lost, none is given twice, and nothing of a batch is half there.

A child follows and is killed before its n-th statement to the database, for every n there is; then somebody else goes on.
"""

from __future__ import annotations

import os
import signal
import sys
import uuid
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, event

from lrs.followers import Followers, Together
from lrs.outcomes import versions
from lrs.outcomes.follower import NAME, Awards
from lrs.outcomes.remaking import Remaking
from lrs.outcomes.rules.language import COMPLETED, PASSED, completion_of
from packages.courses import counting, keeping
from packages.courses.course import Course, Part, Section, write
from packages.courses.follower import Courses
from storage import courses, cursors, driver, enrolments, order
from storage import versions as published
from storage.actors import strangers
from storage.awards import awards
from storage.confirmers import confirmers
from storage.enrolments import CHOSEN, Enrolling, Figures
from storage.remakings import remakings
from storage.reviews import reviews
from storage.states import states
from tests.lrs.outcomes.school import HOME, School, lesson
from tests.storage.samples import now, version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.database import Database
    from tests.parts.databases import Ground

MOST = 400
"""Steps: more than there are, so that a test that never ends is noticed."""


class Hasty(Followers):
    """Says how far it has come before it has done anything: whoever is killed in between has lost it."""

    def _follow(self, turn: Any) -> int:
        follower, space = turn
        with self._database.write(space) as tx:
            rows = order.after(tx, cursors.read_cursor(tx, follower.name), 1000)
            if rows:
                cursors.move_cursor(tx, follower.name, rows[-1][0])
        if rows:
            with self._database.write(space) as tx:
                follower.follow(tx, [row for _, row in rows])
        return len(rows)


class Story:
    """A record with everything in it that followers write: awards, a review, somebody unknown, a confirmation, a remaking, a course."""

    def __init__(self, ground: Ground, folder: Path | None = None) -> None:
        self.school = school = School(ground, folder=folder)
        self.ground = ground
        mentor, other = school.account("mentor"), school.account()
        self.people = [school.learner, other, mentor]
        self.rules = [
            school.rule(completion_of(lesson(1))),
            school.rule({"all": [{"did": {"activities": [lesson(1), lesson(2)]}}, {"confirmed": {"by": ["mentor"]}}]}),
            school.rule({"score": {"activity": lesson(3), "atLeast": 0.5, "which": "last"}}),
        ]
        self.course = self._course()
        school.awards()
        shown = school.say(school.learner, COMPLETED, lesson(1))
        school.say(other, COMPLETED, lesson(1))
        school.say(school.learner, COMPLETED, lesson(2))
        school.confirm(mentor, school.learner, lesson(1))
        school.say(school.learner, PASSED, lesson(3), score=0.7)
        school.say({"mbox": "mailto:nobody@example.org"}, COMPLETED, lesson(1))
        school.void(shown.id)

    def _course(self) -> uuid.UUID:
        """Put everybody into a course of two lessons, each with the rule by which it is completed."""
        packages = [uuid.uuid4() for _ in range(2)]
        with self.ground.app.write(self.school.space) as tx:
            for number, package in enumerate(packages, 1):
                published.add_package(tx, package, now())
                published.publish(tx, version(package, activity=lesson(number)))
                versions.add(tx, completion_of(lesson(number)), versions.Naming("", lesson(number)))
            made = keeping.make(tx, None, {"vi": "Kỹ năng số"})
            sections = (Section(parts=tuple(Part((one,)) for one in packages)),)
            courses.write_draft(tx, made, write(Course({"vi": "Kỹ năng số"}, sections=sections)), 0)
            keeping.publish(tx, made, None)
            enrolments.enrol(tx, Enrolling(made, CHOSEN, now()), self.people)
        return made

    def rewind(self) -> None:
        """Forget all that followed, and ask for a version to be made anew."""
        with self.ground.owner.write(self.school.space) as tx:
            enrolments.set_figures(tx, self.course, dict.fromkeys(self.people, Figures()))
            for table in (reviews, awards, states, strangers, confirmers, remakings, cursors.cursors):
                tx.run(delete(table))
            tx.run(
                remakings.insert(),
                {
                    "space_id": tx.space,
                    "id": uuid.uuid4(),
                    "version_id": self.rules[0].id,
                    "asked": self.rules[0].created,
                },
            )

    def follow(self, kind: type[Followers]) -> None:
        """Follow to the end, in this process."""
        those = Courses(HOME, self.school.keys)
        awarding = Together(Awards(HOME, self.school.keys), those)
        kind(self.ground.app, [awarding], jobs=[Remaking(HOME, self.school.keys, those.settle)]).catch_up()

    def is_summed_up(self) -> bool:
        """Tell whether the figures of the course are those that come of summing all up anew."""
        with self.ground.app.write(self.school.space) as tx:
            return counting.settle(tx, self.course) == 0

    def found(self) -> tuple[Any, ...]:
        """Read all that followed, but for what is random."""
        with self.ground.app.read(self.school.space) as tx:
            told = [
                sorted(map(str, tx.run(table.select().with_only_columns(*columns)).all()))
                for table, columns in (
                    (awards, (awards.c.version_id, awards.c.account_id, awards.c.decided, awards.c.evidence)),
                    (reviews, (reviews.c.version_id, reviews.c.account_id, reviews.c.about)),
                    (states, (states.c.version_id, states.c.account_id, states.c.body)),
                    (strangers, (strangers.c.blind, strangers.c.count)),
                    (confirmers, (confirmers.c.statement_id, confirmers.c.role)),
                    (remakings, (remakings.c.id,)),
                )
            ]
            reached = enrolments.figures_of(tx, self.course, self.people)
            return *told, [reached[each] for each in self.people], cursors.read_cursor(tx, NAME)


def killed_before(step: int, database: Database, act: Callable[[], None]) -> bool:
    """Let a child act, and kill it before its n-th step; tell whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            _die_before(step, database)
            act()
        finally:
            sys.stdout.flush()
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die_before(step: int, database: Database) -> None:
    steps = count(1)

    def look(*_: Any, **__: Any) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", look)
    event.listen(database.engine, "commit", look)
    for name in ("ask", "tell", "call"):
        _watched(name, look)


def _watched(name: str, look: Callable[[], None]) -> None:
    """Count also what goes past SQLAlchemy."""
    plain = getattr(driver, name)

    def counted(*arguments: Any) -> Any:
        look()
        return plain(*arguments)

    for module in [*sys.modules.values()]:
        if getattr(module, "__name__", "").startswith("storage") and getattr(module, name, None) is plain:
            setattr(module, name, counted)


def loses(story: Story, kind: type[Followers], stride: int) -> int | None:
    """Kill at the steps there are; name the first after which something was lost, or is there twice."""
    story.rewind()
    story.follow(Followers)
    whole = story.found()
    assert len(whole[0]) == 8
    assert len(whole[1]) == 4
    assert whole[-3] == []
    assert [each.done for each in whole[-2]] == [2, 1, 0]
    for step in range(1, MOST, stride):
        story.rewind()
        if not killed_before(step, story.ground.app, lambda: story.follow(kind)):
            assert step > 30
            return None
        story.follow(kind)
        if story.found() != whole or not story.is_summed_up():
            return step
    raise AssertionError("there is no end of it")


@pytest.mark.parametrize("stride", [pytest.param(7, id="some"), pytest.param(1, id="every", marks=pytest.mark.long)])
def test_a_follower_that_is_killed_at_any_step_loses_and_repeats_nothing(ground: Ground, stride: int) -> None:
    assert loses(Story(ground), Followers, stride) is None


def test_control_a_follower_that_moves_its_cursor_first_loses_awards(ground: Ground) -> None:
    assert loses(Story(ground), Hasty, 2) is not None
