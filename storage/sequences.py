"""Sequences: where an attempt stands in its course, what was asked there and what came of it, and what outlives attempts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
    bindparam,
    delete,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage import claims
from storage.columns import Instant, Space
from storage.database import Tx
from storage.prepared import Prepared
from storage.schema import metadata

sequences = Table(
    "sequences",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("attempt_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("opening", Text, nullable=False),
    Column("standing", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "attempt_id"),
    # A guest who never saved anything is forgotten, with all that hangs on the attempt.
    ForeignKeyConstraint(["space_id", "attempt_id"], ["attempts.space_id", "attempts.id"], ondelete="CASCADE"),
)

asked = Table(
    "sequence_requests",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("attempt_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("session", Integer, nullable=False),
    Column("request", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("exception", Text, nullable=False),
    Column("delivered", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    PrimaryKeyConstraint("space_id", "attempt_id", "revision"),
    ForeignKeyConstraint(["space_id", "attempt_id"], ["attempts.space_id", "attempts.id"], ondelete="CASCADE"),
)

carried = Table(
    "sequence_carried",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "account_id"),
    ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"], ondelete="CASCADE"),
)

KEPT = 500
"""How many requests of an attempt are kept for its author; the older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class SequenceRow:
    """Where an attempt stands in its course. All but the number are JSON."""

    attempt_id: UUID
    revision: int
    """How many requests were answered."""
    state: str
    reply: str
    """The last answer: who asks the same again is told the same."""
    opening: str
    """What the lesson that is open was given, and which visit has taken it."""
    standing: str = "{}"
    """Where the learner stands in the course as a whole, as the record was told it last."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What was asked of the sequencer, and what came of it."""

    revision: int
    at: datetime
    session: int
    request: str
    """By the names that `adl.nav.request` has; and `begin`, `resume`, `settle`, which the player asks itself."""
    target: str
    outcome: str
    """delivered, ended, refused, or nothing."""
    exception: str
    delivered: str
    """The item that was to be opened then."""
    detail: bytes
    """What it takes to do it again, and the steps that were taken: `player/replay.py` reads it."""


def find(tx: Tx, attempt_id: UUID) -> SequenceRow | None:
    """Find where an attempt stands."""
    found = _find.run(tx, {"space": tx.space, "attempt": attempt_id})
    return SequenceRow(*found[0]) if found else None


def put(tx: Tx, row: SequenceRow) -> None:
    """Keep where an attempt stands now."""
    (_put_postgresql if tx.postgresql else _put_sqlite).change(tx, {"space_id": tx.space} | _said(row))


def note(tx: Tx, attempt_id: UUID, row: RequestRow) -> None:
    """Keep what was asked, and forget what was asked long ago."""
    values = {name: getattr(row, name) for name in RequestRow.__slots__}
    _note.change(tx, {"space_id": tx.space, "attempt_id": attempt_id} | values)
    _forget.change(tx, {"space": tx.space, "attempt": attempt_id, "before": row.revision - KEPT})


def requests(tx: Tx, attempt_id: UUID) -> list[RequestRow]:
    """List what was asked in an attempt, the oldest first."""
    return [RequestRow(*row) for row in _requests.run(tx, {"space": tx.space, "attempt": attempt_id})]


def carry(tx: Tx, account_id: UUID, value: str) -> None:
    """Keep what outlives somebody's attempts."""
    values = {"space_id": tx.space, "account_id": account_id, "value": value}
    (_carry_postgresql if tx.postgresql else _carry_sqlite).change(tx, values)


def carried_by(tx: Tx, account_id: UUID) -> list[str]:
    """Give what outlives somebody's attempts, those of the guests that they were first: what comes later counts."""
    return _own_last(_carried.run(tx, {"space": tx.space, "account": account_id}), account_id)


def hold_carried(tx: Tx, account_id: UUID) -> list[str]:
    """Give the same, and keep it from others until the transaction ends: two courses that are open at once both add to it.

    What is not there cannot be held: so it is made, and of two that make it at once one waits for the other.
    """
    values = {"space_id": tx.space, "account_id": account_id, "value": "{}"}
    (_carry_first_postgresql if tx.postgresql else _carry_first_sqlite).change(tx, values)
    return _own_last(_hold_carried.run(tx, {"space": tx.space, "account": account_id}), account_id)


def _own_last(found: list[tuple[Any, ...]], account_id: UUID) -> list[str]:
    return [value for owner, value in sorted(found, key=lambda row: row[0] == account_id)]


def _said(row: SequenceRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in SequenceRow.__slots__}


_here = (sequences.c.space_id == bindparam("space")) & (sequences.c.attempt_id == bindparam("attempt"))
_find = Prepared(select(*(sequences.c[name] for name in SequenceRow.__slots__)).where(_here))

_CHANGING = ("revision", "state", "reply", "opening", "standing")
_put_in_postgresql, _put_in_sqlite = postgresql.insert(sequences), sqlite.insert(sequences)
_put_postgresql = Prepared(
    _put_in_postgresql.on_conflict_do_update(
        index_elements=["space_id", "attempt_id"], set_={name: _put_in_postgresql.excluded[name] for name in _CHANGING}
    )
)
_put_sqlite = Prepared(
    _put_in_sqlite.on_conflict_do_update(
        index_elements=["space_id", "attempt_id"], set_={name: _put_in_sqlite.excluded[name] for name in _CHANGING}
    )
)

_asked_here = (asked.c.space_id == bindparam("space")) & (asked.c.attempt_id == bindparam("attempt"))
_note = Prepared(insert(asked))
_forget = Prepared(delete(asked).where(_asked_here & (asked.c.revision <= bindparam("before"))))
_requests = Prepared(
    select(*(asked.c[name] for name in RequestRow.__slots__)).where(_asked_here).order_by(asked.c.revision)
)

_carry_in_postgresql, _carry_in_sqlite = postgresql.insert(carried), sqlite.insert(carried)
_carry_postgresql = Prepared(
    _carry_in_postgresql.on_conflict_do_update(
        index_elements=["space_id", "account_id"], set_={"value": _carry_in_postgresql.excluded.value}
    )
)
_carry_sqlite = Prepared(
    _carry_in_sqlite.on_conflict_do_update(
        index_elements=["space_id", "account_id"], set_={"value": _carry_in_sqlite.excluded.value}
    )
)
_carry_first_postgresql = Prepared(_carry_in_postgresql.on_conflict_do_nothing())
_carry_first_sqlite = Prepared(_carry_in_sqlite.on_conflict_do_nothing())
_theirs = (
    select(carried.c.account_id, carried.c.value)
    .where(
        carried.c.space_id == bindparam("space"),
        carried.c.account_id.in_(claims.selves(bindparam("space"), bindparam("account", type_=Uuid))),
    )
    .order_by(carried.c.account_id)
)
_carried = Prepared(_theirs)
_hold_carried = Prepared(_theirs.with_for_update())
