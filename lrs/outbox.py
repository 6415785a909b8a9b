"""The outbox: effects outside the database happen at least once, and nobody out there ever holds the log.

A follower puts entries in with its cursor, in one transaction. Each target is then served by a thread of its own, or by several, each for
another space: one that is dead or hangs keeps no other waiting (docs/followers.md).
"""

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from lrs import metrics
from lrs.logs import log, place
from storage import outbox
from storage.database import Database
from storage.errors import DatabaseAway
from storage.leader import leader
from storage.outbox import Entry

BATCH = 100
PAUSE = 0.25
"""Seconds between two looks at the outbox when there is nothing to do."""

SIDE_BY_SIDE = 8
"""Spaces that are served at once for a target in which one may hang that is no other's."""

_FIRST = 1.0
_LONGEST = 300.0
_REPORTED_EVERY = 10.0


class Target(Protocol):
    """Somebody out there, by a name that stays the same."""

    name: str
    lease: float
    """Seconds within which `deliver` has come to its end, whatever happens: for so long nobody else touches the entry."""
    hands: int
    """How many spaces are served at once: more than one where each space has targets of its own, which may hang."""

    def deliver(self, space: int, entry: Entry) -> None:
        """Hand an entry over, with an end to its patience; whatever is raised means: not yet."""
        ...


class Later(Exception):
    """A target says that one entry has to wait, and for how many seconds; the others of its space go on."""

    def __init__(self, wait: float) -> None:
        super().__init__()
        self.wait = wait


class Rest(Later):
    """A target says that everything of an entry's kind has to wait."""


def back_off(failures: int) -> float:
    """Tell how many seconds to wait after so many failures in a row: twice as long each time, to a limit."""
    return min(_FIRST * 2.0 ** min(failures - 1, 30), _LONGEST)


class Outbox:
    """All senders of a process."""

    def __init__(self, database: Database, targets: Sequence[Target]) -> None:
        self._stop = threading.Event()
        self._senders = [Sender(database, target, self._stop) for target in targets]
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Send in threads of this process; call it after a fork, never while an application is built."""
        self._threads = [threading.Thread(target=sender.run, name=sender.name, daemon=True) for sender in self._senders]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish the entries in hand, and leave; who hangs in a target is not waited for."""
        self._stop.set()
        deadline = time.monotonic() + 10
        for thread in self._threads:
            thread.join(timeout=max(0.0, deadline - time.monotonic()))


