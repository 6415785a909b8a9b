"""Definitions that statements gave to activities: each different one is kept once, and a reader merges them in the order they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text, Uuid, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Instant, Space
from storage.database import Tx
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


def add(tx: Tx, given: Iterable[Definition], first: datetime) -> None:
    """Keep what is not known yet; in one order, so that two writers never wait for each other in a circle."""
    values = [
        {
            "space_id": tx.space,
            "activity": key(one.iri),
            "hash": key(one.body),
            "iri": one.iri,
            "body": one.body,
            "first": first,
        }
        for one in sorted(set(given))
    ]
    if values:
        insert = postgresql.insert if tx.postgresql else sqlite.insert
        tx.run(insert(definitions).on_conflict_do_nothing(), values)


def of(tx: Tx, iri: str) -> list[str]:
    """List the definitions of an activity, the earliest first."""
    query = select(definitions.c.body).where(definitions.c.space_id == tx.space, definitions.c.activity == key(iri))
    return list(tx.run(query.order_by(definitions.c.first, definitions.c.hash)).scalars())
