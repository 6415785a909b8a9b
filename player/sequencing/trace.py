"""The trace: what the sequencer decided, one step after the other, for an author who asks why."""

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

MOST = 2000
"""A request in a tree of a thousand items takes some hundreds of steps; of more, the middle is left out: how it began and ended counts."""


class Step(NamedTuple):
    """One decision: the process by its number, the activity it is about, what came of it, and why."""

    process: str
    activity: str
    outcome: str
    why: str = ""

    def __str__(self) -> str:
        about = f" {self.activity}" if self.activity else ""
        return f"{self.process}{about}: {self.outcome}" + (f" ({self.why})" if self.why else "")


@dataclass(slots=True)
class Trace:
    """The steps of one request."""

    _first: list[Step] = field(default_factory=list)
    _last: deque[Step] = field(default_factory=lambda: deque(maxlen=MOST // 2))

    @property
    def steps(self) -> list[Step]:
        """List them in order."""
        return [*self._first, *self._last]

    def say(self, process: str, activity: object, outcome: str, why: str = "") -> None:
        """Note a step."""
        step = Step(process, getattr(activity, "id", ""), outcome, why)
        if len(self._first) < MOST // 2:
            self._first.append(step)
        else:
            self._last.append(step)


class Silence(Trace):
    """The trace of a request that is only tried: nobody reads it."""

    def say(self, process: str, activity: object, outcome: str, why: str = "") -> None:
        """Note nothing."""
