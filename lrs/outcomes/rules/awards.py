"""What follows from a verdict: an award, once; and a review by a person when what it rests on is gone. Nothing is taken silently."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from lrs.outcomes.rules.evaluate import Finding, judge
from lrs.outcomes.rules.facts import Fact
from lrs.outcomes.rules.plan import Plan
from lrs.outcomes.rules.state import State, state_of

Event = Fact | UUID
"""What a statement tells of a learner, or the statement that a voiding names."""


@dataclass(frozen=True, slots=True)
class Award:
    """A learner has met a version: by the statement that decided, or whose voiding did, and on what it rests."""

    decided: UUID
    evidence: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """An award does not rest on the record any more, since this statement is void; a person decides what becomes of it."""

    voided: UUID
    finding: Finding


@dataclass(frozen=True, slots=True)
class Change:
    """What a version would change: who would gain by it, and of whom it is true now and would not be any more."""

    gain: tuple[str, ...]
    lose: tuple[str, ...]


def follow(state: State, event: Event, award: Award | None) -> Award | Review | None:
    """Take in one event, in the order of the record, and say what follows.

    A state that is worn afterwards says nothing: it is made anew from the record, and whoever made it asks `settle`.
    """
    changed = state.void(event) if isinstance(event, UUID) else state.take(event)
    return settle(state, event, award) if changed and not state.worn else None


def settle(state: State, event: Event, award: Award | None) -> Award | Review | None:
    """Say what follows from a state that an event has changed: an award, the same award resting on something else, or a review."""
    if award is None:
        finding = judge(state)
        return Award(event if isinstance(event, UUID) else event.id, finding.evidence) if finding.met else None
    # Whatever else happens, an award rests on its evidence, and that is touched by nothing but a voiding.
    void = [each for each in award.evidence if each.hex in state.voided]
    if not void:
        return None
    finding = judge(state)
    if finding.met:
        return replace(award, evidence=finding.evidence)
    # Somebody is asked once, by the voiding that took the ground away.
    return Review(event, finding) if isinstance(event, UUID) and void == [event] else None


def dry_run(before: Plan | None, after: Plan, learners: Iterable[tuple[str, Iterable[Event]]]) -> Change:
    """Tell what a version would change for some learners, of each of whom everything is told; nothing follows from it."""
    gain, lose = list[str](), list[str]()
    for learner, events in learners:
        told = list(events)
        was, would = before is not None and _meets(before, told), _meets(after, told)
        if was != would:
            (gain if would else lose).append(learner)
    return Change(tuple(gain), tuple(lose))


def _meets(plan: Plan, events: list[Event]) -> bool:
    return judge(anew(plan, events)).met


def anew(plan: Plan, events: Iterable[Event]) -> State:
    """Make a state from all that is told of a learner; it is never worn, since what is void is known before the rest."""
    told = list(events)
    facts = [event for event in told if isinstance(event, Fact)]
    return state_of(plan, facts, [event for event in told if isinstance(event, UUID)])
