"""Awards on a database: how fast the follower keeps up, a replay of the whole record and its memory, and "why not yet"."""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from bench.figures import Figure, Round
from lrs import sealing
from lrs.followers import BATCH
from lrs.outcomes import standing, versions
from lrs.outcomes.follower import NAME, Awards
from lrs.outcomes.remaking import Remaking
from lrs.outcomes.rules.language import ADL, COMPLETED, PASSED, TERMINATED
from lrs.outcomes.versions import Naming
from lrs.record import CLIENT_ASSERTED, actor_key, actor_of
from storage import cursors, migrate, order, people, spaces, statements, tags
from storage.database import Database
from storage.people import AccountRow
from storage.statements import MOMENT, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.database import Tx

FOLLOWED = "awards, following"
REPLAYED = "awards, a replay of the record"
WHY = "awards, why not yet"

FEW, MANY = 600, 30_000
"""Learners; each says 34 things."""

_HOME = "http://app.lms.localhost"
_TAG = "kỹ năng số"
_LESSONS = tuple(f"https://example.org/lesson/{number}" for number in range(1, 13))
_FINAL = "https://example.org/final"
_RULE: dict[str, Any] = {
    "all": [
        {"did": {"tag": _TAG}},
        {"score": {"activity": _FINAL, "atLeast": 0.8}},
        {"duration": {"tag": _TAG, "minutes": 60}},
    ]
}
_AT_ONCE = 2000
_PAGE = os.sysconf("SC_PAGE_SIZE")


class School:
    """A space whose record is full."""

    def __init__(self, url: str, owner: str, learners: int, folder: Path) -> None:
        migrate.upgrade(Database(owner, role=None))
        self.database = Database(url)
        path = folder / "identity.keys"
        sealing.make(path)
        self.keys = sealing.KeyRing(path)
        now = datetime.now(UTC)
        chance = Random(learners)
        self.learners = [UUID(int=chance.getrandbits(128), version=4) for _ in range(learners)]
        with self.database.write() as tx:
            self.space = spaces.add(tx, f"awards-{learners}-{chance.getrandbits(30)}", "Awards", "vi", now)
        with self.database.write(self.space) as tx:
            for each in self.learners:
                people.add_account(tx, AccountRow(each, "learner", now))
            for lesson in _LESSONS:
                tags.put(tx, _TAG, lesson)
        self.count = self._fill(chance)

    def _fill(self, chance: Random) -> int:
        """Write everything down, in the order in which a city learns: everybody's first lesson, then everybody's second."""
        waiting, count = list[Entry](), 0
        for entry in _said(self.learners, chance):
            waiting.append(entry)
            if len(waiting) == _AT_ONCE:
                count += self._write(waiting)
                waiting = []
        return count + self._write(waiting)

    def _write(self, entries: list[Entry]) -> int:
        with self.database.write(self.space) as tx:
            return statements.append(tx, entries)

    def rule(self) -> UUID:
        """Let the rule of three parts hold from now on, and nothing be made anew."""
        with self.database.write(self.space) as tx:
            return versions.add(tx, _RULE, Naming("Hoàn thành"), unheard=True).rule_id

    def follow(self) -> int:
        """Follow one batch, as `lrs/followers.py` does; count it."""
        follower = Awards(_HOME, self.keys)
        with self.database.write(self.space) as tx:
            cursors.take_turn(tx, NAME)
            rows = order.after(tx, cursors.read_cursor(tx, NAME), BATCH)
            follower.follow(tx, [row for _, row in rows])
            if rows:
                cursors.move_cursor(tx, NAME, rows[-1][0])
        return len(rows)

    def ask(self, tx: Tx, rule: UUID) -> None:
        """Ask for a second version, which is made of what the record knows."""
        versions.add(tx, {"all": [*_RULE["all"], {"did": {"activity": _FINAL}}]}, rule)


