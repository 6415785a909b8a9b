"""The versions that are followed in a space, and which a statement can touch: an index in memory, made once for a set of versions."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import orjson

from lrs.outcomes.entry import wants
from lrs.outcomes.rules import language, reading
from lrs.outcomes.rules.facts import Fact
from lrs.outcomes.rules.language import Confirmed
from lrs.outcomes.rules.plan import Plan, plan
from storage import rules
from storage.database import Tx
from storage.rules import VersionRow

_REMEMBERED = 200
"""Spaces: there are ninety, and a version takes two kilobytes."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A version that is followed, ready."""

    id: UUID
    rule_id: UUID
    plan: Plan

    @property
    def confirmable(self) -> bool:
        """Whether others have a say in it."""
        return any(isinstance(watch.leaf, Confirmed) for watch in self.plan.watches)


def followed(row: VersionRow) -> Followed:
    """Get a version ready."""
    tags: Mapping[str, list[str]] = orjson.loads(row.tags)
    rule = language.resolved(reading.parse(row.body), {tag: tuple(tags[tag]) for tag in tags})
    return Followed(row.id, row.rule_id, plan(rule, row.zone))


class InForce:
    """All versions that are followed in a space."""

    def __init__(self, versions: Iterable[Followed]) -> None:
        self.versions = {each.id: each for each in versions}
        named = {activity for each in self.versions.values() for activity in each.plan.by_activity}
        self._anywhere = tuple(each for each in self.versions.values() if each.plan.anywhere)
        self._about: dict[str, tuple[Followed, ...]] = dict.fromkeys(named, ())
        for each in self.versions.values():
            for activity in named if each.plan.anywhere else each.plan.by_activity:
                self._about[activity] += (each,)
        self._touching: dict[tuple[str | None, str], bool] = {}
        self.confirmable = any(each.confirmable for each in self.versions.values())
        asked = [watch.leaf.selection.verbs for each in self.versions.values() for watch in each.plan.watches]
        self.verbs = frozenset[str]().union(*asked) if all(asked) else None
        """All verbs with which a statement can count; None is any."""

    def touch(self, activity: str | None, verb: str) -> bool:
        """Tell whether a statement can be of any use, by its activity and its verb alone."""
        known = self._touching.get((activity, verb))
        if known is None:
            if len(self._touching) > _MANY:
                self._touching.clear()
            known = self._touching[activity, verb] = any(
                not watch.leaf.selection.verbs or verb in watch.leaf.selection.verbs
                for each in self._candidates(activity)
                for watch in each.plan.watches
                if watch.activities is None or activity in watch.activities
            )
        return known

    def touched(self, fact: Fact) -> list[Followed]:
        """List the versions for which a fact counts."""
        return [each for each in self._candidates(fact.activity) if wants(each.plan, fact)]

    def _candidates(self, activity: str | None) -> tuple[Followed, ...]:
        return self._anywhere if activity is None else self._about.get(activity, self._anywhere)


def ready(row: VersionRow) -> Followed:
    """Get a version ready, or give it as it was got ready for those who follow."""
    return next((one.versions[row.id] for one in [*_kept.values()] if row.id in one.versions), None) or followed(row)


_MANY = 100_000
_kept: OrderedDict[int, InForce] = OrderedDict()


def in_force(tx: Tx) -> InForce:
    """Give what is followed in the space of a transaction; each version is read once, and of the others nothing is done again."""
    ids, before = rules.in_force(tx), _kept.get(tx.space)
    if before is None or [*before.versions] != ids:
        known = before.versions if before is not None else {}
        new = {row.id: followed(row) for row in rules.versions(tx, [each for each in ids if each not in known])}
        before = InForce([new[each] if each in new else known[each] for each in ids])
        _kept[tx.space] = before
    with suppress(KeyError):  # another thread may just have let go of it
        _kept.move_to_end(tx.space)
    while len(_kept) > _REMEMBERED:
        _kept.popitem(last=False)
    return before
