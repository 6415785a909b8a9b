"""The follower that turns statements into awards: a batch in, what follows from it out, in the transaction that moves the cursor."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import orjson

from lrs.outcomes import giving, stories
from lrs.outcomes.busy import Busy
from lrs.outcomes.entry import made
from lrs.outcomes.in_force import Followed, InForce, followed, in_force
from lrs.outcomes.ledger import Ledger, Wanted
from lrs.outcomes.persons import Persons
from lrs.outcomes.rules import facts
from lrs.outcomes.rules.facts import Fact, Kept, Told
from lrs.outcomes.rules.language import CONFIRM
from lrs.outcomes.rules.state import State
from lrs.outcomes.strangers import meet
from lrs.sealing import KeyRing
from lrs.xapi.references import VOIDED
from storage import awards, confirmers, cursors, history, remakings, rules
from storage.database import Tx
from storage.order import Position
from storage.statements import StatementRow

NAME = "outcomes"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens to one learner and one version: a fact, or the voiding of one."""

    version: Followed
    learner: UUID
    event: Fact | UUID
    row: StatementRow
    """The statement that says so."""


class Awards:
    """Ask the rules about each statement, keep what they have to remember, and give what has been earned."""

    name = NAME

    def __init__(self, home_page: str, keys: KeyRing) -> None:
        self._home_page = home_page
        self._keys = keys

    def follow(self, tx: Tx, rows: Sequence[StatementRow]) -> None:
        """Deal with some statements, in the transaction that also moves the cursor."""
        Batch(tx, rows, Persons(tx, self._keys, self._home_page)).follow()


class Batch:
    """Some statements in the order of the record, and what is known before the first of them."""

    def __init__(self, tx: Tx, rows: Sequence[StatementRow], persons: Persons) -> None:
        self._tx = tx
        self._rows = rows
        self._persons = persons
        self._rules = in_force(tx)
        self._busy = Busy(remakings.listed(tx))
        self._before = cursors.read_cursor(tx, NAME)
        self._number = {row.id: number for number, row in enumerate(rows)}
        self._ledger = Ledger(tx)

    def follow(self) -> None:
        """Look everything up that is needed, go through the statements one by one, and write."""
        heard = [(row, told) for row in self._rows if (told := self._hear(row)) is not None]
        named = {fact.learner for _, told in heard for fact in told.facts}
        self._persons.look_up({row.actor for row in self._rows} | named)
        meet(self._tx, self._persons, self._rows)
        heard = list(self._with_roles(heard))
        steps = [*self._steps(heard)]
        self._ledger.read(Wanted(step.version, step.learner) for step in steps)
        for step in steps:
            entry = self._ledger.entry(step.version.id, step.learner)
            stale = step.version.id not in self._rules.versions
            entry.take(step.event, step.row.stored, partial(self._again, step), stale=stale)
        giving.give(self._tx, self._persons.keys, self._ledger.write())

    def _hear(self, row: StatementRow) -> Told | None:
        """Read a statement that can be of any use; by its columns one sees of most that they are of none."""
        # Of whoever confirms, the role is written down, whether a rule asks for it today or in a year.
        if row.verb not in {VOIDED, CONFIRM} and not self._rules.touch(row.activity, row.verb):
            return None
        return facts.of(orjson.loads(row.payload), _kept(row))

    def _with_roles(self, heard: list[tuple[StatementRow, Told]]) -> Iterator[tuple[StatementRow, Told]]:
        """Say of those who confirm something who they are, and which role they have at this moment: it is written down for good."""
        who = self._persons.who
        confirming = {
            row.id: person for row, told in heard if len(told.facts) > 1 and (person := who(row.actor)) is not None
        }
        confirmers.note(self._tx, {each: self._persons.role(person) for each, person in confirming.items()})
        roles = confirmers.roles(self._tx, [row.id for row, told in heard if len(told.facts) > 1])
        for row, told in heard:
            yield row, stories.with_role(told, confirming.get(row.id), roles.get(row.id))

    def _steps(self, heard: Sequence[tuple[StatementRow, Told]]) -> Iterator[Step]:
        asked = {told.voids or row.id for row, told in heard if told.facts or told.voids is not None}
        gone = set(history.voidings(self._tx, asked, self._before))
        for row, told in heard:
            if told.voids is not None:
                if told.voids not in gone:
                    gone.add(told.voids)
                    yield from self._void(row, told.voids)
            elif row.id not in gone:
                yield from self._facts(row, told.facts)

    def _facts(self, row: StatementRow, told: Iterable[Fact]) -> Iterator[Step]:
        for fact in told:
            learner = self._persons.who(fact.learner)
            if learner is not None and fact.confirmer != str(learner):
                for version in self._rules.touched(fact):
                    if not self._busy.makes(version.id, learner):
                        yield Step(version, learner, fact, row)

    def _void(self, row: StatementRow, target: UUID) -> Iterator[Step]:
        """Leave a statement out that came before its voiding; one that comes later will not be taken in."""
        placed = history.find(self._tx, target)
        if placed is None or not self._is_before(placed, row):
            return
        told = facts.of(orjson.loads(placed[1].payload), _kept(placed[1]))
        self._persons.look_up(fact.learner for fact in told.facts)
        for fact in told.facts:
            learner = self._persons.who(fact.learner)
            if learner is None:
                continue
            touched = {each.id: each for each in self._rules.touched(fact)} | self._earlier(learner, target)
            yield from (
                Step(version, learner, target, row)
                for version in touched.values()
                if not self._busy.makes(version.id, learner)
            )

    def _earlier(self, learner: UUID, target: UUID) -> dict[UUID, Followed]:
        """List the versions that are followed no more, and by which somebody has an award that rests on a statement."""
        resting = [row.version_id for row in awards.of_account(self._tx, learner) if target in row.evidence]
        old = [each for each in resting if each not in self._rules.versions]
        return {row.id: followed(row) for row in rules.versions(self._tx, old)}

    def _is_before(self, placed: tuple[Position, StatementRow], row: StatementRow) -> bool:
        position, other = placed
        if other.id in self._number:
            return self._number[other.id] < self._number[row.id]
        return position <= self._before

    def _again(self, step: Step) -> State:
        """Make a state anew from the record, as far as the statement that is looked at."""
        placed = history.find(self._tx, step.row.id)
        upto = self._before if placed is None else placed[0]
        story = stories.of(self._tx, self._persons, [step.learner], upto, InForce([step.version]))
        return made(step.version.plan, story.get(step.learner, ())).state


def _kept(row: StatementRow) -> Kept:
    return Kept(row.id, row.stored, row.provenance, row.credential_id)
