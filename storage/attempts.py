"""Attempts: the state of somebody's try at a version, and every commit as it came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
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

attempts = Table(
    "attempts",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("version_id", Uuid, nullable=False),
    Column("created", Instant, nullable=False),
    Column("session", Integer, nullable=False),
    Column("last_commit", Integer, nullable=False),
    Column("values", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"]),
    ForeignKeyConstraint(["space_id", "version_id"], ["versions.space_id", "versions.id"]),
    Index(None, "space_id", "account_id", "version_id"),
)

commits = Table(
    "commits",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("attempt_id", Uuid, nullable=False),
    Column("session", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("received", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "attempt_id", "session", "n"),
    ForeignKeyConstraint(["space_id", "attempt_id"], ["attempts.space_id", "attempts.id"]),
)


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """Somebody's try at a version: its values as JSON, the session that may write, and the last commit of that session."""

    id: UUID
    account_id: UUID
    version_id: UUID
    session: int
    last_commit: int
    values: str


@dataclass(frozen=True, slots=True)
class CommitRow:
    """One commit as it came."""

    session: int
    n: int
    received: datetime
    payload: str


def begin(tx: Tx, attempt: AttemptRow, created: datetime) -> None:
    """Begin an attempt."""
    values = {
        "space_id": tx.space,
        "id": attempt.id,
        "account_id": attempt.account_id,
        "version_id": attempt.version_id,
        "created": created,
        "session": attempt.session,
        "last_commit": attempt.last_commit,
        "values": attempt.values,
    }
    tx.run(insert(attempts), values)


def find(tx: Tx, attempt_id: UUID) -> AttemptRow | None:
    """Find an attempt, and keep it from others until this transaction ends."""
    query = _attempt.where(attempts.c.space_id == tx.space, attempts.c.id == attempt_id)
    row = tx.run(query.with_for_update()).one_or_none()
    return None if row is None else AttemptRow(*row)


def newest(tx: Tx, account_id: UUID, version_id: UUID) -> AttemptRow | None:
    """Find somebody's newest attempt at a version."""
    query = _attempt.where(
        attempts.c.space_id == tx.space,
        attempts.c.account_id == account_id,
        attempts.c.version_id == version_id,
    )
    row = tx.run(query.order_by(attempts.c.created.desc()).limit(1).with_for_update()).one_or_none()
    return None if row is None else AttemptRow(*row)


def begin_session(tx: Tx, attempt_id: UUID, session: int) -> None:
    """Give the attempt to a new session; the earlier one may no longer write."""
    here = (attempts.c.space_id == tx.space) & (attempts.c.id == attempt_id)
    tx.run(update(attempts).where(here).values(session=session, last_commit=0))


def save(tx: Tx, attempt_id: UUID, commit: CommitRow, values: str) -> None:
    """Keep a commit as it came, and the state after it."""
    as_it_came = {"session": commit.session, "n": commit.n, "received": commit.received, "payload": commit.payload}
    tx.run(insert(commits), {"space_id": tx.space, "attempt_id": attempt_id} | as_it_came)
    here = (attempts.c.space_id == tx.space) & (attempts.c.id == attempt_id)
    tx.run(update(attempts).where(here).values(last_commit=commit.n, values=values))


def list_of(tx: Tx, account_id: UUID) -> list[AttemptRow]:
    """List somebody's attempts, newest first."""
    query = _attempt.where(attempts.c.space_id == tx.space, attempts.c.account_id == account_id)
    return [AttemptRow(*row) for row in tx.run(query.order_by(attempts.c.created.desc()))]


_attempt = select(
    attempts.c.id,
    attempts.c.account_id,
    attempts.c.version_id,
    attempts.c.session,
    attempts.c.last_commit,
    attempts.c["values"],
)
