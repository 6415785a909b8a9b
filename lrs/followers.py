"""Followers read the statement log in order, behind the safe watermark, and commit what they do together with how far they have read.

So nothing is done twice and nothing is left out, whoever is killed when (docs/followers.md).
"""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from lrs import metrics
from lrs.logs import log
from storage import outcomes, statements
from storage.database import Database, Tx
from storage.errors import DatabaseAway
from storage.leader import leader
from storage.statements import StatementRow

BATCH = 200
PAUSE = 0.25
"""Seconds between two looks at the log when there is nothing to do."""

_BACK_OFF = 2.0


class Follower(Protocol):
    """Something that follows from statements."""

    name: str

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        """Deal with some statements, in the transaction that also moves the cursor."""
        ...


class Followers:
    """All followers of an installation, and the thread in which they run."""

    def __init__(self, database: Database, followers: Sequence[Follower]) -> None:
        self._database = database
        self._followers = tuple(followers)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def catch_up(self) -> int:
        """Follow until nothing is settled that has not been read; give back how many statements that were."""
        return sum(self._catch_up_with(follower) for follower in self._followers)

    def run(self) -> None:
        """Lead, or wait to lead, until told to stop."""
        place = leader(self._database, "followers")
        try:
            while not self._stop.is_set():
                self._stop.wait(self._round() if place.acquire() else PAUSE)
        finally:
            place.release()

    def start(self) -> None:
        """Run in a thread of this process; call it after a fork, never while an application is built."""
        self._thread = threading.Thread(target=self.run, name="followers", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch in hand, and leave."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _round(self) -> float:
        """Catch up once; say how long to wait until the next look."""
        try:
            return 0.0 if self.catch_up() else PAUSE
        except DatabaseAway as away:
            log("follower waits", level="warning", says=str(away))
        except Exception as bug:  # noqa: BLE001 - one statement must not end the thread; it is tried again
            log("follower failed", level="error", kind=type(bug).__name__, says=str(bug).split("\n", 1)[0])
        return _BACK_OFF

    def _catch_up_with(self, follower: Follower) -> int:
        with self._database.read() as tx:
            behind = statements.spaces_behind(tx, follower.name)
        if not behind:
            metrics.LAG.labels(follower.name).set(0)
        return sum(self._follow_space(follower, space) for space in behind)

    def _follow_space(self, follower: Follower, space: int) -> int:
        with self._database.write(space) as tx:
            rows = statements.after(tx, outcomes.read_cursor(tx, follower.name), BATCH)
            if not rows:
                return 0
            follower.follow(tx, [row for _, row in rows])
            outcomes.move_cursor(tx, follower.name, rows[-1][0])
        oldest = min(row.stored for _, row in rows)
        metrics.LAG.labels(follower.name).set((datetime.now(UTC) - oldest).total_seconds())
        metrics.FOLLOWED.labels(follower.name).inc(len(rows))
        return len(rows)
