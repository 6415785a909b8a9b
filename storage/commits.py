"""Commits as they came: never changed, numbered in the session that said them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    bindparam,
    false,
    func,
    insert,
    select,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.prepared import Prepared
from storage.schema import metadata

commits = Table(
    "commits",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("attempt_id", Uuid, nullable=False),
    Column("session", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("received", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    Column("refused", Text, nullable=False, server_default="[]"),
    Column("superseded", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("space_id", "attempt_id", "session", "n"),
    ForeignKeyConstraint(["space_id", "attempt_id"], ["attempts.space_id", "attempts.id"]),
)


@dataclass(frozen=True, slots=True)
class CommitRow:
    """One commit as it came, but for its token."""

    session: int
    n: int
    received: datetime
    payload: str
    refused: str = "[]"
    """The elements that could not be kept, as a JSON array."""
    superseded: bool = False
    """Whether another session had the attempt by then: it is history, and was never applied."""


def add(tx: Tx, attempt_id: UUID, commit: CommitRow) -> None:
    """Keep a commit as it came."""
    values = {
        "space_id": tx.space,
        "attempt_id": attempt_id,
        "session": commit.session,
        "n": commit.n,
        "received": commit.received,
        "payload": commit.payload,
        "refused": commit.refused,
        "superseded": commit.superseded,
    }
    _add.change(tx, values)


def find(tx: Tx, attempt_id: UUID, session: int, n: int) -> CommitRow | None:
    """Find a commit by its number."""
    values = {"space": tx.space, "attempt": attempt_id, "in_session": session, "number": n}
    found = _find.run(tx, values)
    return CommitRow(*found[0]) if found else None


def after(tx: Tx, attempt_id: UUID, session: int, n: int) -> list[CommitRow]:
    """List the commits of a session with higher numbers than this."""
    values = {"space": tx.space, "attempt": attempt_id, "in_session": session, "number": n}
    return [CommitRow(*row) for row in _after.run(tx, values)]


def newest(tx: Tx, attempt_id: UUID, most: int, room: int) -> list[CommitRow]:
    """List the newest commits of an attempt, the oldest of them first: so many, and no longer together than `room`; but one at least."""
    found = _newest.run(tx, {"space": tx.space, "attempt": attempt_id, "most": most, "room": room})
    return [CommitRow(*row) for row in reversed(found)]


def last(tx: Tx, attempt_id: UUID, session: int) -> int:
    """Tell the highest number among the commits of a session; 0 where there is none."""
    ((n,),) = _last.run(tx, {"space": tx.space, "attempt": attempt_id, "in_session": session})
    return int(n)


_columns = (
    commits.c.session,
    commits.c.n,
    commits.c.received,
    commits.c.payload,
    commits.c.refused,
    commits.c.superseded,
)

_session = (
    (commits.c.space_id == bindparam("space"))
    & (commits.c.attempt_id == bindparam("attempt"))
    & (commits.c.session == bindparam("in_session"))
)

_add = Prepared(insert(commits))

_find = Prepared(select(*_columns).where(_session & (commits.c.n == bindparam("number"))))

_after = Prepared(select(*_columns).where(_session & (commits.c.n > bindparam("number"))).order_by(commits.c.n))

_found = (
    select(*_columns)
    .where((commits.c.space_id == bindparam("space")) & (commits.c.attempt_id == bindparam("attempt")))
    .order_by(commits.c.session.desc(), commits.c.n.desc())
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
_length = func.length(_found.c.payload)
_downwards = (_found.c.session.desc(), _found.c.n.desc())
_so_far = select(_found, func.sum(_length).over(order_by=_downwards).label("so_far")).subquery()
_newest = Prepared(
    select(*(_so_far.c[one.name] for one in _columns))
    .where(
        (_so_far.c.so_far <= bindparam("room", type_=Integer)) | (_so_far.c.so_far == func.length(_so_far.c.payload))
    )
    .order_by(_so_far.c.session.desc(), _so_far.c.n.desc())
)

_last = Prepared(select(func.coalesce(func.max(commits.c.n), 0)).where(_session))
