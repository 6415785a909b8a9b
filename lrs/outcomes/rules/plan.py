"""A plan: what each condition of a version looks for in a fact, and in which order it prefers what it finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lrs.outcomes.rules.facts import Fact, moment
from lrs.outcomes.rules.language import (
    ACTIVITY,
    BEST,
    DAY,
    FIRST,
    LAST,
    REGISTRATION,
    Confirmed,
    Count,
    Did,
    Duration,
    Leaf,
    Rule,
    Score,
    leaves,
)

Entry = tuple[int, int, str, float | None]
"""What is kept of a fact: stored, timestamp, the statement's id as 32 digits, and its value where a condition asks one."""

ANYTHING = ""
"""The slot of a condition that tells nothing apart."""

_SECOND = 1_000_000
_BEGIN, _END = -(2**63), 2**63


class Unresolved(ValueError):
    """A rule whose tags have not been written down."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which of two entries decides: the first when sorted so."""

    key: Callable[[Entry], Any] | None
    backwards: bool = False


def _best(entry: Entry) -> tuple[float, int, int, str]:
    return -(entry[3] or 0.0), *entry[:3]


EARLIEST = Order(None)
_ORDERS = {FIRST: EARLIEST, LAST: Order(lambda entry: entry[:3], backwards=True), BEST: Order(_best)}


@dataclass(frozen=True, slots=True)
class Days:
    """A window in microseconds: stored from, stored before, and, if it is from before the end, stored before."""

    since: int = _BEGIN
    before: int = _END
    late: int = _END

    def hold(self, fact: Fact) -> bool:
        """Tell whether a fact lies in it."""
        if not self.since <= fact.stored < self.late:
            return False
        return fact.stored < self.before or self.since <= fact.timestamp < self.before


@dataclass(frozen=True, slots=True)
class Watch:
    """One condition, ready to look at facts."""

    number: int
    place: str
    leaf: Leaf
    activities: frozenset[str] | None
    days: Days
    zone: ZoneInfo
    order: Order

    def wants(self, fact: Fact) -> bool:
        """Tell whether a fact, whose activity is one of its own, counts."""
        selection = self.leaf.selection
        return (
            (not selection.verbs or fact.verb in selection.verbs)
            and (fact.confirmer is not None) == isinstance(self.leaf, Confirmed)
            and (not selection.provenance or fact.provenance in selection.provenance)
            and (not selection.credentials or fact.credential in selection.credentials)
            and self.days.hold(fact)
        )

    def slot(self, fact: Fact) -> str | None:
        """Tell which of the things that the condition tells apart a fact is about; None: it says nothing here."""
        return _SLOTS[type(self.leaf)](self, fact)

    def value(self, fact: Fact) -> float | None:
        """Give the figure that the condition keeps of a fact."""
        if isinstance(self.leaf, Score):
            return fact.score
        return fact.duration if isinstance(self.leaf, Duration) else None


def _activity(watch: Watch, fact: Fact) -> str | None:
    return ANYTHING if watch.activities is None else fact.activity


def _scored(_watch: Watch, fact: Fact) -> str | None:
    return None if fact.score is None else fact.activity


def _visit(_watch: Watch, fact: Fact) -> str | None:
    return None if fact.duration is None else fact.id.hex


def _counted(watch: Watch, fact: Fact) -> str | None:
    return _DISTINCT[watch.leaf.distinct](watch, fact) if isinstance(watch.leaf, Count) else None


def _confirmer(watch: Watch, fact: Fact) -> str | None:
    return fact.confirmer if isinstance(watch.leaf, Confirmed) and fact.role in watch.leaf.by else None


_Slot = Callable[[Watch, Fact], str | None]

_SLOTS: Mapping[type, _Slot] = {
    Did: _activity,
    Score: _scored,
    Duration: _visit,
    Count: _counted,
    Confirmed: _confirmer,
}

_DISTINCT: Mapping[str, _Slot] = {
    ACTIVITY: lambda _watch, fact: fact.activity,
    REGISTRATION: lambda _watch, fact: None if fact.registration is None else fact.registration.hex,
    DAY: lambda watch, fact: datetime.fromtimestamp(fact.stored // _SECOND, watch.zone).date().isoformat(),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A version of a rule, ready to be followed."""

    rule: Rule
    watches: tuple[Watch, ...]
    anywhere: tuple[Watch, ...]
    """Those that look at statements about anything."""
    by_activity: Mapping[str, tuple[Watch, ...]] = field(default_factory=dict)
    """Those that look at statements about an activity."""

    def watching(self, fact: Fact) -> tuple[Watch, ...]:
        """Give the conditions that may have something to do with a fact."""
        return self.anywhere if fact.activity is None else self.by_activity.get(fact.activity, self.anywhere)


def plan(rule: Rule, zone: str) -> Plan:
    """Get a version ready: a rule whose tags have been written down, and the time zone of its days."""
    where = ZoneInfo(zone)
    watches = [_watch(number, place, leaf, where) for number, (place, leaf) in enumerate(leaves(rule))]
    named = dict.fromkeys(each for watch in watches for each in watch.leaf.selection.activities or ())
    return Plan(
        rule,
        tuple(watches),
        tuple(watch for watch in watches if watch.activities is None),
        {each: tuple(w for w in watches if w.activities is None or each in w.activities) for each in named},
    )


def _watch(number: int, place: str, leaf: Leaf, zone: ZoneInfo) -> Watch:
    selection = leaf.selection
    if selection.tag is not None and selection.activities is None:
        raise Unresolved(place)
    activities = None if selection.activities is None else frozenset(selection.activities)
    order = _ORDERS[leaf.which] if isinstance(leaf, Score) else EARLIEST
    return Watch(number, place, leaf, activities, _days(leaf, zone), zone, order)


def _days(leaf: Leaf, zone: ZoneInfo) -> Days:
    window = leaf.selection.window
    since = _BEGIN if window.since is None else _midnight(window.since, zone)
    if window.through is None:
        return Days(since)
    return Days(since, _end(window.through, 0, zone), _end(window.through, window.grace, zone))


def _end(through: date, grace: int, zone: ZoneInfo) -> int:
    """Give the moment at which a window is over; that of one through the last day that calendars have never comes."""
    try:
        return _midnight(through + timedelta(days=1 + grace), zone)
    except OverflowError:
        return _END


def _midnight(day: date, zone: ZoneInfo) -> int:
    return moment(datetime.combine(day, time.min, zone))
