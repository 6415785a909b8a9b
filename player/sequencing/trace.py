"""The trace: what the sequencer decided, one step after the other, for an author who asks why."""

from dataclasses import dataclass, field
from typing import NamedTuple

MOST = 2000
"""A request in a tree of a thousand items takes some hundreds of steps; what goes beyond this is left out."""


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

    steps: list[Step] = field(default_factory=list)

    def say(self, process: str, activity: object, outcome: str, why: str = "") -> None:
        """Note a step."""
        if len(self.steps) < MOST:
            self.steps.append(Step(process, getattr(activity, "id", ""), outcome, why))


class Silence(Trace):
    """The trace of a request that is only tried: nobody reads it."""

    def say(self, process: str, activity: object, outcome: str, why: str = "") -> None:
        """Note nothing."""
