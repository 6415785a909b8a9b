"""Chores: what one process of an installation does once an hour, whoever leads, in a thread beside those who follow."""

import threading
import time
from collections.abc import Callable, Sequence

from lrs.logs import log, place
from storage.database import Database
from storage.errors import DatabaseAway

HOUR = 3600.0
"""Seconds between two times that a chore is done."""

_LOOK = 0.25
_BACK_OFF = 2.0

Chore = Callable[[Database], object]
"""Something that one process of an installation does now and then: whoever leads."""


class Chores:
    """Chores, and when each is due again."""

    def __init__(self, database: Database, chores: Sequence[Chore]) -> None:
        self._database = database
        self._due = dict.fromkeys(chores, 0.0)
        self._leads = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def lead(self, leads: bool) -> None:  # noqa: FBT001 - it is what is said
        """Say whether this process leads; a chore in hand is finished."""
        (self._leads.set if leads else self._leads.clear)()

    def start(self) -> None:
        """Run in a thread: forty thousand reminders take a minute, and nobody's award waits for that."""
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the chore in hand, if that is soon, and leave."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.wait(_LOOK):
            for chore in [each for each, due in self._due.items() if due <= time.monotonic()]:
                if self._leads.is_set() and not self._stop.is_set():
                    again = HOUR if self._done(chore) else _BACK_OFF
                    self._due[chore] = time.monotonic() + again

    def _done(self, chore: Chore) -> bool:
        try:
            chore(self._database)
        except DatabaseAway as away:
            log("chore waits", level="warning", chore=chore.__name__, says=str(away))
            return False
        except Exception as bug:  # noqa: BLE001 - the thread goes on
            log("chore failed", level="error", chore=chore.__name__, **place(bug))
            return False
        return True
