"""Awards on a database: how fast the follower keeps up when everybody has learnt much already, and "why not yet"."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.figures import Figure, Round
from bench.school import HOME, School
from lrs.followers import BATCH
from lrs.outcomes import standing
from lrs.outcomes.follower import NAME, Awards
from storage import cursors, order

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from bench.service import Ground

FOLLOWED = "awards, following"
WHY = "awards, why not yet"


def measure(on: Ground, learners: int, asked: int, say: Callable[[Figure], None]) -> list[Figure]:
    """Follow the last fourth of a record, and ask why."""
    with tempfile.TemporaryDirectory() as folder:
        school = School(on.url, learners, Path(folder))
        on.settle()
        school.come(late=True)
        rule, job = school.rule(), school.remaking()
        while job.work(school.database, school.space):
            pass
        on.settle()
        say(followed := _followed(school))
        on.settle()
        say(why := _why(school, rule, asked))
        school.database.dispose()
        return [followed, why]


def _follow(school: School, follower: Awards) -> int:
    """Follow one batch, as `lrs/followers.py` does; count it."""
    with school.database.write(school.space) as tx:
        cursors.take_turn(tx, NAME)
        rows = order.after(tx, cursors.read_cursor(tx, NAME), BATCH)
        follower.follow(tx, [row for _, row in rows])
        if rows:
            cursors.move_cursor(tx, NAME, rows[-1][0], len(rows))
    return len(rows)


def _followed(school: School) -> Figure:
    follower, latencies, done = Awards(HOME, school.keys), list[float](), 0
    begin = time.perf_counter()
    while done < school.count - school.early:
        before = time.perf_counter()
        done += _follow(school, follower)
        latencies.append(time.perf_counter() - before)
    rate = done / (time.perf_counter() - begin)
    note = (
        f"the last {done:,} of {school.count:,} statements of {len(school.learners):,} learners; latencies of a batch"
    )
    return Figure(FOLLOWED, "statements/s", [Round.of(latencies, rate)], note=note)


def _why(school: School, rule: UUID, asked: int) -> Figure:
    latencies = []
    for learner in Random(1).sample(school.learners, min(asked, len(school.learners))):
        before = time.perf_counter()
        with school.database.read(school.space) as tx:
            standing.of(tx, learner, rule, "vi")
        latencies.append(time.perf_counter() - before)
    note = f"from the database to the words, with all evidence; {school.count:,} statements"
    return Figure(WHY, "answers/s", [Round.of(latencies, len(latencies) / sum(latencies))], note=note)
