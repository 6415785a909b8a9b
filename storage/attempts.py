"""Attempts: somebody's try at a version, the session that may change it, and the item that was open last."""

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
    bindparam,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage import claims
from storage.columns import Instant, Space
from storage.database import Tx
from storage.prepared import Prepared
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
    Column("item", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"]),
    ForeignKeyConstraint(["space_id", "version_id"], ["versions.space_id", "versions.id"]),
    Index(None, "space_id", "account_id", "version_id"),
    Index(None, "space_id", "version_id", "created"),
)


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """Somebody's try at a version."""

    id: UUID
    account_id: UUID
    version_id: UUID
    created: datetime
    session: int = 0
    """The newest session, which alone may change anything; 0 before the player was ever opened."""
    last_commit: int = 0
    """The highest number among the commits of that session."""
    item: str = ""
    """What was open last."""


def begin(tx: Tx, attempt: AttemptRow) -> None:
    """Begin an attempt; one that was begun at the same moment elsewhere is left as it is."""
    values = {
        "space_id": tx.space,
        "id": attempt.id,
        "account_id": attempt.account_id,
        "version_id": attempt.version_id,
        "created": attempt.created,
        "session": attempt.session,
        "last_commit": attempt.last_commit,
        "item": attempt.item,
    }
    (_begin_postgresql if tx.postgresql else _begin_sqlite).change(tx, values)


def find(tx: Tx, attempt_id: UUID) -> AttemptRow | None:
    """Find an attempt."""
    return _row(_find, tx, {"space": tx.space, "attempt": attempt_id})


def own(tx: Tx, account_id: UUID, attempt_id: UUID) -> AttemptRow | None:
    """Find an attempt that is somebody's own, or that of a guest that they were."""
    return _row(_own, tx, {"space": tx.space, "account": account_id, "attempt": attempt_id})


def hold(tx: Tx, attempt_id: UUID) -> AttemptRow | None:
    """Find an attempt, and keep it from others until this transaction ends."""
    return _row(_hold, tx, {"space": tx.space, "attempt": attempt_id})


def at(tx: Tx, account_id: UUID, version_id: UUID) -> list[AttemptRow]:
    """List somebody's attempts at a version, newest first, with those of the guests that they were."""
    found = _at.run(tx, {"space": tx.space, "account": account_id, "version": version_id})
    return [AttemptRow(*row) for row in found]


def begin_session(tx: Tx, attempt_id: UUID, session: int) -> None:
    """Give the attempt to a new session; the earlier ones may no longer change it."""
    _begin_session.change(tx, {"space": tx.space, "attempt": attempt_id, "new_session": session})


def advance(tx: Tx, attempt_id: UUID, last_commit: int, item: str) -> None:
    """Remember the newest commit, and the item that it was about."""
    values = {"space": tx.space, "attempt": attempt_id, "new_commit": last_commit, "new_item": item}
    _advance.change(tx, values)


def list_of(tx: Tx, account_id: UUID) -> list[AttemptRow]:
    """List somebody's attempts, newest first, with those of the guests that they were."""
    return [AttemptRow(*row) for row in _list_of.run(tx, {"space": tx.space, "account": account_id})]


def at_version(tx: Tx, version_id: UUID, before: datetime, most: int) -> list[AttemptRow]:
    """List the newest attempts at a version in which the player was opened, of whoever, begun before a time."""
    values = {"space": tx.space, "version": version_id, "before": before, "most": most}
    return [AttemptRow(*row) for row in _at_version.run(tx, values)]


def _row(query: Prepared, tx: Tx, values: dict[str, object]) -> AttemptRow | None:
    found = query.run(tx, values)
    return AttemptRow(*found[0]) if found else None


_attempt = select(
    attempts.c.id,
    attempts.c.account_id,
    attempts.c.version_id,
    attempts.c.created,
    attempts.c.session,
    attempts.c.last_commit,
    attempts.c.item,
)

_here = (attempts.c.space_id == bindparam("space")) & (attempts.c.id == bindparam("attempt"))

_find = Prepared(_attempt.where(_here))

_hold = Prepared(_attempt.where(_here).with_for_update())

_theirs = _attempt.where(
    attempts.c.space_id == bindparam("space"),
    attempts.c.account_id.in_(claims.selves(bindparam("space"), bindparam("account", type_=Uuid))),
).order_by(attempts.c.created.desc())

_list_of = Prepared(_theirs)

_own = Prepared(_theirs.where(attempts.c.id == bindparam("attempt")))

_at = Prepared(_theirs.where(attempts.c.version_id == bindparam("version")))

_at_version = Prepared(
    _attempt.where(
        attempts.c.space_id == bindparam("space"),
        attempts.c.version_id == bindparam("version"),
        attempts.c.session > 0,
        attempts.c.created < bindparam("before", type_=Instant),
    )
    .order_by(attempts.c.created.desc(), attempts.c.id)
    .limit(bindparam("most", type_=Integer))
)

_begin_postgresql = Prepared(postgresql.insert(attempts).on_conflict_do_nothing())
_begin_sqlite = Prepared(sqlite.insert(attempts).on_conflict_do_nothing())

_begin_session = Prepared(update(attempts).where(_here).values(session=bindparam("new_session"), last_commit=0))

_advance = Prepared(
    update(attempts).where(_here).values(last_commit=bindparam("new_commit"), item=bindparam("new_item"))
)
