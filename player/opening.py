"""How a lesson of a sequenced course is opened, pure: what it was given, and which visit has taken it (docs/player.md, What comes next)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from player.cmi import visit
from player.cmi.visit import Kept
from player.sequencing import coupling

SUSPENDED = {"cmi.exit": "suspend"}


@dataclass(frozen=True, slots=True)
class Opening:
    """What a lesson finds when it is opened; the first visit takes it, and a page that is loaded anew begins another one."""

    item: str = ""
    resumed: bool = False
    """Whether it goes on where it was left."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What it reads of its objectives and of the stores that it shares."""
    access: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    """What the sequencer listens to, as it was when the lesson was opened."""
    taken: tuple[int, int] | None = None
    """The session and the number of the visit."""

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON value."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Opening":
        """Read what `to_json` has written."""
        taken = value.get("taken")
        return cls(**{**value, "taken": (taken[0], taken[1]) if taken else None})

    def found(self, table: Any, kept: Kept | None, given: Mapping[str, str]) -> dict[str, str]:
        """Say what a visit finds: the first one as the sequencer wants it, a later one as it was left (browser/opening.js is the twin)."""
        launched = {**given, **self.given}
        if self.taken is None:
            kept = (
                Kept(coupling.kept(kept.values, self.given) | SUSPENDED, ended=True) if self.resumed and kept else None
            )
        return visit.opened(table, kept, launched)

    def heard(self, values: Mapping[str, str]) -> "Opening":
        """Remember with what it began."""
        return replace(self, before=listened(values))


def listened(values: Mapping[str, str]) -> dict[str, str]:
    """Leave what the sequencer listens to."""
    return {name: value for name, value in values.items() if coupling.is_told(name)}
