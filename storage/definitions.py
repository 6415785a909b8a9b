"""Definitions that statements gave to activities: each different one is kept once, and a reader merges them in the order they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Column, Engine, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text, Uuid, select

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


_kept: WeakKeyDictionary[Engine, set[tuple[int, Definition]]] = WeakKeyDictionary()
"""What this process knows to be in a database: nearly every definition comes with every statement."""

_REMEMBERED = 20_000


def unknown(tx: Tx, given: Iterable[Definition]) -> list[Definition]:
    """Name those that this process does not know to be kept; in one order, so that two writers never wait for each other in a circle."""
    kept = _kept.setdefault(tx.connection.engine, set())
    return sorted(one for one in set(given) if (tx.space, one) not in kept)


def columns(one: Definition) -> dict[str, Any]:
    """Write what a row says of a definition, but for whose and when."""
    return {"activity": key(one.iri), "hash": key(one.body), "iri": one.iri, "body": one.body}


def add(tx: Tx, given: Iterable[Definition], first: datetime) -> None:
    """Keep what is not known yet."""
    new = unknown(tx, given)
    if not new:
        return
    values = [columns(one) | {"space_id": tx.space, "first": first} for one in new]
    tx.run(tx.insert(definitions).on_conflict_do_nothing(), values)
    remember(tx, new)


def remember(tx: Tx, new: Iterable[Definition]) -> None:
    """Know these from now on, if the transaction ends well."""
    kept = _kept.setdefault(tx.connection.engine, set())
    tx.afterwards.append(lambda: _remember(kept, ((tx.space, one) for one in new)))


def _remember(kept: set[tuple[int, Definition]], more: Iterable[tuple[int, Definition]]) -> None:
    if len(kept) > _REMEMBERED:
        kept.clear()
    kept.update(more)


def of_some(tx: Tx, iris: Iterable[str]) -> dict[str, list[str]]:
    """List the definitions of some activities, of each the earliest first."""
    query = select(definitions.c.iri, definitions.c.body).where(
        definitions.c.space_id == tx.space, definitions.c.activity.in_([key(iri) for iri in iris])
    )
    found: dict[str, list[str]] = {}
    for iri, body in tx.run(query.order_by(definitions.c.first, definitions.c.hash)):
        found.setdefault(iri, []).append(body)
    return found


def of(tx: Tx, iri: str) -> list[str]:
    """List the definitions of an activity, the earliest first."""
    query = select(definitions.c.body).where(definitions.c.space_id == tx.space, definitions.c.activity == key(iri))
    return list(tx.run(query.order_by(definitions.c.first, definitions.c.hash)).scalars())
