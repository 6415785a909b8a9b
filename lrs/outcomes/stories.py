"""What the record tells of some learners, in its order: what they did, what others confirmed of them, and what of it was voided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import orjson

from lrs.outcomes.entry import Told
from lrs.outcomes.in_force import InForce
from lrs.outcomes.persons import Persons
from lrs.outcomes.rules import facts
from lrs.outcomes.rules.facts import Fact, Kept
from lrs.outcomes.rules.language import CONFIRM
from storage import confirmers, history
from storage.database import Tx
from storage.history import Voiding
from storage.order import Position
from storage.statements import StatementRow

Story = list[Told]
_Placed = tuple[Position, Fact, datetime]
"""A fact, its place in the order, and when it was stored."""


def of(tx: Tx, persons: Persons, learners: Sequence[UUID], upto: Position, rules: InForce) -> dict[UUID, Story]:
    """Tell of some learners everything up to a place that some rules can ask for; of most there is nothing to tell."""
    actors = persons.actors_of(learners)
    said = history.of_actors(tx, [*actors], upto, rules.verbs)
    placed = [(place, row) for place, row in said if rules.touch(row.activity, row.verb)]
    others = history.of_others(tx, [*actors], CONFIRM, upto) if rules.confirmable else []
    roles = confirmers.roles(tx, [row.id for _, row in others])
    persons.look_up(row.actor for _, row in others)
    found: dict[UUID, list[_Placed]] = {}
    for place, row in {row.id: (place, row) for place, row in [*placed, *others]}.values():
        told = with_role(_told(row), persons.who(row.actor) if row.id in roles else None, roles.get(row.id))
        for fact in told.facts:
            learner = actors.get(fact.learner)
            if learner is not None and fact.confirmer != str(learner):
                found.setdefault(learner, []).append((place, fact, row.stored))
    # Of all of them at once: to ask for each learner took as long as to read what they said.
    void = history.voidings(tx, {fact.id: None for those in found.values() for _, fact, _ in those}, upto)
    return {learner: _in_order(those, void) for learner, those in found.items()}


def with_role(told: facts.Told, person: UUID | None, role: str | None) -> facts.Told:
    """Say of what somebody confirms who they are and which role they had; whoever is nobody here confirms as an actor."""
    if len(told.facts) < 2:  # noqa: PLR2004 - its own fact comes first, and then those about another
        return told
    own, *others = told.facts
    confirmer = str(person) if person is not None else own.learner
    return replace(told, facts=(own, *(replace(each, confirmer=confirmer, role=role) for each in others)))


def _told(row: StatementRow) -> facts.Told:
    return facts.of(orjson.loads(row.payload), Kept(row.id, row.stored, row.provenance, row.credential_id))


def _in_order(those: Sequence[_Placed], void: Mapping[UUID, Voiding]) -> Story:
    told = [(place, Told(fact, stored)) for place, fact, stored in those]
    gone = dict.fromkeys(fact.id for _, fact, _ in those if fact.id in void)
    told += [(void[each].position, Told(each, void[each].stored)) for each in gone]
    return [each for _, each in sorted(told, key=lambda one: one[0])]
