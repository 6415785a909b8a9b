"""Accounts, and the three ways to be somebody: a one-time link, a session, a key. Secrets lie here only as hashes."""

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
    text,
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

credentials = Table(
    "credentials",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant),
    Column("revoked", Instant),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Somebody in a space: a random id and what they may do. Names live elsewhere."""

    id: UUID
    role: str
    created: datetime


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A key for another program."""

    space_id: int
    id: UUID
    key: str
    secret_hash: bytes
    scopes: str
    expires: datetime | None
    revoked: datetime | None


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


def add_credential(tx: Tx, credential: CredentialRow, created: datetime) -> None:
    """Keep a key and the hash of its secret."""
    values = {
        "space_id": tx.space,
        "id": credential.id,
        "key": credential.key,
        "secret_hash": credential.secret_hash,
        "scopes": credential.scopes,
        "expires": credential.expires,
        "created": created,
    }
    tx.run(insert(credentials), values)


def revoke_credential(tx: Tx, key: str, now: datetime) -> bool:
    """Take a key back; say whether this space had it."""
    of_key = (credentials.c.space_id == tx.space) & (credentials.c.key == key) & credentials.c.revoked.is_(None)
    return tx.run(update(credentials).where(of_key).values(revoked=now)).rowcount == 1


def list_credentials(tx: Tx) -> list[CredentialRow]:
    """List this space's keys, oldest first."""
    query = select(*_credential).where(credentials.c.space_id == tx.space).order_by(credentials.c.created)
    return [CredentialRow(*row) for row in tx.run(query)]


def find_credential(tx: Tx, key: str) -> CredentialRow | None:
    """Find a key in whichever space it is: the key selects the space, so this comes before any space is set."""
    if tx.postgresql:
        columns = [column.name for column in _credential]
        query = select(text(", ".join(columns))).select_from(text("haidang_credential_by_key(:key)"))
        row = tx.run(query, {"key": key}).one_or_none()
    else:
        row = tx.run(select(*_credential).where(credentials.c.key == key)).one_or_none()
    return None if row is None else CredentialRow(*row)


_account = select(accounts.c.id, accounts.c.role, accounts.c.created)
_credential = (
    credentials.c.space_id,
    credentials.c.id,
    credentials.c.key,
    credentials.c.secret_hash,
    credentials.c.scopes,
    credentials.c.expires,
    credentials.c.revoked,
)
