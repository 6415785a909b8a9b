"""Actors who are nobody yet: counted while the record is followed, so that an administrator can say who they are."""

from collections.abc import Iterable
from typing import Any

import orjson

from lrs.outcomes.persons import Persons
from storage import actors
from storage.actors import StrangerRow
from storage.database import Tx
from storage.statements import StatementRow


def meet(tx: Tx, persons: Persons, rows: Iterable[StatementRow]) -> None:
    """Count the statements of actors who were looked up and are nobody."""
    by_actor: dict[str, list[StatementRow]] = {}
    for row in rows:
        if row.actor and persons.who(row.actor) is None and not persons.is_ours(row.actor):
            by_actor.setdefault(row.actor, []).append(row)
    met = [_met(persons, actor, said) for actor, said in by_actor.items() if not _is_group(said[0])]
    actors.meet(tx, sorted(met, key=lambda row: row.blind))


def _met(persons: Persons, actor: str, said: list[StatementRow]) -> StrangerRow:
    known = {"actor": actor, "name": _name(orjson.loads(said[-1].payload))}
    blind, (key_id, sealed) = persons.blind(actor), persons.seal_stranger(actor, orjson.dumps(known))
    stored = [row.stored for row in said]
    return StrangerRow(blind, key_id, sealed, len(said), min(stored), max(stored))


def _is_group(row: StatementRow) -> bool:
    """Tell whether the actor is several people: a group is nobody."""
    return bool(orjson.loads(row.payload)["actor"].get("objectType") == "Group")


def _name(said: dict[str, Any]) -> str:
    return str(said["actor"].get("name", ""))[:200]
