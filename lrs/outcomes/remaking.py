"""Making anew: states and awards from the record, learner by learner, beside those who follow, a slice at a time (docs/rules.md).

A slice holds the follower's turn and reads as far as the follower has come. Those it has dealt with are followed from then on,
and the others are left alone by the follower: each statement is taken in once, by one of the two.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from lrs import metrics
from lrs.outcomes import giving, ledger, stories
from lrs.outcomes.entry import Entry, Given, Told, made
from lrs.outcomes.follower import NAME
from lrs.outcomes.in_force import Followed, InForce, followed, in_force
from lrs.outcomes.ledger import Pair
from lrs.outcomes.persons import Persons
from lrs.outcomes.rules.awards import Award
from lrs.outcomes.rules.evaluate import judge
from lrs.outcomes.rules.facts import Fact
from lrs.sealing import KeyRing
from storage import awards, cursors, remakings, reviews, rules, states
from storage.awards import AwardRow
from storage.database import Database, Tx
from storage.order import Position
from storage.remakings import RemakingRow

TOGETHER = 50
"""Learners who are read together: a page of the log for each would be fifty questions instead of one."""

SLICE = 0.2
"""Seconds after which those who follow have their turn."""


Tell = Callable[[Tx, Collection[UUID]], None]
"""Whoever sums up what people have reached: it is called in the same transaction, as a follower that comes after the rules is."""


def _nobody(_tx: Tx, _people: Collection[UUID]) -> None:
    """Sum up nothing."""


class Remaking:
    """Go through what is to be made anew, and tell those who sum it up."""

    name = "remaking"

    def __init__(self, home_page: str, keys: KeyRing, tell: Tell = _nobody) -> None:
        self._home_page = home_page
        self._keys = keys
        self._tell = tell

    def spaces(self, tx: Tx) -> list[int]:
        """Name the spaces in which there is something to do; asked before any space is set."""
        return remakings.spaces(tx)

    def work(self, database: Database, space: int) -> int:
        """Do a slice; count the learners."""
        with database.write(space) as tx:
            cursors.take_turn(tx, NAME)
            persons, upto = Persons(tx, self._keys, self._home_page), cursors.read_cursor(tx, NAME)
            entries = remakings.listed(tx, TOGETHER)
            people = {entry.id: entry.account_id for entry in entries if entry.account_id is not None}
            if people:
                return self._people(tx, persons, people, upto)
            return self._slice(tx, persons, entries[0], upto) if entries else 0

    def _people(self, tx: Tx, persons: Persons, people: Mapping[UUID, UUID], upto: Position) -> int:
        """Make everything anew for some people; somebody may have been asked for twice."""
        learners = list(dict.fromkeys(people.values()))
        make(tx, persons, in_force(tx), learners, upto)
        self._tell(tx, learners)  # all of them: what was a guest's is theirs now, or something was taken back
        remakings.finish(tx, people)
        return len(learners)

    def _slice(self, tx: Tx, persons: Persons, entry: RemakingRow, upto: Position) -> int:
        """Make a version anew for as many as there is time for."""
        until = time.monotonic() + SLICE
        version = InForce(followed(row) for row in rules.versions(tx, [entry.version_id] if entry.version_id else []))
        after, count = entry.after, 0
        while not count or time.monotonic() < until:
            learners = remakings.learners(tx, after, TOGETHER)
            if not learners:
                remakings.finish(tx, [entry.id])
                return count
            self._tell(tx, make(tx, persons, version, learners, upto))
            after, count = learners[-1], count + len(learners)
        if after is not None:
            remakings.go_on(tx, entry.id, after)
        return count


@dataclass(frozen=True, slots=True)
class Before:
    """What is kept of a version for some learners."""

    states: AbstractSet[UUID]
    awards: Mapping[UUID, AwardRow]
    asked: AbstractSet[UUID]
    """The statements because of whose voiding somebody has been asked."""


def make(tx: Tx, persons: Persons, those: InForce, learners: Sequence[UUID], upto: Position) -> set[UUID]:
    """Make some versions anew for some learners, from all that the record knows up to a place; name those who were given something."""
    given_now = set[UUID]()
    told = stories.of(tx, persons, learners, upto, those)
    for version in _concerned(tx, those, learners, told):
        before = Before(
            {*states.find(tx, version.id, learners)},
            given := awards.find(tx, version.id, learners),
            reviews.asked(tx, version.id, [*given]),
        )
        new = {each: made(version.plan, told.get(each, ())) for each in learners}
        giving.give(tx, persons.keys, ledger.write(tx, _written(new, before, version.id, told)))
        failing = [each for each, entry in new.items() if entry.given is None or entry.reviews]
        ledger.changed_for(tx, version, failing)
        given_now |= {each for each, entry in new.items() if entry.new}
    metrics.REMADE.inc(len(learners))
    return given_now


def _concerned(
    tx: Tx, those: InForce, learners: Sequence[UUID], told: Mapping[UUID, Sequence[Told]]
) -> Iterable[Followed]:
    """List the versions by which something may be said of some learners: of a thousand lessons somebody learns a few."""
    if len(those.versions) == 1:
        return those.versions.values()
    facts = [each.event for story in told.values() for each in story if isinstance(each.event, Fact)]
    touched = {version.id for fact in facts for version in those.touched(fact)}
    touched |= states.versions_of(tx, learners)
    held = awards.rules_of(tx, learners)
    return [each for each in those.versions.values() if each.id in touched or each.rule_id in held]


def _written(
    new: Mapping[UUID, Entry], before: Before, version: UUID, told: Mapping[UUID, Sequence[Told]]
) -> Iterator[tuple[Pair, Entry]]:
    for learner, entry in new.items():
        entry.changed = not entry.empty or learner in before.states
        if learner in before.awards:
            _hold_to(entry, before.awards[learner], told.get(learner, ()), before.asked)
        if entry.changed or entry.new:
            yield (version, learner), entry


def _hold_to(entry: Entry, row: AwardRow, story: Sequence[Told], asked: AbstractSet[UUID]) -> None:
    """Keep what was given before; if what it rested on is not there any more, it rests on what is, or a person is asked."""
    entry.new = entry.rests_anew = False
    entry.reviews, entry.closed = [], []
    entry.again = row.taken is not None
    finding = judge(entry.state)
    if entry.again:
        entry.new = finding.met
        return
    entry.given = Given(Award(row.decided, row.evidence), row.reached)
    there = {each.event.id for each in story if not isinstance(each.event, UUID)}
    void = {each.event for each in story if isinstance(each.event, UUID)}
    missing = [each for each in row.evidence if each not in there or each in void]
    if missing and finding.met:
        entry.given = Given(Award(row.decided, finding.evidence), row.reached)
        entry.rests_anew = True
    elif missing and not asked & {*missing}:
        entry.reviews = missing[:1]
