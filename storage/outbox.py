"""The outbox: what is to be done outside the database, kept until somebody out there has taken it."""

from collections.abc import Iterable, Sequence
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
    delete,
    exists,
    func,
    select,
    text,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata
from storage.spaces import spaces

outbox = Table(
    "outbox",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("target", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("entered", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    PrimaryKeyConstraint("space_id", "target", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "target", "due"),
)

HELD = "held"
"""The error of what was not tried, since it waits together with what was."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be handed over: its id is the same at each attempt, so that who gets it twice can tell."""

    id: UUID
    kind: str
    body: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """How often an entry was tried, when it will be next, and by its kind the last error."""

    attempts: int
    due: datetime
    error: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a target, and since when."""

    count: int
    oldest: datetime | None


def put(tx: Tx, target: str, entries: Sequence[Entry], now: datetime) -> None:
    """Put entries in for a target, in the transaction of what they follow from; one that waits already waits once."""
    shared = {"space_id": tx.space, "target": target, "entered": now, "due": now, "attempts": 0}
    values = [shared | {"id": entry.id, "kind": entry.kind, "body": entry.body} for entry in entries]
    if values:
        tx.run(tx.insert(outbox).on_conflict_do_nothing(), values)


def due(tx: Tx, target: str, now: datetime, limit: int) -> list[Entry]:
    """List what is to be tried now, what has waited longest first."""
    query = select(outbox.c.id, outbox.c.kind, outbox.c.body, outbox.c.attempts)
    query = query.where(outbox.c.space_id == tx.space, outbox.c.target == target, outbox.c.due <= now)
    return [Entry(*row) for row in tx.run(query.order_by(outbox.c.due, outbox.c.id).limit(limit))]


def claim(tx: Tx, target: str, entry: UUID, now: datetime, until: datetime) -> bool:
    """Take an entry in hand: nobody else finds it due before a moment; say whether nobody else has it."""
    which = update(outbox).where(outbox.c.space_id == tx.space, outbox.c.target == target, outbox.c.id == entry)
    return bool(tx.run(which.where(outbox.c.due <= now).values(due=until, error=None)).rowcount)


def remove(tx: Tx, target: str, entry: UUID) -> None:
    """Take out an entry that has arrived."""
    tx.run(delete(outbox).where(outbox.c.space_id == tx.space, outbox.c.target == target, outbox.c.id == entry))


def put_off(tx: Tx, target: str, entry: UUID, until: datetime, error: str) -> None:
    """Note that an attempt failed, how, and when the next one is due."""
    which = update(outbox).where(outbox.c.space_id == tx.space, outbox.c.target == target, outbox.c.id == entry)
    tx.run(which.values(attempts=outbox.c.attempts + 1, due=until, error=error))


def hold(tx: Tx, target: str, kind: str, now: datetime, until: datetime) -> None:
    """Let everything of a kind wait, tried or not; what somebody has in hand stays theirs."""
    all_of_it = (outbox.c.space_id == tx.space) & (outbox.c.target == target) & (outbox.c.kind == kind)
    free = (outbox.c.due <= now) | outbox.c.error.is_not(None)
    tx.run(
        update(outbox)
        .where(all_of_it, free, outbox.c.due < until)
        .values(due=until, error=func.coalesce(outbox.c.error, HELD))
    )


def hurry(tx: Tx, target: str, now: datetime, kind: str | None = None) -> None:
    """Let what an attempt has failed for be tried at once, all of it or of a kind; what somebody has in hand stays theirs."""
    failed = (outbox.c.space_id == tx.space) & (outbox.c.target == target) & outbox.c.error.is_not(None)
    which = update(outbox).where(failed, outbox.c.due > now)
    tx.run((which if kind is None else which.where(outbox.c.kind == kind)).values(due=now))


def forget(tx: Tx, target: str, kind: str) -> None:
    """Take out everything of a kind: nobody wants it any more."""
    tx.run(delete(outbox).where(outbox.c.space_id == tx.space, outbox.c.target == target, outbox.c.kind == kind))


def tried(tx: Tx, target: str, entries: Iterable[UUID]) -> dict[UUID, Tried]:
    """Tell how often these entries were tried, and when they will be next."""
    query = select(outbox.c.id, outbox.c.attempts, outbox.c.due, outbox.c.error)
    found = tx.run(query.where(outbox.c.space_id == tx.space, outbox.c.target == target, outbox.c.id.in_([*entries])))
    return {row.id: Tried(*row[1:]) for row in found}


def spaces_due(tx: Tx, target: str, now: datetime) -> list[int]:
    """Name the spaces that have something for a target now; asked before any space is set."""
    if tx.postgresql:
        query = text("select space_id from haidang_outbox_due(:target, :now)")
        return [*tx.run(query, {"target": target, "now": now}).scalars()]
    something = exists().where(outbox.c.space_id == spaces.c.id, outbox.c.target == target, outbox.c.due <= now)
    return [*tx.run(select(spaces.c.id).where(something)).scalars()]


def waiting(tx: Tx, target: str) -> Waiting:
    """Count what waits for a target in all spaces; asked before any space is set."""
    if tx.postgresql:
        query = text("select waiting, oldest from haidang_outbox_waiting(:target)")
        return Waiting(*tx.run(query, {"target": target}).one())
    found = select(func.count(), func.min(outbox.c.entered)).where(outbox.c.target == target)
    return Waiting(*tx.run(found).one())
