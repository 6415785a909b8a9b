"""A space whose record is full: learners who have said 34 things each about twelve lessons and a test, and a rule of three parts."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from sqlalchemy import text

from lrs import sealing
from lrs.outcomes import versions
from lrs.outcomes.follower import NAME
from lrs.outcomes.remaking import Remaking
from lrs.outcomes.rules.language import ADL, COMPLETED, PASSED, TERMINATED
from lrs.outcomes.versions import Naming
from lrs.record import CLIENT_ASSERTED, actor_key, actor_of
from storage import cursors, migrate, people, spaces, statements, tags
from storage.database import Database
from storage.order import Position
from storage.people import AccountRow
from storage.statements import MOMENT, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


FEW, MANY = 600, 30_000
"""Learners."""

SAID = 34
"""What each says, at least."""

HOME = "http://app.lms.localhost"
_TAG = "kỹ năng số"
_LESSONS = tuple(f"https://example.org/lesson/{number}" for number in range(1, 13))
_FINAL = "https://example.org/final"
RULE: dict[str, Any] = {
    "all": [
        {"did": {"tag": _TAG}},
        {"score": {"activity": _FINAL, "atLeast": 0.8}},
        {"duration": {"tag": _TAG, "minutes": 60}},
    ]
}
_AT_ONCE = 2000
_LAST = text("select epoch, txid, seq from statements where space_id = :space order by 1 desc, 2 desc, 3 desc limit 1")


class School:
    """A space, everybody in it, and what they have said."""

    def __init__(self, url: str, learners: int, folder: Path) -> None:
        migrate.upgrade(Database(url, role=None))
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
        self._late = Position()
        self.count = self._fill(chance)

    def _fill(self, chance: Random) -> int:
        """Write everything down, in the order in which a city learns: everybody's first lesson, then everybody's second."""
        waiting, count, most = list[Entry](), 0, len(self.learners) * SAID
        for entry in said(self.learners, chance):
            waiting.append(entry)
            if len(waiting) == _AT_ONCE:
                count += self._write(waiting)
                waiting = []
                if count <= most * 3 // 4:
                    self._late, self.early = self._end(), count
        return count + self._write(waiting)

    def _write(self, entries: list[Entry]) -> int:
        with self.database.write(self.space) as tx:
            return statements.append(tx, entries)

    def _end(self) -> Position:
        with self.database.read(self.space) as tx:
            epoch, txid, seq = tx.run(_LAST, {"space": self.space}).one()
        return Position(epoch, int(txid), seq)

    early: int = 0
    """How many were said before the last fourth."""

    def come(self, *, late: bool) -> None:
        """Let followers have come to the end of the record, or to its last fourth."""
        with self.database.write(self.space) as tx:
            cursors.move_cursor(tx, NAME, self._late if late else self._end())

    def rule(self) -> UUID:
        """Let the rule hold, as the record tells up to where followers have come."""
        with self.database.write(self.space) as tx:
            return versions.add(tx, RULE, Naming("Hoàn thành")).rule_id

    def remaking(self) -> Remaking:
        """Give who makes anew."""
        return Remaking(HOME, self.keys)


def said(learners: list[UUID], chance: Random) -> Iterator[Entry]:
    """Say what everybody does: begin a lesson, complete it, leave; the test at the end."""
    actors = [(actor_of(each, HOME), actor_key(actor_of(each, HOME))) for each in learners]
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
    words = {
        "id": str(named),
        "actor": actor,
        "verb": {"id": verb},
        "object": {"objectType": "Activity", "id": lesson},
        "result": result,
        "timestamp": "2026-03-01T08:00:00Z",
    }
    written = orjson.dumps(words).decode()[:-1] + f',"stored":"{MOMENT}"}}'
    return Entry(named, key, verb, lesson, None, CLIENT_ASSERTED, None, written)
