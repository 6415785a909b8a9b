"""How full a skill is: parts that are there, of parts that are needed. Pure."""

from dataclasses import dataclass

from lrs.outcomes.entry import WHOLE, done
from lrs.outcomes.rules.evaluate import Finding
from lrs.outcomes.rules.language import Confirmed, Count


@dataclass(frozen=True, slots=True)
class Filling:
    """How full it is."""

    have: int
    need: int
    done: int
    """In thousandths, between the parts too; all of them only where nothing is missing."""

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.done == WHOLE


EMPTY = Filling(0, 1, 0)


def filled(finding: Finding, *, got: bool = False) -> Filling:
    """Tell how full it is; what was awarded is full, whatever a newer version asks."""
    counted = bool(finding.parts) or isinstance(finding.node, Count | Confirmed)
    need = max(1, int(finding.need)) if counted else 1
    have = min(need, int(finding.have)) if counted else int(finding.met)
    return Filling(need, need, WHOLE) if got or finding.met else Filling(have, need, done(finding))
