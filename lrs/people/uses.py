"""When keys were used last: noted in memory by each request, written once a minute by a thread of the process."""

import threading
from datetime import datetime
from uuid import UUID

from lrs.logs import log, place
from storage import usage
from storage.database import Database
from storage.errors import DatabaseAway

EVERY = 60.0
"""Seconds between two writes, and what is lost at most with a process that is killed."""


class Uses:
    """The uses that one process has not written yet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._noted: dict[int, dict[UUID, datetime]] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, space: int, credential: UUID, now: datetime) -> None:
        """Note that a key was used."""
        with self._lock:
            self._noted.setdefault(space, {})[credential] = now

    def write(self) -> None:
        """Write what was noted; while the database is away it stays noted."""
        with self._lock:
            noted, self._noted = self._noted, {}
        for space, last in noted.items():
            try:
                with self._database.write(space) as tx:
                    usage.note(tx, last.items())
            except DatabaseAway as away:
                self._put_back(space, last)
                log("uses wait", level="warning", says=str(away))
            except Exception as bug:  # noqa: BLE001 - whatever it is, the thread goes on
                log("uses lost", level="error", space=space, **place(bug))

    def _put_back(self, space: int, last: dict[UUID, datetime]) -> None:
        with self._lock:
            self._noted[space] = last | self._noted.get(space, {})

    def start(self) -> None:
        """Write in a thread of this process; call it after a fork, never while an application is built."""
        self._thread = threading.Thread(target=self._run, name="uses", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write a last time, and leave."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        self.write()

    def _run(self) -> None:
        while not self._stop.wait(EVERY):
            self.write()