def measure(url: str, owner: str, learners: int, asked: int, say: Callable[[Figure], None]) -> list[Figure]:
    """Follow a whole record, replay it for another version, and ask why."""
    with tempfile.TemporaryDirectory() as folder:
        school = School(url, owner, learners, Path(folder))
        rule = school.rule()
        figures = [_followed(school), _replayed(school, rule), _why(school, rule, asked)]
        for figure in figures:
            say(figure)
        school.database.dispose()
        return figures


def _followed(school: School) -> Figure:
    latencies, done = list[float](), 0
    begin = time.perf_counter()
    while done < school.count:
        before = time.perf_counter()
        done += school.follow()
        latencies.append(time.perf_counter() - before)
    rate = done / (time.perf_counter() - begin)
    note = f"{done:,} statements of {len(school.learners):,} learners; latencies of a batch"
    return Figure(FOLLOWED, "statements/s", [Round.of(latencies, rate)], note=note)


def _replayed(school: School, rule: UUID) -> Figure:
    with school.database.write(school.space) as tx:
        school.ask(tx, rule)
    job, latencies, learners = Remaking(_HOME, school.keys), list[float](), 0
    least = most = _memory()
    begin = time.perf_counter()
    while True:
        before = time.perf_counter()
        done = job.work(school.database, school.space)
        if not done:
            break
        latencies.append(time.perf_counter() - before)
        learners, most = learners + done, max(most, _memory())
    seconds = time.perf_counter() - begin
    note = (
        f"{learners:,} learners in {seconds:,.0f} s; memory from {least:,.0f} to {most:,.0f} MiB; latencies of a slice"
    )
    return Figure(REPLAYED, "statements/s", [Round.of(latencies, school.count / seconds)], note=note)


def _why(school: School, rule: UUID, asked: int) -> Figure:
    latencies = []
    for learner in Random(1).sample(school.learners, min(asked, len(school.learners))):
        before = time.perf_counter()
        with school.database.read(school.space) as tx:
            standing.of(tx, learner, rule, "vi")
        latencies.append(time.perf_counter() - before)
    note = "from the database to the words, with all evidence"
    return Figure(WHY, "answers/s", [Round.of(latencies, len(latencies) / sum(latencies))], note=note)


def _memory() -> float:
    """Tell how much memory this process has, in MiB."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE / 2**20


def _said(learners: list[UUID], chance: Random) -> Iterator[Entry]:
    """Say what everybody does: begin a lesson, complete it, leave; the test at the end."""
    actors = [(actor_of(each, _HOME), actor_key(actor_of(each, _HOME))) for each in learners]
    for lesson in (*_LESSONS[:11], _FINAL):
        for actor, key in actors:
            for verb in (ADL + "initialized", PASSED if lesson == _FINAL else COMPLETED, TERMINATED):
                yield _one(actor, key, verb, lesson, chance)
    for actor, key in actors:
        if chance.randrange(10):  # one in ten stops before the end
            yield _one(actor, key, COMPLETED, _LESSONS[11], chance)


def _one(actor: dict[str, Any], key: str, verb: str, lesson: str, chance: Random) -> Entry:
    named = UUID(int=chance.getrandbits(128), version=4)
    result: dict[str, Any] = {}
    if verb == PASSED:
        result = {"score": {"scaled": chance.choice((0.6, 0.7, 0.85, 0.9))}}
    if verb == TERMINATED:
        result = {"duration": f"PT{chance.randrange(240, 420)}S"}
    said = {
        "id": str(named),
        "actor": actor,
        "verb": {"id": verb},
        "object": {"objectType": "Activity", "id": lesson},
        "result": result,
        "timestamp": "2026-03-01T08:00:00Z",
    }
    text = orjson.dumps(said).decode()[:-1] + f',"stored":"{MOMENT}"}}'
    return Entry(named, key, verb, lesson, None, CLIENT_ASSERTED, None, text)
