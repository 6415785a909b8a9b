"""Why, and why not yet: what was found at each node, in words that a learner understands, with the statements that show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lrs.outcomes.rules.evaluate import MINUTE, Finding
from lrs.outcomes.rules.language import Confirmed, Count, Did, Duration, Group, Score
from lrs.outcomes.rules.sentence import NO_NAMES, Names, about, sentence
from lrs.outcomes.rules.words import Words


@dataclass(frozen=True, slots=True)
class Explanation:
    """One line of the answer, and those below it."""

    place: str
    says: str
    """What is asked."""
    standing: str
    """How much of it there is."""
    need: float
    have: float
    met: bool
    evidence: tuple[UUID, ...]
    parts: "tuple[Explanation, ...]" = ()


def explain(finding: Finding, words: Words, names: Names = NO_NAMES) -> Explanation:
    """Say what was found."""
    node = finding.node
    asked = node if isinstance(node, Group) else about(node, finding.activity)
    return Explanation(
        place=finding.place,
        says=sentence(asked, words, names),
        standing=standing(finding, words),
        need=finding.need,
        have=finding.have,
        met=finding.met,
        evidence=finding.evidence,
        parts=tuple(explain(part, words, names) for part in finding.parts),
    )


def standing(finding: Finding, words: Words) -> str:
    """Say how much there is of what is needed."""
    return _counted(finding, words) if finding.parts else _STANDING[type(finding.node)](finding, words)


def _counted(finding: Finding, words: Words) -> str:
    have, need = words.shown(int(finding.have)), words.shown(int(finding.need))
    return words.gettext("%(have)s of %(need)s", have=have, need=need)


def _done(finding: Finding, words: Words) -> str:
    return words.gettext("done") if finding.met else words.gettext("not done yet")


def _scored(finding: Finding, words: Words) -> str:
    if not finding.shown:
        return words.gettext("no result yet")
    have, need = words.percent(finding.have), words.percent(finding.need)
    if finding.met:
        return have
    return words.gettext("%(have)s; %(need)s is needed", have=have, need=need)


def _spent(finding: Finding, words: Words) -> str:
    have, need = words.span(int(finding.have // MINUTE)), words.span(int(finding.need // MINUTE))
    return words.gettext("%(have)s of %(need)s", have=have, need=need)


_STANDING: Mapping[type, Callable[[Finding, Words], str]] = {
    Group: _counted,
    Did: _done,
    Score: _scored,
    Duration: _spent,
    Count: _counted,
    Confirmed: _counted,
}
