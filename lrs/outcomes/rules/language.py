"""The language of rules as values: conditions, and what joins them (docs/rules.md).

Whatever is a value has been read from a text that was in order (`reading.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from lrs.xapi import identifiers

ADL = "http://adlnet.gov/expapi/verbs/"
COMPLETED = ADL + "completed"
PASSED = ADL + "passed"
TERMINATED = ADL + "terminated"
CONFIRM = "http://activitystrea.ms/schema/1.0/confirm"

BEST, LAST, FIRST = "best", "last", "first"
ACTIVITY, REGISTRATION, DAY = "activity", "registration", "day"
ALL, ANY, AT_LEAST = "all", "any", "atLeast"


DEEPEST = 8
"""Groups within one another."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a statement has to be stored, both included; and how many days late it may be if it was made in time."""

    since: date | None = None
    through: date | None = None
    grace: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements a condition looks at; an empty set is any. Verbs and activities are keys (`lrs/xapi/identifiers.py`)."""

    verbs: frozenset[str] = frozenset()
    activities: tuple[str, ...] | None = None
    """In their order, as written or as a tag stood for them; None: about anything, or what a tag stands for is not known yet."""
    tag: str | None = None
    provenance: frozenset[str] = frozenset()
    credentials: frozenset[UUID] = frozenset()
    window: Window = field(default_factory=Window)
    listed: bool = field(default=False, compare=False)
    """Whether the activities were written as a list: it leads to the place of one of them."""


@dataclass(frozen=True, slots=True)
class Did:
    """It was done: with each of the activities."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class Score:
    """The score was reached: in each of the activities."""

    selection: Selection
    at_least: float
    which: str = BEST


@dataclass(frozen=True, slots=True)
class Duration:
    """So many minutes were spent, in all."""

    selection: Selection
    minutes: int


@dataclass(frozen=True, slots=True)
class Count:
    """It was done so many times, in all: with different activities, in different attempts, on different days."""

    selection: Selection
    at_least: int
    distinct: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """So many others who have one of these roles say so."""

    selection: Selection
    by: tuple[str, ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined: so many of them must be met."""

    word: str
    """`all`, `any` or `atLeast`."""
    need: int
    parts: "tuple[Rule, ...]"

    @property
    def way(self) -> str:
        """Say how a place goes on from here to the parts."""
        return "/atLeast/of" if self.word == AT_LEAST else f"/{self.word}"


Leaf = Did | Score | Duration | Count | Confirmed
Rule = Leaf | Group

WORDS: Mapping[type, str] = {Did: "did", Score: "score", Duration: "duration", Count: "count", Confirmed: "confirmed"}
"""What each condition is called in a text."""

DEFAULT_VERBS: Mapping[type, frozenset[str]] = {
    Did: frozenset({COMPLETED, PASSED}),
    Score: frozenset(),
    Duration: frozenset({TERMINATED}),
    Count: frozenset({COMPLETED, PASSED}),
    Confirmed: frozenset({CONFIRM}),
}
"""With which verb a statement counts for a condition that names none; an empty set is any."""


def nodes(rule: Rule, place: str = "") -> Iterator[tuple[str, Rule]]:
    """Walk over a rule from the top, in its order, with the place of each node as a JSON pointer."""
    yield place, rule
    if isinstance(rule, Group):
        for number, part in enumerate(rule.parts):
            yield from nodes(part, f"{place}{rule.way}/{number}")


def leaves(rule: Rule) -> list[tuple[str, Leaf]]:
    """List the conditions of a rule, in its order, with their places."""
    return [(place, node) for place, node in nodes(rule) if not isinstance(node, Group)]


def resolved(rule: Rule, tags: Mapping[str, tuple[str, ...]]) -> Rule:
    """Write down what each tag stands for: with that snapshot the rule is a version that never changes."""
    if isinstance(rule, Group):
        return replace(rule, parts=tuple(resolved(part, tags) for part in rule.parts))
    tag = rule.selection.tag
    if tag is None:
        return rule
    activities = tuple(dict.fromkeys(map(identifiers.key, tags.get(tag, ()))))
    return replace(rule, selection=replace(rule.selection, activities=activities))


def completion_of(activity: str) -> dict[str, Any]:
    """Write the rule every lesson begins with: completed it, or passed it."""
    return {"did": {"verbs": [COMPLETED, PASSED], "activity": activity}}
