"""Keys of other programs: what each is made for. Secrets lie here only as hashes; what changes with each use lies in storage/usage.py."""

from collections.abc import Iterable
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
    insert,
    or_,
    select,
    text,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

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
    Column("kind", Text, nullable=False, server_default=text("'server'")),
    Column("origins", Text),
    Column("actor", Text),
    Column("registration", Uuid),
    Column("rate", Integer),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)
Index(
    None,
    credentials.c.expires,
    postgresql_where=credentials.c.origins.is_not(None),
    sqlite_where=credentials.c.origins.is_not(None),
)


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A key for another program; scopes and origins are lists in JSON, the actor is its identifier as one text."""

    space_id: int
    id: UUID
    key: str
    secret_hash: bytes
    scopes: str
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    kind: str
    origins: str | None = None
    actor: str | None = None
    registration: UUID | None = None
    rate: int | None = None


def add(tx: Tx, credential: CredentialRow) -> None:
    """Keep a key and the hash of its secret."""
    values = {column.name: getattr(credential, column.name) for column in _credential}
    tx.run(insert(credentials), values | {"space_id": tx.space})


def revoke(tx: Tx, key: str, now: datetime) -> bool:
    """Take a key back; say whether this space had it."""
    of_key = (credentials.c.space_id == tx.space) & (credentials.c.key == key) & credentials.c.revoked.is_(None)
    return tx.run(update(credentials).where(of_key).values(revoked=now)).rowcount == 1


def listed(tx: Tx, *kinds: str) -> list[CredentialRow]:
    """List this space's keys, of some kinds or of all, oldest first."""
    query = select(*_credential).where(credentials.c.space_id == tx.space).order_by(credentials.c.created)
    if kinds:
        query = query.where(credentials.c.kind.in_(kinds))
    return [CredentialRow(*row) for row in tx.run(query)]


def names(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Tell what some of this space's keys are called: each launch of a lesson has one, so that nobody lists them all for a few."""
    query = select(credentials.c.id, credentials.c.key).where(credentials.c.space_id == tx.space)
    return {row[0]: row[1] for row in tx.run(query.where(credentials.c.id.in_([*ids])))}


def find(tx: Tx, key: str) -> CredentialRow | None:
    """Find a key in whichever space it is: the key selects the space, so this comes before any space is set."""
    if tx.postgresql:
        columns = [column.name for column in _credential]
        query = select(text(", ".join(columns))).select_from(text("haidang_credential_by_key(:key)"))
        row = tx.run(query, {"key": key}).one_or_none()
    else:
        row = tx.run(select(*_credential).where(credentials.c.key == key)).one_or_none()
    return None if row is None else CredentialRow(*row)


def browser_origins(tx: Tx, now: datetime) -> list[str]:
    """List the origins that keys hold for, of all spaces: a browser asks before it sends a key."""
    if tx.postgresql:
        return list(tx.run(text("select origins from haidang_browser_origins(:now)"), {"now": now}).scalars())
    holds = or_(credentials.c.expires.is_(None), credentials.c.expires > now)
    query = select(credentials.c.origins).distinct()
    return list(
        tx.run(query.where(credentials.c.origins.is_not(None), credentials.c.revoked.is_(None), holds)).scalars()
    )


_credential = tuple(credentials.c)
