"""The keys that spaces sign certificates with. The secret halves lie here sealed; the public ones are for everybody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    select,
    text,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

issuing_keys = Table(
    "issuing_keys",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("number", Integer, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("since", Instant, nullable=False),
    Column("retired", Instant),
    Column("withdrawn", Instant),
    PrimaryKeyConstraint("space_id", "number"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key: since when it signs, until when it did, and from when on nothing is genuine any more that it signed."""

    number: int
    public: bytes
    sealed: bytes
    since: datetime
    retired: datetime | None = None
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublicRow:
    """What everybody may know of a key: whose it is, and whether what it signed is genuine."""

    slug: str
    name: str
    public: bytes
    retired: datetime | None
    withdrawn: datetime | None


def keys(tx: Tx) -> list[KeyRow]:
    """List a space's keys, the newest first."""
    query = select(*issuing_keys.c[1:]).where(issuing_keys.c.space_id == tx.space)
    return [KeyRow(*row) for row in tx.run(query.order_by(issuing_keys.c.number.desc()))]


def put(tx: Tx, key: KeyRow) -> None:
    """Keep a key, unless another one got its number meanwhile."""
    values = {"number": key.number, "public": key.public, "sealed": key.sealed, "since": key.since}
    tx.run(tx.insert(issuing_keys).values(space_id=tx.space, **values).on_conflict_do_nothing())


def retire(tx: Tx, now: datetime) -> None:
    """Let none of the keys there are sign any more."""
    which = update(issuing_keys).where(issuing_keys.c.space_id == tx.space, issuing_keys.c.retired.is_(None))
    tx.run(which.values(retired=now))


def withdraw(tx: Tx, number: int, now: datetime) -> bool:
    """Let nothing be genuine any more that a key signed; tell whether there is such a key."""
    which = update(issuing_keys).where(issuing_keys.c.space_id == tx.space, issuing_keys.c.number == number)
    tx.run(which.where(issuing_keys.c.retired.is_(None)).values(retired=now))
    return bool(tx.run(which.values(withdrawn=now)).rowcount)


def everybodys(tx: Tx) -> list[PublicRow]:
    """List the public keys of all spaces: whoever checks a certificate needs them."""
    query = text(_OF_ALL_NARROWLY if tx.postgresql else _OF_ALL).columns(retired=Instant, withdrawn=Instant)
    return [PublicRow(*row) for row in tx.run(query)]


_OF_ALL_NARROWLY = "select slug, name, public, retired, withdrawn from haidang_issuing_keys() order by slug, number"
_OF_ALL = """
    select slug, name, public, retired, withdrawn
    from issuing_keys join spaces on spaces.id = space_id order by slug, number
"""
