"""The same rules by the simplest means: everything is kept, filtered and sorted at each question. States are held against it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lrs.outcomes.rules.facts import Fact, moment
from lrs.outcomes.rules.language import Confirmed, Count, Did, Duration, Group, Leaf, Rule, Score
from tests.lrs.outcomes.rules.made import ZONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

WHERE = ZoneInfo(ZONE)


def verdict(rule: Rule, facts: list[Fact]) -> tuple[float, float]:
    """Say what a rule needs, and what there is of it."""
    if isinstance(rule, Group):
        return rule.need, sum(_met(verdict(part, facts)) for part in rule.parts)
    good = sorted(
        (each for each in facts if _counts(rule, each)), key=lambda each: (each.stored, each.timestamp, each.id)
    )
    activities = rule.selection.activities
    if isinstance(rule, Did | Score) and activities is not None and len(activities) > 1:
        each = [_one(rule, [fact for fact in good if fact.activity == one]) for one in activities]
        return len(each), sum(map(_met, each))
    return _one(rule, good)


def _met(found: tuple[float, float]) -> bool:
    return found[0] <= found[1]


def _one(leaf: Leaf, good: list[Fact]) -> tuple[float, float]:
    match leaf:
        case Did():
            return 1, min(len(good), 1)
        case Score():
            scores = [each.score for each in good if each.score is not None]
            chosen = {"best": max(scores), "last": scores[-1], "first": scores[0]}[leaf.which] if scores else 0.0
            return leaf.at_least, max(chosen, 0.0)
        case Duration():
            return leaf.minutes * 60_000, sum(each.duration or 0 for each in good)
        case Count():
            return leaf.at_least, len({_DIFFERENT[leaf.distinct](each) for each in good} - {None})
        case Confirmed():
            return leaf.at_least, len({each.confirmer for each in good if each.role in leaf.by})


_DIFFERENT: dict[str, Callable[[Fact], object]] = {
    "activity": lambda each: each.activity,
    "registration": lambda each: each.registration,
    "day": lambda each: _day(each.stored),
}


def _counts(leaf: Leaf, fact: Fact) -> bool:
    chosen = leaf.selection
    return all(
        (
            not chosen.verbs or fact.verb in chosen.verbs,
            chosen.activities is None or fact.activity in chosen.activities,
            not chosen.provenance or fact.provenance in chosen.provenance,
            not chosen.credentials or fact.credential in chosen.credentials,
            isinstance(leaf, Confirmed) == (fact.confirmer is not None),
            _in_time(leaf, fact),
        )
    )


def _in_time(leaf: Leaf, fact: Fact) -> bool:
    window = leaf.selection.window
    if window.since is not None and fact.stored < _midnight(window.since):
        return False
    if window.through is None:
        return True
    end = _midnight(window.through + timedelta(days=1))
    if fact.stored < end:
        return True
    in_time = fact.timestamp < end and (window.since is None or fact.timestamp >= _midnight(window.since))
    return in_time and fact.stored < _midnight(window.through + timedelta(days=1 + window.grace))


def _midnight(day: date) -> int:
    return moment(datetime.combine(day, time.min, WHERE))


def _day(stored: int) -> str:
    return str(datetime.fromtimestamp(stored / 1_000_000, WHERE).date())
