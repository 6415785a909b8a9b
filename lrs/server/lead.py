"""Which thread listens: one at a time, and rather the one that did so last.

Threads of Python share one lock. When several of them run, each gives it away and waits for it again at every read and every write,
and that costs more than most answers. So the thread that listens also answers what it hears, and goes on listening. Before it waits for
somebody else (storage/waiting.py) it looks whether there is something to do meanwhile, and then passes the lead on; whoever is stuck with
an answer loses it after a moment. The thread takes it that had it last: what it needs is still at hand, down to its connection to the
database.
"""

import threading
from collections import deque
from collections.abc import Callable

from lrs.server.ear import Ear


class Seat:
    """A thread's place, where it waits to be called."""

    def __init__(self) -> None:
        called = threading.Lock()
        called.acquire()
        self.wait: Callable[[], bool] = called.acquire
        self.call: Callable[[], None] = called.release


class Lead:
    """The lead of one process; `is_urgent` tells whether something has to be done that no line speaks of."""

    def __init__(self, ear: Ear, is_urgent: Callable[[], bool]) -> None:
        self._ear = ear
        self._is_urgent = is_urgent
        self._mutex = threading.Lock()
        self._leader: Seat | None = None
        self._waiting: list[Seat] = []
        self._overheard: deque[int] = deque()
        self._answers = False
        self._heard = 0
        self._seen = -1

    def take(self, seat: Seat) -> None:
        """Wait until this thread has the lead."""
        with self._mutex:
            if self._leader is None:
                self._leader = seat
                return
            self._waiting.append(seat)
        seat.wait()

    def is_with(self, seat: Seat) -> bool:
        """Tell whether this thread has the lead."""
        return self._leader is seat

    def listen(self, seat: Seat, seconds: float) -> int | None:
        """Listen for so long; nothing is heard by a thread that has lost the lead meanwhile."""
        with self._mutex:
            if self._leader is not seat:
                return None
            self._heard += 1
            self._answers = bool(self._overheard)
            if self._overheard:
                return self._overheard.popleft()
        heard = self._ear.hear(seconds)
        self._answers = True
        return heard

    def before_waiting(self, seat: Seat) -> None:
        """Pass the lead on if this thread has it, and if there is something to do for another."""
        if self._leader is not seat:
            return
        urgent = self._is_urgent()
        heard = None if urgent else self._ear.hear(0)
        if not urgent and heard is None:
            return
        with self._mutex:
            if self._leader is seat:
                if heard is not None:
                    self._overheard.append(heard)
                self._pass_on()
            elif heard is not None:  # the lead was taken away meanwhile
                self._ear.put_back(heard)

    def look(self) -> None:
        """Take the lead from a thread that has not listened since the last look, whatever it is doing."""
        with self._mutex:
            if self._answers and self._heard == self._seen:
                self._pass_on()
            self._seen = self._heard

    def _pass_on(self) -> None:
        """Call the thread that had it last; if all are busy, the first that is free takes it."""
        self._leader = following = self._waiting.pop() if self._waiting else None
        self._answers = False
        if following is not None:
            following.call()
