"""Which sessions this process has seen lately: "last used" is noted now and then, for a page is read far more often than that is asked."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

EVERY = 600.0
"""Seconds between two notes of one session."""

_MOST = 50_000


class Seen:
    """What one process remembers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._noted: OrderedDict[bytes, float] = OrderedDict()

    def is_due(self, session: bytes) -> bool:
        """Tell whether to note now that a session is used; who asks, notes it."""
        now = self._clock()
        with self._lock:
            last = self._noted.get(session)
            if last is not None and now - last < EVERY:
                return False
            self._noted[session] = now
            self._noted.move_to_end(session)
            if len(self._noted) > _MOST:
                self._noted.popitem(last=False)
            return True
