"""The statement log: appended once, the text kept as sent, never updated.

On PostgreSQL a batch goes in by one message: the rows travel as one JSON text, which costs both sides less than anything else but COPY
(docs/record.md), and COPY is not for tables with row-level security. The function that takes it apart stands in migration 0011.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    Column,
    FetchedValue,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Select,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    text,
)

from storage import definitions
from storage.columns import Instant, Space, Transaction
from storage.database import Tx
from storage.definitions import Definition
from storage.driver import call
from storage.errors import AlreadyThere
from storage.keys import key
from storage.related import related, voided
from storage.schema import metadata

statements = Table(
    "statements",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("seq", BigInteger, autoincrement=False, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("txid", Transaction, nullable=False, server_default=FetchedValue()),
    Column("id", Uuid, nullable=False),
    Column("stored", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("activity", Text),
    Column("registration", Uuid),
    Column("provenance", Text, nullable=False),
    Column("credential_id", Uuid),
    Column("payload", Text, nullable=False),
    Column("target", Uuid),
    # An IRI may be longer than an index entry: sixteen bytes stand for each.
    Column("actor_key", Uuid),
    Column("verb_key", Uuid),
    Column("activity_key", Uuid),
    # By time first: a page of answers then comes from the one or two parts of the log in which it lies.
    PrimaryKeyConstraint("space_id", "stored", "seq"),
    Index(None, "space_id", "actor_key", "stored", "seq"),
    Index(None, "space_id", "verb_key", "stored", "seq"),
    Index(None, "space_id", "activity_key", "stored", "seq"),
    Index(None, "space_id", "registration", "stored", "seq"),
    Index(None, "space_id", "epoch", "txid", "seq"),
)
# Few statements refer to another: the index holds those alone.
Index(
    None,
    statements.c.space_id,
    statements.c.stored,
    statements.c.seq,
    postgresql_where=statements.c.target.is_not(None),
    sqlite_where=statements.c.target.is_not(None),
)

# The log lies in parts by month (storage/months.py), and no part can tell what ids the others have.
statement_ids = Table(
    "statement_ids",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("stored", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
)


MOMENT = "\x01"
"""Marks the places of the time of storage in a text: a sign that no JSON text can hold as it is."""

_APPEND = "select haidang_append($1, $2, $3, $4, $5)"

_BETWEEN = "\x02"
"""Stands between two texts: another such sign."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement as it is kept: the exact text beside what is looked for in it."""

    id: UUID
    stored: datetime
    actor: str
    verb: str
    activity: str | None
    registration: UUID | None
    provenance: str
    credential_id: UUID | None
    payload: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement on its way into the log: what a row says, and what else it is found by."""

    id: UUID
    actor: str
    verb: str
    activity: str | None
    registration: UUID | None
    provenance: str
    credential_id: UUID | None
    payload: str
    """The text, with MOMENT where the time of storage belongs."""
    stored: datetime | None = None
    """None: the moment at which it is written, by the clock of the database."""
    target: UUID | None = None
    voids: UUID | None = None
    keys: frozenset[UUID] = frozenset()


def append(tx: Tx, entries: Sequence[Entry]) -> int:
    """Append statements whose ids the log does not have yet, and count them; it waits for whoever is appending the same id."""
    if not entries:
        return 0
    return _append_at_once(tx, entries, or_nothing=False) if tx.postgresql else _append_alone(tx, entries)


def append_all(tx: Tx, entries: Sequence[Entry], given: Iterable[Definition] = ()) -> None:
    """Append statements and what they say of activities, if the log has none of them, else AlreadyThere.

    It may be all there is of a transaction (Database.at_once).
    """
    if not entries:
        return
    if tx.postgresql:
        _append_at_once(tx, entries, definitions.unknown(tx, given), or_nothing=True)
        return
    definitions.add(tx, given, datetime.now(UTC))
    if _append_alone(tx, entries) < len(entries):
        raise AlreadyThere


def _append_at_once(tx: Tx, entries: Sequence[Entry], new: Sequence[Definition] = (), *, or_nothing: bool) -> int:
    """Append by one message: what is short as JSON, and the long texts as they are, since they would be escaped and read twice."""
    said = orjson.dumps([_columns(entry) | {"keys": [*entry.keys], "voids": entry.voids} for entry in entries])
    texts = _BETWEEN.join([entry.payload for entry in entries]).encode()
    spoken = orjson.dumps([definitions.columns(one) for one in new])
    words = (str(tx.space).encode(), said, texts, b"true" if or_nothing else b"false", spoken)
    kept = call(tx.connection, _APPEND, words)
    definitions.remember(tx, new)
    return int(kept or 0)


def _append_alone(tx: Tx, entries: Sequence[Entry]) -> int:
    """Append as the one writer that SQLite has, who may therefore look first and count for itself."""
    here = {"space_id": tx.space}
    known = set(texts(tx, [entry.id for entry in entries]))
    first: dict[UUID, Entry] = {}
    for entry in entries:
        first.setdefault(entry.id, entry)
    new = [_stamped(entry) for entry in first.values() if entry.id not in known]
    epoch = tx.run(_EPOCH).scalar_one()
    numbered = list(enumerate(new, start=_last(tx, epoch) + 1))
    own = here | {"epoch": epoch, "txid": 0}
    _insert(tx, statement_ids, [here | {"id": entry.id, "seq": seq, "stored": entry.stored} for seq, entry in numbered])
    _insert(tx, statements, [_columns(entry) | own | {"seq": seq, "payload": entry.payload} for seq, entry in numbered])
    _insert(
        tx,
        related,
        [here | {"key": key, "seq": seq, "stored": entry.stored} for seq, entry in numbered for key in entry.keys],
    )
    _insert(tx, voided, [here | {"id": entry.voids, "by": entry.id} for entry in new if entry.voids is not None])
    return len(new)


def _last(tx: Tx, epoch: int) -> int:
    """Tell how far the log has counted: by the index of this epoch's order, or, right after a restore, by all rows."""
    counted = select(func.max(statements.c.seq)).where(statements.c.space_id == tx.space)
    last = tx.run(counted.where(statements.c.epoch == epoch, statements.c.txid == 0)).scalar_one()
    return int(tx.run(counted).scalar_one() or 0) if last is None else int(last)


