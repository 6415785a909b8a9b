"""What is known of one learner and one version while events come in: the state, the award if there is one, and what has changed. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from lrs.outcomes.rules import awards
from lrs.outcomes.rules.awards import Award, Event, Review
from lrs.outcomes.rules.evaluate import Finding, judge
from lrs.outcomes.rules.facts import Fact
from lrs.outcomes.rules.language import Group
from lrs.outcomes.rules.plan import Plan
from lrs.outcomes.rules.state import State

WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """An award, and when the statement that decided was stored."""

    award: Award
    reached: datetime


@dataclass(slots=True)
class Entry:
    """One learner, one version."""

    state: State
    given: Given | None = None
    reviews: list[UUID] = field(default_factory=list)
    """The statements whose voiding left an award without ground."""
    closed: list[UUID] = field(default_factory=list)
    """Those among them after which it found ground again."""
    changed: bool = False
    new: bool = False
    """Whether the award was given just now."""
    rests_anew: bool = False
    again: bool = False
    """Whether a person has taken an earlier award back: it can be earned once more."""

    def take(self, event: Event, stored: datetime, again: Callable[[], State], *, stale: bool = False) -> None:
        """Take in one event, in the order of the record; `again` makes the state anew when it is worn, or was not followed any more."""
        before = None if self.given is None else self.given.award
        changed = self.state.void(event) if isinstance(event, UUID) else self.state.take(event)
        if not (changed or stale):
            return
        self.changed = True
        if self.state.worn or stale:
            self.state = again()
        follows = awards.settle(self.state, event, before)
        if isinstance(follows, Review):
            self.reviews.append(follows.voided)
        elif follows is not None and self.given is None:
            self.given, self.new = Given(follows, stored), True
        elif follows is not None and self.given is not None:
            self.given, self.rests_anew = replace(self.given, award=follows), True
            self.closed, self.reviews = [*self.closed, *self.reviews], []

    @property
    def empty(self) -> bool:
        """Whether nothing is known yet."""
        return not any(self.state.kept) and not self.state.voided


@dataclass(frozen=True, slots=True)
class Told:
    """Something that the record tells of a learner, and when it was stored."""

    event: Event
    stored: datetime


def wants(plan: Plan, fact: Fact) -> bool:
    """Tell whether a fact counts for any condition of a version."""
    return any(watch.wants(fact) for watch in plan.watching(fact))


def made(plan: Plan, story: Iterable[Told]) -> Entry:
    """Make all that is known of a learner from everything that was told, in the order of the record."""
    entry, so_far = Entry(State(plan)), list[Event]()
    gone, seen = set[UUID](), set[UUID]()
    for told in story:
        if isinstance(told.event, UUID):
            gone.add(told.event)
            if told.event not in seen:
                continue
        elif told.event.id in gone or not wants(plan, told.event):
            continue
        else:
            seen.add(told.event.id)
        so_far.append(told.event)
        entry.take(told.event, told.stored, lambda: awards.anew(plan, so_far))
    return entry


def done(finding: Finding) -> int:
    """Tell in thousandths how much of what is needed there is; all of it only where it is met."""
    return WHOLE if finding.met else min(WHOLE - 1, round(_share(finding) * WHOLE))


def _share(finding: Finding) -> float:
    if finding.met:
        return 1.0
    if not finding.parts:
        return 0.0 if isinstance(finding.node, Group) or not finding.need else max(0.0, finding.have / finding.need)
    best = sorted((_share(part) for part in finding.parts), reverse=True)[: int(finding.need)]
    return sum(best) / finding.need


def verdict(state: State) -> tuple[bool, int]:
    """Tell whether a version is met, and how far it is."""
    finding = judge(state)
    return finding.met, done(finding)
