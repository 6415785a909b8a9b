"""Accounts, and the two ways for a person to be somebody: a one-time link, a session. Secrets lie here only as hashes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    insert,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata


def _of_an_account() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"])


accounts = Table(
    "accounts",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("created", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)

links = Table(
    "links",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("used", Instant),
    PrimaryKeyConstraint("space_id", "hash"),
    _of_an_account(),
)

sessions = Table(
    "sessions",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("ended", Instant),
    PrimaryKeyConstraint("space_id", "hash"),
    _of_an_account(),
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Somebody in a space: a random id and what they may do. Names live elsewhere."""

    id: UUID
    role: str
    created: datetime


def add_account(tx: Tx, account: AccountRow) -> None:
    """Make an account in this space."""
    tx.run(insert(accounts), {"space_id": tx.space, "id": account.id, "role": account.role, "created": account.created})


def find_account(tx: Tx, account_id: UUID) -> AccountRow | None:
    """Find an account by its id."""
    row = tx.run(_account.where(accounts.c.space_id == tx.space, accounts.c.id == account_id)).one_or_none()
    return None if row is None else AccountRow(*row)


def first_account(tx: Tx, role: str) -> AccountRow | None:
    """Find the oldest account of a role."""
    query = _account.where(accounts.c.space_id == tx.space, accounts.c.role == role)
    row = tx.run(query.order_by(accounts.c.created, accounts.c.id).limit(1)).one_or_none()
    return None if row is None else AccountRow(*row)


def list_accounts(tx: Tx) -> list[AccountRow]:
    """List this space's accounts, oldest first."""
    query = _account.where(accounts.c.space_id == tx.space).order_by(accounts.c.created, accounts.c.id)
    return [AccountRow(*row) for row in tx.run(query)]


def add_link(tx: Tx, digest: bytes, account_id: UUID, expires: datetime) -> None:
    """Keep a one-time link by its hash."""
    tx.run(insert(links), {"space_id": tx.space, "hash": digest, "account_id": account_id, "expires": expires})


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A one-time link: whose it is, how long it holds, when it was used."""

    account_id: UUID
    expires: datetime
    used: datetime | None


def find_link(tx: Tx, digest: bytes) -> LinkRow | None:
    """Look at a link without using it."""
    query = select(links.c.account_id, links.c.expires, links.c.used)
    row = tx.run(query.where(links.c.space_id == tx.space, links.c.hash == digest)).one_or_none()
    return None if row is None else LinkRow(*row)


def use_link(tx: Tx, digest: bytes, now: datetime) -> UUID | None:
    """Use a link up; of any number who press at once, one gets the account."""
    statement = (
        update(links)
        .where(links.c.space_id == tx.space, links.c.hash == digest, links.c.used.is_(None), links.c.expires > now)
        .values(used=now)
        .returning(links.c.account_id)
    )
    found: UUID | None = tx.run(statement).scalar_one_or_none()
    return found


def add_session(tx: Tx, digest: bytes, account_id: UUID, created: datetime, expires: datetime) -> None:
    """Begin a session, known by its hash."""
    values = {"hash": digest, "account_id": account_id, "created": created, "expires": expires}
    tx.run(insert(sessions), {"space_id": tx.space} | values)


def account_of_session(tx: Tx, digest: bytes, now: datetime) -> AccountRow | None:
    """Find whose session this is, if it still holds."""
    query = _account.join(
        sessions,
        (sessions.c.space_id == accounts.c.space_id) & (sessions.c.account_id == accounts.c.id),
    ).where(
        sessions.c.space_id == tx.space,
        sessions.c.hash == digest,
        sessions.c.ended.is_(None),
        sessions.c.expires > now,
    )
    row = tx.run(query).one_or_none()
    return None if row is None else AccountRow(*row)


def end_session(tx: Tx, digest: bytes, now: datetime) -> None:
    """End a session."""
    tx.run(update(sessions).where(sessions.c.space_id == tx.space, sessions.c.hash == digest).values(ended=now))


_account = select(accounts.c.id, accounts.c.role, accounts.c.created)
