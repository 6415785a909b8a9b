"""Listens to many lines at once, for many threads: it tells one of them, once, and waits until that line is put back."""

import select
import sys
from contextlib import suppress
from typing import Protocol


class Ear(Protocol):
    """What the system has for this."""

    def hear(self, seconds: float) -> int | None:
        """Wait so long until a line has something, or its end; for ever if that is less than nothing."""
        ...

    def add(self, line: int) -> None:
        """Listen to a new line."""
        ...

    def put_back(self, line: int) -> None:
        """Listen to a line again."""
        ...

    def forget(self, line: int) -> None:
        """Listen to a line no longer."""
        ...


if sys.platform == "linux":
    _ONCE = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLONESHOT

    class _System:
        def __init__(self) -> None:
            self._epoll = select.epoll()

        def hear(self, seconds: float) -> int | None:
            heard = self._epoll.poll(seconds, 1)
            return heard[0][0] if heard else None

        def add(self, line: int) -> None:
            self._epoll.register(line, _ONCE)

        def put_back(self, line: int) -> None:
            self._epoll.modify(line, _ONCE)

        def forget(self, line: int) -> None:
            with suppress(OSError):
                self._epoll.unregister(line)

else:  # kqueue does the same, but nobody has tried it here

    class _System:
        def __init__(self) -> None:
            self._kqueue = select.kqueue()

        def hear(self, seconds: float) -> int | None:
            heard = self._kqueue.control(None, 1, seconds if seconds >= 0 else None)
            return heard[0].ident if heard else None

        def add(self, line: int) -> None:
            self._change(line, select.KQ_EV_ADD | select.KQ_EV_ONESHOT)

        put_back = add

        def forget(self, line: int) -> None:
            with suppress(OSError):
                self._change(line, select.KQ_EV_DELETE)

        def _change(self, line: int, flags: int) -> None:
            self._kqueue.control([select.kevent(line, select.KQ_FILTER_READ, flags)], 0, 0)


def ear() -> Ear:
    """Give this system's."""
    return _System()
