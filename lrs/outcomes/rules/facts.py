"""Facts: what of a statement a rule can ask (docs/rules.md).

The statement has been accepted by the record; what a rule cannot use of it is left out.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from lrs.outcomes.rules.language import CONFIRM
from lrs.xapi import actors, identifiers, references, values

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_FIGURE = r"(\d{1,9}(?:[.,]\d{1,9})?)"
_DURATION = re.compile(
    rf"P(?:{_FIGURE}W|(?:0+Y)?(?:0+M)?(?:{_FIGURE}D)?(?:T(?:{_FIGURE}H)?(?:{_FIGURE}M)?(?:{_FIGURE}S)?)?)", re.ASCII
)
_MILLISECONDS = tuple(seconds * 1000 for seconds in (7 * 86400, 86400, 3600, 60, 1))


@dataclass(frozen=True, slots=True)
class Kept:
    """What the record knows of a statement beside its text."""

    id: UUID
    stored: datetime
    provenance: str
    credential: UUID | None = None
    role: str | None = None
    """The role that its actor had here at that moment, if it was one of our people."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a statement tells of somebody; moments are microseconds since 1970."""

    learner: str
    """The key of whom it is about (`lrs/xapi/actors.py`)."""
    id: UUID
    stored: int
    timestamp: int
    verb: str
    activity: str | None = None
    registration: UUID | None = None
    score: float | None = None
    """From -1 to 1."""
    duration: int | None = None
    """Milliseconds."""
    provenance: str = ""
    credential: UUID | None = None
    confirmer: str | None = None
    """Who says so, where somebody says it of another."""
    role: str | None = None
    """The role of who confirms."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that one statement tells to rules."""

    facts: tuple[Fact, ...] = ()
    voids: UUID | None = None


def of(statement: dict[str, Any], kept: Kept) -> Told:
    """Take from a statement what rules can ask."""
    voids = references.voids(statement)
    if voids is not None:
        return Told(voids=voids)
    actor = _agent(statement["actor"])
    if actor is None:
        return Told()
    own = _own(statement, actor, kept)
    return Told((own, *_confirmations(statement, own, kept.role)))


def moment(when: datetime) -> int:
    """Write a moment as microseconds since 1970."""
    return (when - _EPOCH) // _MICROSECOND


def _agent(actor: dict[str, Any]) -> str | None:
    """Name one agent; a group is nobody: it is not said who of them."""
    return None if actor.get("objectType") == "Group" else actors.key(actor)


def _own(statement: dict[str, Any], actor: str, kept: Kept) -> Fact:
    thing, result = statement["object"], statement.get("result", {})
    registration = statement.get("context", {}).get("registration")
    stored = moment(kept.stored)
    return Fact(
        learner=actor,
        id=kept.id,
        stored=stored,
        timestamp=_timestamp(statement.get("timestamp"), stored),
        verb=identifiers.key(statement["verb"]["id"]),
        # A SubStatement has not happened (Data 2.4.4.3): nothing in it is looked at.
        activity=identifiers.key(thing["id"]) if thing.get("objectType", "Activity") == "Activity" else None,
        registration=None if registration is None else UUID(registration),
        score=score(result.get("score", {})),
        duration=duration(result.get("duration")),
        provenance=kept.provenance,
        credential=kept.credential,
    )


def _confirmations(statement: dict[str, Any], own: Fact, role: str | None) -> Iterator[Fact]:
    """Tell of whom the actor says something, for each activity that is named; nobody confirms themselves."""
    if own.verb != CONFIRM or statement["object"].get("objectType") != "Agent":
        return
    other = actors.key(statement["object"])
    if other is None or other == own.learner:
        return
    parents = statement.get("context", {}).get("contextActivities", {}).get("parent", [])
    named = [parents] if isinstance(parents, dict) else parents
    about = replace(own, learner=other, confirmer=own.learner, role=role)
    yield from [replace(about, activity=identifiers.key(each["id"])) for each in named] or [about]


def _timestamp(said: str | None, stored: int) -> int:
    """Read a timestamp; one that is not there, or cannot be read, is the time of storage."""
    if said is None:
        return stored
    try:
        return moment(values.moment(said))
    except values.NotATimestamp:
        return stored


def score(said: dict[str, Any]) -> float | None:
    """Tell a score from -1 to 1; one of which any figure is out of range, or that has no scale, is none."""
    figures = {name: said[name] for name in ("scaled", "raw", "min", "max") if name in said}
    if not all(_is_number(figure) for figure in figures.values()):
        return None
    scaled, raw, high = figures.get("scaled"), figures.get("raw"), figures.get("max")
    low = figures.get("min", 0)
    if (high is not None and low >= high) or (raw is not None and not _between(raw, figures.get("min"), high)):
        return None
    if scaled is not None:
        return float(scaled) if -1 <= scaled <= 1 else None
    if raw is None or high is None or raw < low:
        return None
    # Exactly: 0.7 is 7 of 10, whatever the nearest binary fractions of both are.
    return float((_exact(raw) - _exact(low)) / (_exact(high) - _exact(low)))


def _is_number(figure: Any) -> bool:
    if isinstance(figure, float):
        return math.isfinite(figure)
    return isinstance(figure, int) and not isinstance(figure, bool)


def _exact(figure: float) -> Fraction:
    return Fraction(figure) if isinstance(figure, int) else Fraction(str(figure))


def _between(raw: float, low: float | None, high: float | None) -> bool:
    return (low is None or low <= raw) and (high is None or raw <= high)


def duration(said: str | None) -> int | None:
    """Tell how many milliseconds a duration is; None if it has no fixed length."""
    found = _DURATION.fullmatch(said or "")
    if found is None or not any(found.groups()):
        return None
    figures = zip(found.groups(), _MILLISECONDS, strict=True)
    return int(sum(Decimal(figure.replace(",", ".")) * each for figure, each in figures if figure))
