"""The audit log: who did what to whom, and who looked at whose identity. It is only ever added to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    func,
    insert,
    literal,
    select,
    tuple_,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

audit = Table(
    "audit",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", Uuid),
    Column("act", Text, nullable=False),
    Column("subject_id", Uuid),
    Column("detail", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "at", "id"),
    Index(None, "space_id", "subject_id", "at"),
)


@dataclass(frozen=True, slots=True)
class DeedRow:
    """One deed: nobody as its actor is the service itself or its command line; the detail is JSON without personal data."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    act: str
    subject_id: UUID | None
    detail: str


def add(tx: Tx, deeds: Iterable[DeedRow]) -> None:
    """Write deeds down."""
    rows = [
        {
            "space_id": tx.space,
            "id": deed.id,
            "at": deed.at,
            "actor_id": deed.actor_id,
            "act": deed.act,
            "subject_id": deed.subject_id,
            "detail": deed.detail,
        }
        for deed in deeds
    ]
    if rows:
        tx.run(insert(audit), rows)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deeds are asked for: about somebody, by somebody, of some kinds; all, if nothing is said."""

    subject: UUID | None = None
    actor: UUID | None = None
    acts: tuple[str, ...] = ()


def page(
    tx: Tx, wanted: Wanted, most: int, *, after: tuple[datetime, UUID] | None = None, oldest: bool = False
) -> list[DeedRow]:
    """Give the newest deeds of those asked for, or the oldest, from a place on."""
    query = _deed.where(audit.c.space_id == tx.space)
    if after is not None:
        here, place = tuple_(audit.c.at, audit.c.id), tuple_(literal(after[0], Instant), literal(after[1], Uuid))
        query = query.where(here > place if oldest else here < place)
    if wanted.subject is not None:
        query = query.where(audit.c.subject_id == wanted.subject)
    if wanted.actor is not None:
        query = query.where(audit.c.actor_id == wanted.actor)
    if wanted.acts:
        query = query.where(audit.c.act.in_(wanted.acts))
    newest = (audit.c.at.desc(), audit.c.id.desc())
    query = query.order_by(*((audit.c.at, audit.c.id) if oldest else newest)).limit(most)
    return [DeedRow(*row) for row in tx.run(query)]


def count_since(tx: Tx, moment: datetime, act: str) -> int:
    """Count the deeds of a kind from a moment on."""
    query = select(func.count()).select_from(audit)
    here = audit.c.space_id == tx.space
    return int(tx.run(query.where(here, audit.c.at >= moment, audit.c.act == act)).scalar_one())


_deed = select(audit.c.id, audit.c.at, audit.c.actor_id, audit.c.act, audit.c.subject_id, audit.c.detail)
