"""Followers read the statement log in order, behind the safe watermark, and commit what they do together with how far they have read.

So nothing is done twice and nothing is left out, whoever is killed when (docs/followers.md).
"""

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from lrs import metrics
from lrs.chores import Chore, Chores
from lrs.logs import log, place
from storage import cursors, order
from storage.database import Database, Tx
from storage.errors import DatabaseAway
from storage.leader import leader
from storage.statements import StatementRow

BATCH = 1000
"""Statements dealt with in one transaction: to begin one, to commit it and to look who is behind costs as much as to read some hundred."""

TURN = 0.25
"""Seconds after which the next space has its turn: whoever sends a hundred thousand statements keeps nobody's award waiting."""

PAUSE = 0.25
"""Seconds between two looks at the log when there is little to do: it becomes a batch, which costs hardly more than one statement."""

_BACK_OFF = 2.0


class Follower(Protocol):
    """Something that follows from statements."""

    name: str

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        """Deal with some statements, in the transaction that also moves the cursor."""
        ...


class Job(Protocol):
    """Something long that is done in slices beside those who follow, by whoever leads."""

    name: str

    def spaces(self, tx: Tx) -> list[int]:
        """Name the spaces in which there is something to do; asked before any space is set."""
        ...

    def work(self, database: Database, space: int) -> int:
        """Do a slice in a transaction of its own; count what was done."""
        ...


class Together:
    """Several followers with one cursor: each deals with a batch after those before it have, and sees what they did."""

    def __init__(self, *followers: Follower) -> None:
        self.name = followers[0].name
        self._followers = followers

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        """Let each deal with some statements, in one transaction."""
        for follower in self._followers:
            follower.follow(tx, rows)


Turn = tuple[Follower, int]
"""A follower in a space."""


class Followers:
    """All followers of an installation, and the thread in which they run."""

    def __init__(
        self,
        database: Database,
        followers: Sequence[Follower],
        chores: Sequence[Chore] = (),
        jobs: Sequence[Job] = (),
    ) -> None:
        self._database = database
        self._jobs = tuple(jobs)
        self._chores = Chores(database, chores)
        self._followers = tuple(followers)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._oldest: dict[Turn, datetime] = {}
        self._resting: dict[Turn, float] = {}
        self._resting_jobs: dict[tuple[str, int], float] = {}
        self._worked: dict[tuple[str, int], float] = {}

    def catch_up(self) -> int:
        """Follow until nothing is settled that has not been read; give back how many statements that were."""
        count = 0
        while (done := sum(self._follow(turn) for turn in self._turns())) or any(
            self._work(*job) for job in self._due()
        ):
            count += done
        return count

    def run(self) -> None:
        """Lead, or wait to lead, until told to stop."""
        seat = leader(self._database, "followers")
        self._chores.start()
        try:
            while not self._stop.is_set():
                leads = seat.acquire()
                self._chores.lead(leads)
                self._stop.wait(self._round() if leads else PAUSE)
        finally:
            self._chores.stop()
            seat.release()

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
        """Give each space that is behind a turn; say how long to wait until the next look."""
        try:
            done = sum(self._try(turn) for turn in self._turns())
            worked = self._work_on_one()
            self._report()
        except DatabaseAway as away:
            log("follower waits", level="warning", says=str(away))
            return _BACK_OFF
        except Exception as bug:  # noqa: BLE001 - whatever it is, the thread goes on
            log("follower failed", level="error", **place(bug))
            return _BACK_OFF
        return 0.0 if done >= BATCH or worked else PAUSE

    def _due(self) -> list[tuple[Job, int]]:
        """List the jobs that have something to do, each with a space."""
        with self._database.read() as tx:
            return [(job, space) for job in self._jobs for space in job.spaces(tx)]

    def _work(self, job: Job, space: int) -> bool:
        job.work(self._database, space)
        return True

    def _work_on_one(self) -> bool:
        """Do a slice of the job that has waited longest: a slice in each of ninety spaces would keep those who follow waiting."""
        due = {(job.name, space): (job, space) for job, space in self._due()}
        self._worked = {one: at for one, at in self._worked.items() if one in due}
        awake = [one for one in due if self._resting_jobs.get(one, 0.0) <= time.monotonic()]
        if self._stop.is_set() or not awake:
            return False
        one = min(awake, key=lambda each: self._worked.get(each, 0.0))
        self._worked[one] = time.monotonic()
        return self._try_work(*due[one])

    def _try_work(self, job: Job, space: int) -> bool:
        """Do a slice of a job; what fails is tried again later, and keeps nobody waiting."""
        try:
            return self._work(job, space)
        except DatabaseAway:
            raise
        except Exception as bug:  # noqa: BLE001 - one rule must not end the thread
            log("job failed", level="error", job=job.name, space=space, **place(bug))
            self._resting_jobs[job.name, space] = time.monotonic() + _BACK_OFF
            return False

    def _turns(self) -> list[Turn]:
        with self._database.read() as tx:
            turns = [(who, space) for who in self._followers for space in order.spaces_behind(tx, who.name)]
        self._oldest = {turn: stored for turn, stored in self._oldest.items() if turn in turns}
        return turns

    def _try(self, turn: Turn) -> int:
        """Follow in one space; what fails is tried again later, and meanwhile keeps no other space waiting."""
        if self._resting.get(turn, 0.0) > time.monotonic():
            return 0
        done, until = 0, time.monotonic() + TURN
        try:
            while not self._stop.is_set():
                done += (count := self._follow(turn))
                if count < BATCH or time.monotonic() > until:
                    break
        except DatabaseAway:
            raise
        except Exception as bug:  # noqa: BLE001 - one statement must not end the thread
            log("follower failed", level="error", follower=turn[0].name, space=turn[1], **place(bug))
            self._resting[turn] = time.monotonic() + _BACK_OFF
        return done

    def _follow(self, turn: Turn) -> int:
        """Deal with one batch in one space; count it."""
        follower, space = turn
        with self._database.write(space) as tx:
            cursors.take_turn(tx, follower.name)
            rows = order.after(tx, cursors.read_cursor(tx, follower.name), BATCH)
            if not rows:
                return 0
            self._oldest[turn] = min(row.stored for _, row in rows)
            follower.follow(tx, [row for _, row in rows])
            cursors.move_cursor(tx, follower.name, rows[-1][0], len(rows))
        metrics.FOLLOWED.labels(follower.name).inc(len(rows))
        return len(rows)

    def _report(self) -> None:
        now = datetime.now(UTC)
        for follower in self._followers:
            ages = [(now - stored).total_seconds() for (who, _), stored in self._oldest.items() if who is follower]
            metrics.LAG.labels(follower.name).set(max(ages, default=0.0))
