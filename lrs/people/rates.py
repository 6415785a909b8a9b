"""How often keys may ask: tickets are taken from the database by the handful and spent from memory (docs/credentials.md).

The database counts what all processes have taken in a minute, so the sum never exceeds a key's rate.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

MOST = 10_000
_MINUTE = 60

Take = Callable[[datetime, int], int]
"""Take tickets of a minute; told how many all processes have asked for in it, these included."""


@dataclass(slots=True)
class _Held:
    """The tickets of one key that this process holds."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    minute: datetime | None = None
    left: int = 0
    over: bool = False


class Rates:
    """The tickets that one process holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[UUID, _Held] = OrderedDict()

    def spend(self, credential: UUID, rate: int, now: datetime, take: Take) -> int | None:
        """Spend one ticket; where there is none, say in how many seconds there will be."""
        minute = now.replace(second=0, microsecond=0)
        held = self._of(credential)
        with held.lock:  # one fetches, and those of the same key who come meanwhile spend from the same handful
            if held.minute != minute:
                held.minute, held.left, held.over = minute, 0, False
            if held.left == 0 and not held.over:
                held.left = _granted(rate, minute, take)
                held.over = held.left == 0
            if held.left == 0:
                return _MINUTE - now.second
            held.left -= 1
        return None

    def _of(self, credential: UUID) -> _Held:
        with self._lock:
            held = self._held.setdefault(credential, _Held())
            self._held.move_to_end(credential)
            if len(self._held) > MOST:
                self._held.popitem(last=False)
            return held


def _granted(rate: int, minute: datetime, take: Take) -> int:
    handful = max(1, rate // 50)
    before = take(minute, handful) - handful
    return max(0, min(handful, rate - before))
