"""Definitions that statements gave to activities: each different one is kept once, and a reader merges them in the order they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Column, Engine, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text, Uuid, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Instant, Space
from storage.database import Database, Tx
from storage.keys import key
from storage.schema import metadata

definitions = Table(
    "definitions",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("activity", Uuid, nullable=False),
    Column("hash", Uuid, nullable=False),
    Column("iri", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("first", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "activity", "hash"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """What one statement says an activity is; the body is JSON, `{}` where it only names the activity."""

    iri: str
    body: str


_kept: WeakKeyDictionary[Engine, set[tuple[int, Definition]]] = WeakKeyDictionary()
"""What this process knows to be in a database: nearly every definition comes with every statement."""

_REMEMBERED = 20_000


def all_kept(database: Database, space: int, given: Iterable[Definition]) -> bool:
    """Tell whether this process knows all of these to be in the database: then nothing is left to add."""
    kept = _kept.get(database.engine, set())
    return all((space, one) in kept for one in given)


def add(tx: Tx, given: Iterable[Definition], first: datetime) -> None:
    """Keep what is not known yet; in one order, so that two writers never wait for each other in a circle."""
    kept = _kept.setdefault(tx.connection.engine, set())
    new = sorted(one for one in set(given) if (tx.space, one) not in kept)
    if not new:
        return
    values = [
        {
            "space_id": tx.space,
            "activity": key(one.iri),
            "hash": key(one.body),
            "iri": one.iri,
            "body": one.body,
            "first": first,
        }
        for one in new
    ]
    insert = postgresql.insert if tx.postgresql else sqlite.insert
    tx.run(insert(definitions).on_conflict_do_nothing(), values)
    tx.afterwards.append(lambda: _remember(kept, ((tx.space, one) for one in new)))


def _remember(kept: set[tuple[int, Definition]], more: Iterable[tuple[int, Definition]]) -> None:
    if len(kept) > _REMEMBERED:
        kept.clear()
    kept.update(more)


def of(tx: Tx, iri: str) -> list[str]:
    """List the definitions of an activity, the earliest first."""
    query = select(definitions.c.body).where(definitions.c.space_id == tx.space, definitions.c.activity == key(iri))
    return list(tx.run(query.order_by(definitions.c.first, definitions.c.hash)).scalars())
