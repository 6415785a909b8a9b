"""Judging: a state in, for each node of the rule what it needs, what there is, and the statements that show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from lrs.outcomes.rules.language import Confirmed, Count, Did, Duration, Group, Rule, Score
from lrs.outcomes.rules.plan import ANYTHING, Entry, Watch
from lrs.outcomes.rules.state import State

MINUTE = 60_000
"""Milliseconds."""


class Worn(ValueError):
    """A state out of which nothing can be concluded any more: it has to be made anew from the record."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found at one node of a rule."""

    place: str
    node: Rule
    need: float
    have: float
    shown: tuple[str, ...]
    """The ids of the statements that count, those that decide and no more; in the order of the parts, and among them the earliest first.

    As 32 digits each: whoever only wants a verdict should not pay for UUIDs.
    """
    parts: "tuple[Finding, ...]" = ()
    activity: str | None = None
    """The one that a part of a condition is about, where the condition asks something of each of several."""

    @property
    def evidence(self) -> tuple[UUID, ...]:
        """The statements that show it."""
        return tuple(map(UUID, self.shown))

    @property
    def met(self) -> bool:
        """Whether there is as much as is needed."""
        return self.need <= self.have


def judge(state: State) -> Finding:
    """Judge what is known of a learner; Worn if the state cannot tell."""
    if state.worn:
        raise Worn
    watches = iter(state.plan.watches)
    return _judge(state.plan.rule, "", state, lambda: next(watches))


def _judge(node: Rule, place: str, state: State, following: Callable[[], Watch]) -> Finding:
    """Judge a node; the conditions are met in the order in which the plan has them."""
    if not isinstance(node, Group):
        watch = following()
        return _LEAVES[type(node)](watch, state.kept[watch.number])
    parts = tuple(
        _judge(part, f"{place}{node.way}/{number}", state, following) for number, part in enumerate(node.parts)
    )
    return _together(place, node, node.need, parts)


def _together(place: str, node: Rule, need: int, parts: tuple[Finding, ...]) -> Finding:
    """Count the parts that are met; all their statements are evidence, and while they are too few, so is what others have so far."""
    met = [part for part in parts if part.met]
    shown = met if len(met) >= need else parts
    evidence = dict.fromkeys(each for part in shown for each in part.shown)
    return Finding(place, node, need, len(met), tuple(evidence), parts)


_Kept = Mapping[str, list[Entry]]


def _did(watch: Watch, kept: _Kept) -> Finding:
    return _of_each(watch, kept, lambda entry: (1, 0 if entry is None else 1))


def _score(watch: Watch, kept: _Kept) -> Finding:
    need = watch.leaf.at_least if isinstance(watch.leaf, Score) else 0.0
    return _of_each(watch, kept, lambda entry: (need, 0.0 if entry is None else max(entry[3] or 0.0, 0.0)))


def _of_each(watch: Watch, kept: _Kept, look: Callable[[Entry | None], tuple[float, float]]) -> Finding:
    """Ask the same of each activity; of one alone it is asked of the condition itself."""
    activities = watch.leaf.selection.activities
    several = activities is not None and len(activities) > 1
    parts = []
    for activity in activities or (ANYTHING,):  # of a tag that nothing carried one thing is asked, which nobody has
        entries = kept.get(activity)
        first = entries[0] if entries else None
        need, have = look(first)
        shown = () if first is None else (first[2],)
        parts.append(Finding(watch.place, watch.leaf, need, have, shown, activity=activity if several else None))
    return parts[0] if len(parts) == 1 else _together(watch.place, watch.leaf, len(parts), tuple(parts))


def _duration(watch: Watch, kept: _Kept) -> Finding:
    need = watch.leaf.minutes * MINUTE if isinstance(watch.leaf, Duration) else 0
    visits = sorted(entries[0] for entries in kept.values())
    sums = [int(total) for total in accumulate(visit[3] or 0 for visit in visits)]
    enough = sum(total < need for total in sums) + 1
    return Finding(watch.place, watch.leaf, need, sums[-1] if sums else 0, _ids(visits[:enough]))


def _count(watch: Watch, kept: _Kept) -> Finding:
    need = watch.leaf.at_least if isinstance(watch.leaf, Count | Confirmed) else 0
    firsts = sorted(entries[0] for entries in kept.values())
    return Finding(watch.place, watch.leaf, need, len(firsts), _ids(firsts[:need]))


def _ids(entries: list[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry[2] for entry in entries))


_LEAVES: Mapping[type, Callable[[Watch, _Kept], Finding]] = {
    Did: _did,
    Score: _score,
    Duration: _duration,
    Count: _count,
    Confirmed: _count,
}