def _stamped(entry: Entry) -> Entry:
    if entry.stored is not None:
        return entry
    now = datetime.now(UTC)
    written = f"{now.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
    return replace(entry, stored=now, payload=entry.payload.replace(MOMENT, written))


def _insert(tx: Tx, table: Table, values: list[dict[str, Any]]) -> None:
    if values:
        tx.run(insert(table).inline(), values)


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "stored": entry.stored,
        "actor": entry.actor,
        "verb": entry.verb,
        "activity": entry.activity,
        "registration": entry.registration,
        "provenance": entry.provenance,
        "credential_id": entry.credential_id,
        "target": entry.target,
        "actor_key": key(entry.actor),
        "verb_key": key(entry.verb),
        "activity_key": None if entry.activity is None else key(entry.activity),
    }


def find(tx: Tx, statement_id: UUID) -> StatementRow | None:
    """Find one statement by its id."""
    row = tx.run(_named(ROW, tx).where(statement_ids.c.id == statement_id)).one_or_none()
    return None if row is None else StatementRow(*row)


def texts(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the texts of those of these ids that the log has."""
    query = _named(select(statements.c.id, statements.c.payload), tx)
    return {row[0]: row[1] for row in tx.run(query.where(statement_ids.c.id.in_(ids)))}


def count(tx: Tx) -> int:
    """Count this space's statements."""
    query = select(func.count()).select_from(statement_ids).where(statement_ids.c.space_id == tx.space)
    return int(tx.run(query).scalar_one())


def _named(query: Select[Any], tx: Tx) -> Select[Any]:
    """Find rows through their ids, in the one part of the log where each lies."""
    named = (
        (statements.c.space_id == statement_ids.c.space_id)
        & (statements.c.seq == statement_ids.c.seq)
        & (statements.c.stored == statement_ids.c.stored)
    )
    return query.join_from(statement_ids, statements, named).where(statement_ids.c.space_id == tx.space)


ROW = select(
    statements.c.id,
    statements.c.stored,
    statements.c.actor,
    statements.c.verb,
    statements.c.activity,
    statements.c.registration,
    statements.c.provenance,
    statements.c.credential_id,
    statements.c.payload,
)
"""The columns of a StatementRow."""

_EPOCH = text("select cast(value as integer) from service where name = 'epoch'")
