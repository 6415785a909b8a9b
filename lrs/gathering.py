"""Gathering: statements that arrive while others are being written go in together with the next.

A commit waits for the disk, however little it writes. So of the threads that have something to write one writes for all: with thirty
clients that each send one statement at a time there are as many answers to a commit as there are threads. Who comes alone waits for nobody.
Each delivery is still kept whole or not at all, and answered after its commit.
"""

import threading
from itertools import groupby
from operator import attrgetter

from lrs import record
from lrs.record import Delivery
from storage.database import Database
from storage.errors import AlreadyThere, ConnectionLost, DatabaseAway
from storage.waiting import about_to_wait

SMALL = 20
"""A delivery of more statements goes alone: it is worth a commit of its own, and keeps nobody waiting."""


class Guest:
    """A delivery that is to be written, together with others if it is small."""

    def __init__(self, gathering: "Gathering", space: int, delivery: Delivery) -> None:
        self.space = space
        self.delivery = delivery
        self.turn = threading.Event()
        self.waits = False
        self.kept = False
        self.error: Exception | None = None
        self._gathering = gathering

    def wait(self) -> None:
        """Return when it is on disk, or raise what went wrong."""
        if not self.is_done:
            self._gathering.see_to(self)
        if self.error is not None:
            raise self.error
        if not self.kept:
            raise DatabaseAway("the thread that wrote for others was ended")

    @property
    def gathers(self) -> bool:
        """Whether it shares a commit with others."""
        return len(self.delivery.entries) <= SMALL

    @property
    def is_done(self) -> bool:
        """Whether it is clear what became of it."""
        return self.kept or self.error is not None


class Gathering:
    """Where a process writes what the Statements resource was given."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._waiting: list[Guest] = []
        self._busy = False

    def keep(self, space: int, delivery: Delivery) -> None:
        """Write a delivery; when this returns, it is on disk."""
        self.join(space, delivery).wait()

    def join(self, space: int, delivery: Delivery) -> Guest:
        """Bring a delivery; it is written when somebody waits for it, or for another that was brought before."""
        guest = Guest(self, space, delivery)
        if guest.gathers:
            with self._lock:
                self._waiting.append(guest)
        return guest

    def see_to(self, guest: Guest) -> None:
        """Lead, or wait until somebody has led, or has handed the lead over."""
        if not guest.gathers:
            self._serve(guest.space, [guest])
            return
        with self._lock:
            leads = guest in self._waiting and not self._busy
            guest.waits = not leads
            self._busy = self._busy or leads
        if not leads:
            about_to_wait()
            guest.turn.wait()
            leads = guest in self._waiting
        if leads:
            self._lead()

    def _lead(self) -> None:
        """Write what waits, then hand over to the first thread that waits for something that has come meanwhile."""
        with self._lock:
            group, self._waiting = self._waiting, []
        try:
            for space, guests in groupby(sorted(group, key=attrgetter("space")), key=attrgetter("space")):
                self._serve(space, [*guests])
        finally:
            with self._lock:
                following = [guest for guest in self._waiting if guest.waits][:1]
                self._busy = bool(following)
            for guest in (*following, *group):
                guest.turn.set()

    def _serve(self, space: int, guests: list[Guest]) -> None:
        """Write for all; what cannot be written together is written alone, so that what is wrong with one concerns no other."""
        deliveries = [guest.delivery for guest in guests]
        try:
            try:
                record.write_new(self._database, space, deliveries)
            except ConnectionLost:  # while it lay in the pool, or after the commit: ids tell
                record.write_new(self._database, space, deliveries)
        except AlreadyThere:
            for guest in guests:
                self._serve_alone(guest)
        except Exception as error:  # noqa: BLE001 - whatever it is, each of them is told
            for guest in guests:
                guest.error = error
        else:
            for guest in guests:
                guest.kept = True

    def _serve_alone(self, guest: Guest) -> None:
        try:
            with self._database.write(guest.space) as tx:
                record.write(tx, guest.delivery)
            guest.kept = True
        except Exception as error:  # noqa: BLE001
            guest.error = error
