"""What cannot be right about a rule, though it is written as one: said while it is edited, with the place (docs/rules.md)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from lrs.outcomes.rules import language
from lrs.outcomes.rules.language import ACTIVITY, DAY, REGISTRATION, Confirmed, Count, Duration, Group, Leaf, Rule
from lrs.outcomes.rules.problems import Problem
from lrs.xapi.references import VOIDED

MOST = 200
"""Nodes of a rule."""

_MINUTES = 24 * 60

Found = Iterator[Problem]


@dataclass(frozen=True, slots=True)
class Known:
    """What there is in a space that a rule can name; None: that is not to be looked at."""

    activities: frozenset[str] | None = None
    """By their keys (`lrs/xapi/identifiers.py`)."""
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each tag stands for now."""
    credentials: frozenset[UUID] | None = None


def problems(rule: Rule, known: Known) -> list[Problem]:
    """List what is wrong with a rule, in its order."""
    walked = list(language.nodes(rule))
    found = [each for place, node in walked for each in _of(place, node, known)]
    too_deep = [place for place, node in walked if isinstance(node, Group) and _depth(place) >= language.DEEPEST]
    if too_deep:
        found.append(Problem(too_deep[0], "too-deep", {"most": language.DEEPEST}))
    if len(walked) > MOST:
        found.append(Problem(walked[MOST][0], "too-many", {"most": MOST}))
    return found


def _depth(place: str) -> int:
    """Count the groups above a node: each has left the number of a part in its place."""
    return sum(step.isdigit() for step in place.split("/"))


def _of(place: str, node: Rule, known: Known) -> Found:
    if isinstance(node, Group):
        yield from _group(place, node)
        return
    inside = f"{place}/{language.WORDS[type(node)]}"
    for look in (_window, _verbs, _activities, _keys, _enough):
        yield from look(inside, node, known)


def _group(place: str, node: Group) -> Found:
    if node.need > len(node.parts):
        yield Problem(f"{place}/{node.word}/n", "so-few-parts", {"need": node.need, "there": len(node.parts)})
    for number, part in enumerate(node.parts):
        if part in node.parts[:number]:
            yield Problem(f"{place}{node.way}/{number}", "twice")


def _window(place: str, leaf: Leaf, _known: Known) -> Found:
    window = leaf.selection.window
    if window.since and window.through and window.through < window.since:
        yield Problem(f"{place}/window/through", "upside-down")
    if window.grace and not window.through:
        yield Problem(f"{place}/window/grace", "grace-of-nothing")


def _verbs(place: str, leaf: Leaf, _known: Known) -> Found:
    verbs = leaf.selection.verbs
    # A voiding is about a statement and says nothing of what somebody did; and confirmations have a verb of their own.
    if verbs == {VOIDED} or (isinstance(leaf, Confirmed) and language.CONFIRM not in verbs):
        yield Problem(f"{place}/verbs", "verb-never")


def _activities(place: str, leaf: Leaf, known: Known) -> Found:
    selection = leaf.selection
    if selection.tag is not None:
        if selection.tag not in known.tags:
            yield Problem(f"{place}/tag", "unknown-tag")
        elif not known.tags[selection.tag]:
            yield Problem(f"{place}/tag", "tag-of-nothing")
    elif known.activities is not None:
        for number, activity in enumerate(selection.activities or ()):
            if activity not in known.activities:
                word = f"activities/{number}" if selection.listed else "activity"
                yield Problem(f"{place}/{word}", "unknown-activity")


def _keys(place: str, leaf: Leaf, known: Known) -> Found:
    if known.credentials is not None and not leaf.selection.credentials <= known.credentials:
        yield Problem(f"{place}/credential", "unknown-key")


def _enough(place: str, leaf: Leaf, known: Known) -> Found:
    if isinstance(leaf, Count):
        there = _BOUNDS[leaf.distinct](leaf, known)
        if there is not None and leaf.at_least > there:
            code = {ACTIVITY: "so-few-activities", DAY: "so-few-days"}[leaf.distinct]
            yield Problem(f"{place}/atLeast", code, {"need": leaf.at_least, "there": there})
    if isinstance(leaf, Duration):
        days = _days(leaf, known)
        # Hours that are told on the last day may have been spent before the first: only what exceeds all of it is wrong.
        if days is not None and leaf.minutes > days * _MINUTES:
            yield Problem(f"{place}/minutes", "so-little-time", {"there": days * _MINUTES})


def _named(leaf: Leaf, known: Known) -> int | None:
    """Count the activities that a leaf names; a tag that is not known, or of nothing, is said elsewhere."""
    tag, activities = leaf.selection.tag, leaf.selection.activities
    if tag is not None:
        return len(known.tags.get(tag, ())) or None
    return None if activities is None else len(activities)


def _days(leaf: Leaf, _known: Known) -> int | None:
    window = leaf.selection.window
    if not window.since or not window.through or window.through < window.since:
        return None
    return (window.through - window.since).days + 1 + window.grace


def _no_bound(_leaf: Leaf, _known: Known) -> None:
    """Say that there may be any number of attempts."""


_BOUNDS: Mapping[str, Callable[[Leaf, Known], int | None]] = {ACTIVITY: _named, DAY: _days, REGISTRATION: _no_bound}
"""How many different ones there can be at all, where that is known."""
