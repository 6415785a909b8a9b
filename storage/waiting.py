"""Whoever is about to wait for somebody else – a database, a store, a learner's slow line – says so: the time is worth another request.

The server tells here what it does then (lrs/server/lead.py); without a server nothing happens.
"""

import threading
from collections.abc import Callable


class _Mine(threading.local):
    pass_on: Callable[[], None] | None = None


_mine = _Mine()


def when_waiting(pass_on: Callable[[], None]) -> None:
    """Say what is to be done before this thread waits."""
    _mine.pass_on = pass_on


def about_to_wait() -> None:
    """Say that this thread is about to wait; it costs next to nothing to say it too often."""
    if _mine.pass_on is not None:
        _mine.pass_on()
