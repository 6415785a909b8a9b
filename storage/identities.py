"""What is known of people, sealed, and the blind indexes by which they are found: no name without a key (docs/people.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.errors import Taken
from storage.people import of_an_account
from storage.schema import metadata

identities = Table(
    "identities",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("changed", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "account_id"),
    of_an_account(),
    Index(None, "space_id", "key_id"),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("kind", Text, nullable=False),
    Column("blind", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    PrimaryKeyConstraint("space_id", "kind", "blind"),
    ForeignKeyConstraint(["space_id", "account_id"], ["identities.space_id", "identities.account_id"]),
    Index(None, "space_id", "account_id"),
)

name_tokens = Table(
    "name_tokens",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    PrimaryKeyConstraint("space_id", "token", "account_id"),
    ForeignKeyConstraint(["space_id", "account_id"], ["identities.space_id", "identities.account_id"]),
    Index(None, "space_id", "account_id"),
)


@dataclass(frozen=True, slots=True)
class SealedRow:
    """An identity that nobody can read, and the number of the key that can."""

    account_id: UUID
    key_id: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Indexes:
    """What an identity is found by: identifiers by kind, and the words of its name."""

    identifiers: Sequence[tuple[str, bytes]]
    tokens: Iterable[bytes]


def put(tx: Tx, row: SealedRow, indexes: Indexes, now: datetime) -> None:
    """Keep an identity in place of what was known of this account; Taken names a kind of identifier that is another's."""
    known = {"key_id": row.key_id, "sealed": row.sealed, "changed": now}
    here = {"space_id": tx.space, "account_id": row.account_id}
    tx.run(
        tx.insert(identities)
        .values(here | known)
        .on_conflict_do_update(index_elements=["space_id", "account_id"], set_=known)
    )
    for table in (identifiers, name_tokens):
        tx.run(delete(table).where(table.c.space_id == tx.space, table.c.account_id == row.account_id))
    blinds = [here | {"kind": kind, "blind": blind} for kind, blind in indexes.identifiers]
    if blinds:
        query = tx.insert(identifiers).values(blinds).on_conflict_do_nothing().returning(identifiers.c.kind)
        kept = set(tx.run(query).scalars())
        if taken := [kind for kind, _ in indexes.identifiers if kind not in kept]:
            raise Taken(taken[0])
    tokens = [here | {"token": token} for token in sorted(indexes.tokens)]
    if tokens:
        tx.run(insert(name_tokens), tokens)


def forget(tx: Tx, account_id: UUID) -> None:
    """Forget who somebody is."""
    for table in (identifiers, name_tokens, identities):
        tx.run(delete(table).where(table.c.space_id == tx.space, table.c.account_id == account_id))


def find(tx: Tx, account_ids: Iterable[UUID]) -> list[SealedRow]:
    """Find what is known of these accounts."""
    query = _sealed.where(identities.c.space_id == tx.space, identities.c.account_id.in_([*account_ids]))
    return [SealedRow(*row) for row in tx.run(query)]


def some(tx: Tx) -> tuple[int, SealedRow] | None:
    """Give any identity there is, with its space; the owner of the tables sees those of all spaces."""
    query = select(identities.c.space_id, identities.c.account_id, identities.c.key_id, identities.c.sealed)
    row = tx.run(query.order_by(identities.c.changed.desc()).limit(1)).one_or_none()
    return None if row is None else (row[0], SealedRow(*row[1:]))


def owners(tx: Tx, kind: str, blinds: Iterable[bytes]) -> set[UUID]:
    """Tell whose an identifier is; it may be kept under several keys while they are changed."""
    query = select(identifiers.c.account_id).where(
        identifiers.c.space_id == tx.space, identifiers.c.kind == kind, identifiers.c.blind.in_([*blinds])
    )
    return set(tx.run(query).scalars())


def sealed_with_others(tx: Tx, key_id: int, most: int) -> list[SealedRow]:
    """List some identities that another key than this has sealed, and hold them until they are sealed anew."""
    query = _sealed.where(identities.c.space_id == tx.space, identities.c.key_id != key_id).limit(most)
    return [SealedRow(*row) for row in tx.run(query.with_for_update())]


_sealed = select(identities.c.account_id, identities.c.key_id, identities.c.sealed)
