"""What outlives a learner's attempts: the objectives and stores that packages want global.

An attempt takes them over when it begins or goes on, and gives back what it has changed and no more: another course may have changed the
rest meanwhile.
"""

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from player.sequencing import sequencer
from player.sequencing.tracking import NOTHING, Progress, State
from player.sequencing.tree import Tree
from storage import claims, sequences
from storage.database import Tx

_MEMBERS = tuple(one.name for one in fields(Progress))


def taken_over(tx: Tx, account_id: UUID, tree: Tree) -> State:
    """Give what other attempts and courses have left to this one."""
    if not (tree.objectives_global or tree.shared_data_global):
        return State()
    return sequencer.left_over(tree, _read(sequences.carried_by(tx, _person(tx, account_id))))


def give_back(tx: Tx, account_id: UUID, before: State, after: State) -> None:
    """Keep what a request has changed."""
    if changed(before, before, after) == before:
        return
    person = _person(tx, account_id)
    stands = _read(sequences.hold_carried(tx, person))
    becomes = changed(stands, before, after)
    if becomes != stands:
        sequences.carry(tx, person, json.dumps(becomes.to_json(), ensure_ascii=True))


def changed(stands: State, before: State, after: State) -> State:
    """Put what is otherwise after than before over what stands, member by member."""
    objectives = dict(stands.objectives)
    for name, progress in after.objectives.items():
        news = _news(before.objectives.get(name, NOTHING), progress)
        if news:
            objectives[name] = replace(objectives.get(name, NOTHING), **news)
    stores = {name: value for name, value in after.stores.items() if before.stores.get(name) != value}
    return replace(stands, objectives=objectives, stores={**stands.stores, **stores})


def _news(was: Progress, now: Progress) -> dict[str, Any]:
    return {name: getattr(now, name) for name in _MEMBERS if getattr(now, name) != getattr(was, name)}


def _read(values: Iterable[str]) -> State:
    found = State()
    for value in values:
        found = sequencer.merged(found, State.from_json(json.loads(value)))
    return found


def _person(tx: Tx, account_id: UUID) -> UUID:
    """Name whom an attempt belongs to by now: who goes on with what a guest began is no guest any more."""
    return claims.owner_of(tx, account_id) or account_id