class Sender:
    """Serves one target, wherever it runs: of the senders of all processes one is at work."""

    def __init__(self, database: Database, target: Target, stop: threading.Event) -> None:
        self.name = f"outbox-{target.name}"
        self._database = database
        self._target = target
        self._stop = stop
        self._failures: dict[int, int] = {}
        self._resting: dict[int, float] = {}
        self._reported = 0.0
        self._served: dict[int, float] = {}
        self._at_work: dict[int, threading.Thread] = {}

    def run(self) -> None:
        """Lead, or wait to lead, until told to stop."""
        seat = leader(self._database, self.name)
        try:
            while not self._stop.is_set():
                self._stop.wait(self._round() if seat.acquire() else PAUSE)
        finally:
            for thread in [*self._at_work.values()]:
                thread.join()
            seat.release()

    def _round(self) -> float:
        """Give each space that has something to send a turn; say how long to wait until the next look."""
        try:
            delivered = self._serve(self._spaces())
            self._report()
        except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
            self._stumbled(error)
            return _FIRST
        return 0.0 if delivered else PAUSE

    def _stumbled(self, error: Exception) -> None:
        """Say why a round came to nothing: the database is away, or it is our mistake."""
        if isinstance(error, DatabaseAway):
            log("outbox waits", level="warning", target=self._target.name, says=str(error))
        else:
            log("outbox failed", level="error", target=self._target.name, **place(error))

    def _spaces(self) -> list[int]:
        """Name the spaces whose turn it is, what was served longest ago first: one whose entries were refused rests, and holds no other."""
        with self._database.read() as tx:
            due = outbox.spaces_due(tx, self._target.name, datetime.now(UTC))
        now = time.monotonic()
        free = [space for space in due if self._resting.get(space, 0.0) <= now and space not in self._at_work]
        return sorted(free, key=lambda space: self._served.get(space, 0.0))

    def _serve(self, spaces: Sequence[int]) -> int:
        """Give spaces their turns, one after another or side by side; count what was dealt with meanwhile."""
        if self._target.hands == 1:
            return sum(self._send(space) for space in spaces)
        for space in spaces[: self._target.hands - len(self._at_work)]:
            self._served[space] = time.monotonic()
            self._at_work[space] = thread = threading.Thread(target=self._serve_apart, args=(space,), daemon=True)
            thread.start()
        return 0

    def _serve_apart(self, space: int) -> None:
        """Give one space its turn in a thread of its own."""
        try:
            self._send(space)
        except Exception as error:  # noqa: BLE001 - as in a round
            self._stumbled(error)
            self._rest(space)
        finally:
            self._at_work.pop(space, None)

    def _send(self, space: int) -> int:
        """Deliver what is due in a space until it has to rest; say how much was dealt with."""
        with self._database.read(space) as tx:
            entries = outbox.due(tx, self._target.name, datetime.now(UTC), BATCH)
        for done, entry in enumerate(entries):
            if self._stop.is_set() or not self._deliver(space, entry):
                return done
        return len(entries)

    def _deliver(self, space: int, entry: Entry) -> bool:
        """Hand one entry over while no transaction is open; what was taken is taken out. Say whether the next may follow."""
        if not self._claim(space, entry):
            return True
        try:
            self._target.deliver(space, entry)
        except Later as later:
            self._put_off(space, entry, later, later.wait)
            return True
        except Exception as error:  # noqa: BLE001 - a target may fail as it likes
            self._rest(space)
            self._put_off(space, entry, error, back_off(entry.attempts + 1))
            return False
        with self._database.write(space) as tx:
            outbox.remove(tx, self._target.name, entry.id)
        self._failures.pop(space, None)
        metrics.DELIVERED.labels(self._target.name).inc()
        return True

    def _claim(self, space: int, entry: Entry) -> bool:
        """Keep the entry from who leads next while it is handed over: PostgreSQL may drop the line that makes us lead meanwhile."""
        now = datetime.now(UTC)
        with self._database.write(space) as tx:
            return outbox.claim(tx, self._target.name, entry.id, now, now + timedelta(seconds=self._target.lease))

    def _rest(self, space: int) -> None:
        """Let a space wait, longer with each failure in a row, since all of it may have to."""
        failures = self._failures[space] = self._failures.get(space, 0) + 1
        self._resting[space] = time.monotonic() + back_off(failures)

    def _put_off(self, space: int, entry: Entry, error: Exception, seconds: float) -> None:
        """Let the entry wait, and say by its kind what has happened to it."""
        log("delivery failed", level="warning", target=self._target.name, space=space, **place(error))
        now = datetime.now(UTC)
        until = now + timedelta(seconds=seconds)
        with self._database.write(space) as tx:
            outbox.put_off(tx, self._target.name, entry.id, until, type(error).__name__)
            if isinstance(error, Rest):
                outbox.hold(tx, self._target.name, entry.kind, now, until)

    def _report(self) -> None:
        """Say how much waits, now and then: to count it is to read it."""
        if time.monotonic() < self._reported + _REPORTED_EVERY:
            return
        with self._database.read() as tx:
            found = outbox.waiting(tx, self._target.name)
        age = 0.0 if found.oldest is None else (datetime.now(UTC) - found.oldest).total_seconds()
        metrics.WAITING.labels(self._target.name).set(found.count)
        metrics.OUTBOX_LAG.labels(self._target.name).set(age)
        self._reported = time.monotonic()
