"""What the doctor says about a package: figures, not findings."""

from dataclasses import asdict, dataclass
from typing import Any

BITS_A_SECOND = 1_000_000
"""The line of a learner at the edge of town: what a lesson weighs is told as the time that it takes there."""

WAIT = 120
"""Seconds that one lesson may keep its learner waiting: a third of a lesson of six minutes. On that line it is 15 MB."""


@dataclass(frozen=True, slots=True)
class Share:
    """What the files of one sort come to."""

    sort: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Large:
    """One of the largest files."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a package is made of."""

    tool: str = ""
    """The tool that made it, as far as it can be told."""
    lessons: int = 0
    pages: int = 0
    films: int = 0
    seconds: float = 0.0
    """How long its films and its sound last."""
    languages: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    """By sort, the heaviest first."""
    film_seconds: float = 0.0
    """How long its films alone last."""
    timeless: int = 0
    """How many films and sounds do not say how long they last."""
    largest: tuple[Large, ...] = ()
    version: str = ""
    """The version of the tool."""
    earned: float = 0.0
    """How many seconds of loading its films and its sound earn: as long as they take to arrive, and no longer than they last."""
    whole: bool = True
    """Whether everything was looked at: of very much, only the beginning is."""

    @property
    def size(self) -> int:
        """What all files weigh."""
        return sum(share.size for share in self.shares)

    @property
    def wait(self) -> float:
        """How many seconds all of it takes on a slow line."""
        return self.size * 8 / BITS_A_SECOND

    @property
    def budget(self) -> float:
        """How many seconds it may take: a wait for each lesson, and what plays may come while it plays."""
        return max(self.lessons, 1) * WAIT + self.earned

    @property
    def heavy(self) -> bool:
        """Tell whether it takes longer than it may."""
        return self.wait > self.budget

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON value."""
        return asdict(self) | {"size": self.size, "wait": round(self.wait, 1), "budget": round(self.budget, 1)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Report":
        """Read it from a JSON value that `to_json` wrote, whatever an earlier version left out."""
        kept = {name: given for name, given in value.items() if name not in {"size", "wait", "budget"}}
        shares = tuple(Share(**share) for share in kept.pop("shares", ()))
        largest = tuple(Large(**large) for large in kept.pop("largest", ()))
        return cls(shares=shares, largest=largest, languages=tuple(kept.pop("languages", ())), **kept)
