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

from lrs.followers import Followers
from lrs.outcomes.follower import NAME, Awards
from lrs.outcomes.remaking import Remaking
from lrs.outcomes.rules.language import COMPLETED, PASSED, completion_of
from storage import cursors, driver, order
from storage.actors import strangers
from storage.awards import awards
from storage.confirmers import confirmers
from storage.remakings import remakings
from storage.reviews import reviews
from storage.states import states
from tests.lrs.outcomes.school import HOME, School, lesson

if TYPE_CHECKING:
    from collections.abc import Callable

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
    """A record with everything in it that a follower writes: awards, a review, somebody unknown, a confirmation, a remaking."""

    def __init__(self, ground: Ground) -> None:
        self.school = school = School(ground)
        self.ground = ground
        mentor, other = school.account("mentor"), school.account()
        self.rules = [
            school.rule(completion_of(lesson(1))),
            school.rule({"all": [{"did": {"activities": [lesson(1), lesson(2)]}}, {"confirmed": {"by": ["mentor"]}}]}),
            school.rule({"score": {"activity": lesson(3), "atLeast": 0.5, "which": "last"}}),
        ]
        school.awards()
        shown = school.say(school.learner, COMPLETED, lesson(1))
        school.say(other, COMPLETED, lesson(1))
        school.say(school.learner, COMPLETED, lesson(2))
        school.confirm(mentor, school.learner, lesson(1))
        school.say(school.learner, PASSED, lesson(3), score=0.7)
        school.say({"mbox": "mailto:nobody@example.org"}, COMPLETED, lesson(1))
        school.void(shown.id)

    def rewind(self) -> None:
        """Forget all that followed, and ask for a version to be made anew."""
        with self.ground.owner.write(self.school.space) as tx:
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
        followers = kind(self.ground.app, [Awards(HOME, self.school.keys)], jobs=[Remaking(HOME, self.school.keys)])
        followers.catch_up()

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
            return *told, cursors.read_cursor(tx, NAME)


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
    assert len(whole[0]) == 4
    assert len(whole[1]) == 2
    assert whole[-2] == []
    for step in range(1, MOST, stride):
        story.rewind()
        if not killed_before(step, story.ground.app, lambda: story.follow(kind)):
            assert step > 30
            return None
        story.follow(kind)
        if story.found() != whole:
            return step
    raise AssertionError("there is no end of it")


@pytest.mark.parametrize("stride", [pytest.param(5, id="some"), pytest.param(1, id="every", marks=pytest.mark.long)])
def test_a_follower_that_is_killed_at_any_step_loses_and_repeats_nothing(ground: Ground, stride: int) -> None:
    assert loses(Story(ground), Followers, stride) is None


def test_control_a_follower_that_moves_its_cursor_first_loses_awards(ground: Ground) -> None:
    assert loses(Story(ground), Hasty, 2) is not None
