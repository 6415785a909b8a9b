"""What is wrong with a draft, at the field it concerns and in the words of somebody who never sees the JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lrs.outcomes.form.draft import WINDOW, Condition, Draft, Joined, nodes
from lrs.outcomes.rules.language import ALL, ANY, AT_LEAST
from lrs.outcomes.rules.problems import Problem
from lrs.outcomes.rules.words import Words
from lrs.outcomes.rules.words import marked as _


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem at a field of the form: `r-0.atLeast`, or at a whole condition: `r-0.word`."""

    field: str
    says: str
    place: str
    """Where it stands in the JSON."""
    hint: bool = False

    @property
    def id(self) -> str:
        """Name the field as an element of the page, which a link leads to."""
        return "f-" + self.field.replace(".", "-")


PLAIN: Mapping[str, str] = {
    "score.atLeast": _("Write a number from 1 to 100, such as 80."),
    "minutes": _("Write how many minutes: a whole number, such as 30."),
    "count.atLeast": _("Write a whole number from 1 to 10,000."),
    "confirmed.atLeast": _("Write a whole number from 1 to 100, or nothing for one person."),
    "by": _("Choose at least one role that may confirm."),
    "n": _("Write how many of these conditions have to be met."),
    "activities": _("Choose at least one lesson."),
    "about": _("Choose at least one lesson, or a tag."),
    "moreActivities": _("There is no lesson of this title. Write its title as it stands in the list, or an address."),
    "moreVerbs": _("This is no identifier. An address such as https://example.org/lesson belongs here."),
    "tag": _("Choose a tag."),
    "from": _("This is no day. Write day, month and year, such as 31/01/2026."),
    "through": _("This is no day. Write day, month and year, such as 31/01/2026."),
    "grace": _("Write a whole number from 1 to 366, or nothing."),
    "word": _("Add at least one condition here."),
}
"""What belongs in a field: said of whatever is no such thing."""

MALFORMED = frozenset(
    {
        *("wrong-kind", "missing", "empty", "too-small", "not-positive", "too-large"),
        *("one-of", "no-date", "no-iri", "which-activity"),
    }
)

SAID_ELSE: Mapping[str, str] = {
    "grace-of-nothing": _("Days of delay need a last day: nothing is late without one."),
    "unknown-activity": _("One of the lessons chosen here is not in this space."),
    "unknown-tag": _("No lesson has this tag any more."),
}
"""What a form says otherwise than a text, in which everything has a word and a number."""


def mistakes(draft: Draft | None, problems: Iterable[Problem], words: Words) -> list[Mistake]:
    """Say what is wrong with what a draft writes, each at its field; a field says the same once."""
    at = {} if draft is None else dict(nodes(draft))
    found = [_mistake(at, problem, words) for problem in problems]
    return list({(each.field, each.says): each for each in found}.values())


def _mistake(at: Mapping[str, Draft], problem: Problem, words: Words) -> Mistake:
    path, rest = walked(problem.place)
    node = at.get(path)
    if problem.code == "missing":
        rest = [*rest, str(problem.values["name"])]
    name = _field(node, rest)
    says = problem.says(words)
    if problem.code in SAID_ELSE:
        says = words.gettext(SAID_ELSE[problem.code])
    elif problem.code in MALFORMED:
        plain = PLAIN.get(f"{node.word if node else ''}.{name}", PLAIN.get(name))
        says = words.gettext(plain) if plain else says
    return Mistake(f"{path}.{name}", says, problem.place, problem.hint)


def walked(place: str) -> tuple[str, list[str]]:
    """Follow a JSON pointer to the node it leads to; give what is left of it, which is inside that node."""
    path, rest = "r", place.split("/")[1:]
    while rest:
        below = 2 if rest[0] == AT_LEAST and rest[1:2] == ["of"] else 1 if rest[0] in {ALL, ANY} else 0
        if not below or len(rest) <= below or not rest[below].isdecimal():
            break
        path, rest = f"{path}-{rest[below]}", rest[below + 1 :]
    return path, rest


def _field(node: Draft | None, rest: list[str]) -> str:
    """Name the field that a place inside a node is about."""
    if isinstance(node, Joined):
        return "n" if rest[-1:] == ["n"] else "word"
    inside = [step for step in rest[1:] if step != "window"]
    if not inside:
        return "about" if rest else "word"
    return _more(node, inside) if isinstance(node, Condition) else inside[0]


def _more(node: Condition, inside: list[str]) -> str:
    """Tell a thing that was chosen from one that was only written, last of all and in a field of its own."""
    name = {"activity": "activities"}.get(inside[0], inside[0])
    more = {"activities": "moreActivities", "verbs": "moreVerbs"}.get(name)
    if more is None or not node.one(more) or name in WINDOW:
        return name
    there = len(node.all(name))
    number = int(inside[1]) if inside[1:] and inside[1].isdecimal() else 0
    return more if number >= there else name
