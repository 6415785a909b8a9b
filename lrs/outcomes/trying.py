"""Trying a rule before it holds: who would gain by it, and who has what it would not give; nothing follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lrs.outcomes import stories, versions
from lrs.outcomes.follower import NAME
from lrs.outcomes.in_force import InForce, followed
from lrs.outcomes.persons import Persons
from lrs.outcomes.remaking import TOGETHER
from lrs.outcomes.rules.awards import anew
from lrs.outcomes.rules.evaluate import judge
from lrs.sealing import KeyRing
from storage import awards, cursors, remakings
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule would change."""

    gain: tuple[UUID, ...]
    lose: tuple[UUID, ...]
    met: int
    """How many meet it, whatever they have."""
    learners: int
    """How many people were looked at."""


@dataclass(frozen=True, slots=True)
class Part(Tried):
    """What a rule would change for some learners, and the last of them, from whom it goes on."""

    last: UUID


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose rule is tried: where people's identifiers are opened, and how our accounts are called."""

    keys: KeyRing
    home_page: str


def dry_run(tx: Tx, ground: Ground, rule_id: UUID | None, body: dict[str, Any]) -> Tried:
    """Go through the record as if a rule said this; WrongRule if it cannot."""
    gain, lose, met, learners = list[UUID](), list[UUID](), 0, 0
    for part in parts(tx, ground, rule_id, body):
        gain += part.gain
        lose += part.lose
        met += part.met
        learners += part.learners
    return Tried(tuple(gain), tuple(lose), met, learners)


def parts(
    tx: Tx, ground: Ground, rule_id: UUID | None, body: dict[str, Any], after: UUID | None = None
) -> Iterator[Part]:
    """Go through the record some learners at a time, from one on, for whoever wants to stop in between."""
    row = versions.trial(tx, body, rule_id)
    version, upto = followed(row), cursors.read_cursor(tx, NAME)
    rules = InForce([version])
    while learners := remakings.learners(tx, after, TOGETHER):
        after = learners[-1]
        persons = Persons(tx, ground.keys, ground.home_page)  # of these fifty alone: memory does not grow
        told = stories.of(tx, persons, learners, upto, rules)
        held = awards.holders(tx, row.rule_id, learners)
        # Whoever only asks for the verdict judges once, and not after each statement as those do who look for the one that decided.
        states = {each: anew(version.plan, (one.event for one in story)) for each, story in told.items()}
        meets = {each for each, state in states.items() if judge(state).met}
        gain = tuple(each for each in learners if each in meets and each not in held)
        lose = tuple(each for each in learners if each in held and each not in meets)
        yield Part(gain, lose, len(meets), len(learners), after)
