"""What the doctor says about a package that was taken in: figures, not findings."""

from dataclasses import asdict, dataclass
from typing import Any

BITS_A_SECOND = 1_000_000
"""The line of a learner at the edge of town: what a lesson weighs is told as the time that it takes there."""


@dataclass(frozen=True, slots=True)
class Share:
    """What the files of one sort come to."""

    sort: str
    files: int
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

    @property
    def size(self) -> int:
        """What all files weigh."""
        return sum(share.size for share in self.shares)

    @property
    def wait(self) -> float:
        """How many seconds all of it takes on a slow line."""
        return self.size * 8 / BITS_A_SECOND

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON value."""
        return asdict(self) | {"size": self.size, "wait": round(self.wait, 1)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Report":
        """Read it from a JSON value that `to_json` wrote."""
        kept = {name: given for name, given in value.items() if name not in {"size", "wait"}}
        shares = tuple(Share(**share) for share in kept.pop("shares", ()))
        return cls(shares=shares, languages=tuple(kept.pop("languages", ())), **kept)
