"""The shortest way: what somebody has to do yet so that a rule is met, where it leaves a choice the least of it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from lrs.outcomes.rules.evaluate import MINUTE, Finding
from lrs.outcomes.rules.language import DAY, FIRST, Confirmed, Count, Did, Duration, Group, Leaf, Score
from lrs.outcomes.rules.sentence import NO_NAMES, Names, about, sentence
from lrs.outcomes.rules.words import Words

LESSON = 6
"""Minutes that a lesson takes, or a test: a guess, as all of these. They do no more than choose between ways."""

VISIT = 60
"""Minutes until somebody has come who confirms."""

TOMORROW = 24 * 60
"""Minutes until it is another day."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what a condition asks, and how much of that is missing."""

    place: str
    leaf: Leaf
    """The condition; of one activity alone, if it is asked of each of several."""
    missing: float
    """Milliseconds for a duration; how many more for what is counted; 1 for a lesson to do or a score to reach."""
    minutes: float

    def says(self, words: Words, names: Names = NO_NAMES) -> str:
        """Say it to a learner."""
        asked = sentence(self.leaf, words, names)
        if isinstance(self.leaf, Did | Score):
            return asked
        left = _left(self.leaf, self.missing, words)
        return words.gettext("%(asked)s: %(left)s still missing", asked=asked, left=left)


def _left(leaf: Leaf, missing: float, words: Words) -> str:
    return words.span(math.ceil(missing / MINUTE)) if isinstance(leaf, Duration) else words.shown(int(missing))


def way(finding: Finding, today: date | None = None) -> tuple[Step, ...] | None:
    """List what is to be done yet; None if nothing can be done. On a day, what lies in a window that is over is no way."""
    if finding.met:
        return ()
    if not finding.parts:
        step = None if isinstance(finding.node, Group) else _step(finding, finding.node, today)
        return None if step is None else (step,)
    ways = [found for part in finding.parts if not part.met and (found := way(part, today)) is not None]
    missing = int(finding.need - finding.have)
    if len(ways) < missing:
        return None
    # The cheapest, in the order of the rule; steps that serve two conditions are counted twice.
    cheapest = sorted(range(len(ways)), key=lambda number: sum(step.minutes for step in ways[number]))[:missing]
    return tuple(step for number in sorted(cheapest) for step in ways[number])


def _step(finding: Finding, node: Leaf, today: date | None) -> Step | None:
    missing = finding.need - finding.have
    if _over(finding, node, missing, today):
        return None
    size, minutes = _COSTS[type(node)](node, missing)
    return Step(finding.place, about(node, finding.activity), size, minutes)


def _over(finding: Finding, node: Leaf, missing: float, today: date | None) -> bool:
    """Tell whether nothing that still happens can help."""
    if isinstance(node, Score) and node.which == FIRST and finding.shown:
        return True
    if node.selection.activities == ():  # a tag that nothing carried
        return True
    through = node.selection.window.through
    if today is None or through is None:
        return False
    # A grace helps what has happened already, and no one can set out to have done something.
    days = (through - today).days + 1
    return days < (missing if isinstance(node, Count) and node.distinct == DAY else 1)


def _once(_node: Leaf, _missing: float) -> tuple[float, float]:
    return 1, LESSON


def _lasting(_node: Leaf, missing: float) -> tuple[float, float]:
    return missing, missing / MINUTE


def _counting(node: Leaf, missing: float) -> tuple[float, float]:
    return missing, missing * (TOMORROW if isinstance(node, Count) and node.distinct == DAY else LESSON)


_COSTS: Mapping[type, Callable[[Leaf, float], tuple[float, float]]] = {
    Did: _once,
    Score: _once,
    Duration: _lasting,
    Count: _counting,
    Confirmed: lambda _node, missing: (missing, missing * VISIT),
}
"""How much of each is missing, and how many minutes that takes."""
