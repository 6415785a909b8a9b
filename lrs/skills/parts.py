"""The parts of a skill, in words for somebody who has never heard of rules. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from lrs.outcomes.rules.evaluate import Finding
from lrs.outcomes.rules.explain import Explanation
from lrs.outcomes.rules.language import Confirmed, Count
from lrs.outcomes.rules.words import OR, Words, capital, quoted

FEW = 4
"""So many lessons are called by their titles; of more, the tag that they share is said."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a skill."""

    says: str
    standing: str
    met: bool


def told(finding: Finding, line: Explanation, words: Words, titles: Mapping[str, str]) -> Part:
    """Say what a part asks: lessons by their titles where these are known, and else as its rule says it."""
    says, once = _said(finding, words, titles)
    missing = words.gettext("not done yet") if once else line.standing
    return Part(says or line.says, words.gettext("done") if finding.met else missing, finding.met)


def _said(finding: Finding, words: Words, titles: Mapping[str, str]) -> tuple[str, bool]:
    """Say it, and whether it is one thing alone, of which there is no half; nothing: as the rule does."""
    node = finding.node
    if isinstance(node, Confirmed):
        return capital(words.gettext("a mentor confirms that you can do it")), node.at_least == 1
    if not isinstance(node, Count):
        return "", False
    named = [quoted(titles.get(each, "")) for each in node.selection.activities or ()]
    if not 0 < len(named) <= FEW or quoted("") in named or node.at_least > len(named):
        return "", False
    if node.at_least == len(named):
        return words.gettext("Learn %(lessons)s", lessons=words.listed(named)), len(named) == 1
    return (
        words.ngettext(
            "Learn %(num)s lesson of %(lessons)s",
            "Learn %(num)s lessons of %(lessons)s",
            node.at_least,
            lessons=words.listed(named, OR),
        ),
        node.at_least == 1,
    )
