"""What it takes to come in: passwords, devices that were here before, and how often somebody has guessed wrong."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    case,
    delete,
    select,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import of_an_account
from storage.schema import metadata

passwords = Table(
    "passwords",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("hash", Text, nullable=False),
    Column("changed", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "account_id"),
    of_an_account(),
)

devices = Table(
    "devices",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "account_id", "hash"),
    of_an_account(),
)

# Who is named may be nobody: such a row belongs to a space, and to no account.
tries = Table(
    "tries",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("who", LargeBinary, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "who"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


def password_of(tx: Tx, account_id: UUID) -> str | None:
    """Give the hash of somebody's password."""
    query = select(passwords.c.hash).where(passwords.c.space_id == tx.space, passwords.c.account_id == account_id)
    found: str | None = tx.run(query).scalar_one_or_none()
    return found


def set_password(tx: Tx, account_id: UUID, hashed: str, now: datetime) -> None:
    """Keep the hash of a new password."""
    new = {"hash": hashed, "changed": now}
    query = tx.insert(passwords).values({"space_id": tx.space, "account_id": account_id} | new)
    tx.run(query.on_conflict_do_update(index_elements=["space_id", "account_id"], set_=new))


def forget_password(tx: Tx, account_id: UUID) -> None:
    """Forget somebody's password, as they have."""
    tx.run(delete(passwords).where(passwords.c.space_id == tx.space, passwords.c.account_id == account_id))


def know_device(tx: Tx, account_id: UUID, digest: bytes, now: datetime) -> None:
    """Remember that somebody has signed in on a device."""
    values = {"space_id": tx.space, "account_id": account_id, "hash": digest, "since": now}
    tx.run(tx.insert(devices).values(values).on_conflict_do_nothing())


def knows_device(tx: Tx, account_id: UUID, digest: bytes) -> bool:
    """Tell whether somebody has signed in on a device before."""
    here = (devices.c.space_id == tx.space) & (devices.c.account_id == account_id)
    return tx.run(select(devices.c.since).where(here, devices.c.hash == digest)).one_or_none() is not None


@dataclass(frozen=True, slots=True)
class Failures:
    """How often in a row, and when last."""

    count: int
    last: datetime


def hold(tx: Tx, who: bytes, now: datetime) -> None:
    """Keep others from counting for the same one until this transaction ends: of many guesses at once each finds those before it."""
    tx.run(tx.insert(tries).values(space_id=tx.space, who=who, failures=0, last=now).on_conflict_do_nothing())
    tx.run(select(tries.c.failures).where(tries.c.space_id == tx.space, tries.c.who == who).with_for_update())


def failures(tx: Tx, who: bytes) -> Failures | None:
    """Tell how often somebody has failed."""
    row = tx.run(
        select(tries.c.failures, tries.c.last).where(tries.c.space_id == tx.space, tries.c.who == who)
    ).one_or_none()
    return None if row is None else Failures(*row)


def fail(tx: Tx, who: bytes, now: datetime, since: datetime) -> int:
    """Count one failure more; those before `since` are forgotten, whoever's they are. It waits for who is counting the same."""
    tx.run(delete(tries).where(tries.c.space_id == tx.space, tries.c.last < since))
    query = tx.insert(tries).values(space_id=tx.space, who=who, failures=1, last=now)
    changed = query.on_conflict_do_update(
        index_elements=["space_id", "who"],
        set_={"failures": case((tries.c.last < since, 1), else_=tries.c.failures + 1), "last": now},
    )
    return int(tx.run(changed.returning(tries.c.failures)).scalar_one())


def succeed(tx: Tx, who: bytes) -> None:
    """Forget the failures of somebody."""
    tx.run(delete(tries).where(tries.c.space_id == tx.space, tries.c.who == who))
