"""Which guest turned out to be whom: a row for each, written once (docs/people.md, Claiming)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Column,
    CompoundSelect,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Uuid,
    cast,
    select,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

claims = Table(
    "claims",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("guest_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "guest_id"),
    ForeignKeyConstraint(["space_id", "guest_id"], ["accounts.space_id", "accounts.id"]),
    ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"]),
    Index(None, "space_id", "account_id"),
)


def add(tx: Tx, guest_id: UUID, account_id: UUID, now: datetime) -> bool:
    """Say that a guest was somebody; of any number who say so, the first one holds, and the others are told so."""
    query = tx.insert(claims).values(space_id=tx.space, guest_id=guest_id, account_id=account_id, at=now)
    return tx.run(query.on_conflict_do_nothing().returning(claims.c.guest_id)).one_or_none() is not None


def selves(space: BindParameter[int], account: BindParameter[UUID]) -> CompoundSelect[tuple[UUID]]:
    """Ask for an account and all guests that it was: what tells how far somebody has come asks for these."""
    return select(cast(account, Uuid)).union_all(
        select(claims.c.guest_id).where(claims.c.space_id == space, claims.c.account_id == account)
    )


def owners(tx: Tx, guest_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Tell who some guests turned out to be."""
    query = select(claims.c.guest_id, claims.c.account_id).where(claims.c.space_id == tx.space)
    return {row[0]: row[1] for row in tx.run(query.where(claims.c.guest_id.in_([*guest_ids])))}


def guests_of(tx: Tx, account_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """List the guests that some people were, each with the person."""
    query = select(claims.c.guest_id, claims.c.account_id).where(claims.c.space_id == tx.space)
    return [(row[0], row[1]) for row in tx.run(query.where(claims.c.account_id.in_([*account_ids])))]


def owner_of(tx: Tx, guest_id: UUID) -> UUID | None:
    """Tell who a guest turned out to be."""
    query = select(claims.c.account_id).where(claims.c.space_id == tx.space, claims.c.guest_id == guest_id)
    found: UUID | None = tx.run(query).scalar_one_or_none()
    return found
