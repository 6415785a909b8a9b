"""The statement log: appended once, the text kept as sent, never updated.

Reading it in order is harder than it looks: sequence order is not commit order. `after` gives only rows that nothing can come in front
of any more (docs/followers.md has the reasons and the measurements behind them).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    FetchedValue,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Instant, Space, Transaction
from storage.database import Tx
from storage.keys import key
from storage.related import related, voided
from storage.schema import metadata

statements = Table(
    "statements",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("seq", BigInteger, Identity(), nullable=False),
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
    PrimaryKeyConstraint("space_id", "seq"),
    UniqueConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "actor_key", "seq"),
    Index(None, "space_id", "verb_key", "seq"),
    Index(None, "space_id", "activity_key", "seq"),
    Index(None, "space_id", "registration", "seq"),
    Index(None, "space_id", "stored", "seq"),
    Index(None, "space_id", "epoch", "txid", "seq"),
)
Index(
    None,
    statements.c.space_id,
    statements.c.target,
    statements.c.seq,
    postgresql_where=statements.c.target.is_not(None),
    sqlite_where=statements.c.target.is_not(None),
)


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
    target: UUID | None = None
    voids: UUID | None = None
    keys: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the log that rows only ever come behind of: the epoch of the cluster, the transaction, the row."""

    epoch: int = 0
    txid: int = 0
    seq: int = 0


def append(tx: Tx, rows: Sequence[StatementRow]) -> int:
    """Append statements whose ids the log does not have yet, and count them; it waits for whoever is appending the same id."""
    if not rows:
        return 0
    epoch = tx.run(_EPOCH).scalar_one()
    seqs = _next_seqs(tx, len(rows))
    numbered = list(zip(rows, seqs, strict=True))
    _insert(tx, statements, [_values(tx, row, seq, epoch) for row, seq in numbered])
    _insert(tx, related, [{"space_id": tx.space, "key": key, "seq": seq} for row, seq in numbered for key in row.keys])
    _insert(
        tx, voided, [{"space_id": tx.space, "id": row.voids, "by": row.id} for row in rows if row.voids is not None]
    )
    kept = select(func.count()).select_from(statements).where(_here(tx), statements.c.seq.in_(seqs))
    return int(tx.run(kept).scalar_one())


def _insert(tx: Tx, table: Table, values: list[dict[str, object]]) -> None:
    if values:
        insert = postgresql.insert if tx.postgresql else sqlite.insert
        tx.run(insert(table).on_conflict_do_nothing().inline(), values)


def _next_seqs(tx: Tx, count: int) -> list[int]:
    if tx.postgresql:
        query = text("select nextval('statements_seq_seq') from generate_series(1, :count)")
        return sorted(tx.run(query, {"count": count}).scalars())
    # SQLite has one writer, who may therefore count for itself; its row order is its commit order.
    last = tx.run(select(func.coalesce(func.max(statements.c.seq), 0)).where(_here(tx))).scalar_one()
    return list(range(last + 1, last + 1 + count))


def _values(tx: Tx, row: StatementRow, seq: int, epoch: int) -> dict[str, object]:
    values: dict[str, object] = {
        "space_id": tx.space,
        "seq": seq,
        "epoch": epoch,
        "id": row.id,
        "stored": row.stored,
        "actor": row.actor,
        "verb": row.verb,
        "activity": row.activity,
        "registration": row.registration,
        "provenance": row.provenance,
        "credential_id": row.credential_id,
        "payload": row.payload,
        "target": row.target,
        "actor_key": key(row.actor),
        "verb_key": key(row.verb),
        "activity_key": None if row.activity is None else key(row.activity),
    }
    return values if tx.postgresql else values | {"txid": 0}


def find(tx: Tx, statement_id: UUID) -> StatementRow | None:
    """Find one statement by its id."""
    row = tx.run(_row.where(_here(tx), statements.c.id == statement_id)).one_or_none()
    return None if row is None else StatementRow(*row)


def texts(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the texts of those of these ids that the log has."""
    query = select(statements.c.id, statements.c.payload)
    return {row[0]: row[1] for row in tx.run(query.where(_here(tx), statements.c.id.in_(ids)))}


def existing(tx: Tx, ids: Sequence[UUID]) -> set[UUID]:
    """Tell which of these ids the log has."""
    query = select(statements.c.id).where(_here(tx), statements.c.id.in_(ids))
    return set(tx.run(query).scalars())


def latest(tx: Tx, limit: int, before: int | None = None) -> list[tuple[int, StatementRow]]:
    """List statements with their seq, newest first, those before a seq."""
    query = _row.add_columns(statements.c.seq).where(_here(tx)).order_by(statements.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(statements.c.seq < before)
    return [(row[-1], StatementRow(*row[:-1])) for row in tx.run(query)]


def after(tx: Tx, position: Position, limit: int) -> list[tuple[Position, StatementRow]]:
    """List what came after a position, in order, as far as the order is settled."""
    place = tuple_(statements.c.epoch, statements.c.txid, statements.c.seq)
    query = (
        _row.add_columns(statements.c.epoch, statements.c.txid, statements.c.seq)
        .where(_here(tx))
        .order_by(statements.c.epoch, statements.c.txid, statements.c.seq)
        .limit(limit)
    )
    values = {"epoch": position.epoch, "txid": position.txid, "seq": position.seq}
    if tx.postgresql:
        query = query.where(
            text("(epoch, txid, seq) > (:epoch, cast(cast(:txid as text) as xid8), :seq)"), text(SETTLED)
        )
    else:
        query = query.where(place > tuple_(position.epoch, position.txid, position.seq))
        values = {}
    return [(Position(*row[-3:]), StatementRow(*row[:-3])) for row in tx.run(query, values)]


def spaces_behind(tx: Tx, follower: str) -> list[int]:
    """Name the spaces whose log has gone on since a follower's cursor; asked before any space is set."""
    if tx.postgresql:
        query = text("select space_id from haidang_spaces_behind(:follower)")
    else:
        query = text(
            """
            select spaces.id from spaces
            left join cursors on cursors.space_id = spaces.id and cursors.follower = :follower
            where exists (
                select 1 from statements where statements.space_id = spaces.id
                and (statements.epoch, statements.txid, statements.seq)
                    > (coalesce(cursors.epoch, 0), coalesce(cursors.txid, 0), coalesce(cursors.seq, 0))
            )
            """,
        )
    return list(tx.run(query, {"follower": follower}).scalars())


def count(tx: Tx) -> int:
    """Count this space's statements."""
    return int(tx.run(select(func.count()).select_from(statements).where(_here(tx))).scalar_one())


def _here(tx: Tx) -> ColumnElement[bool]:
    return statements.c.space_id == tx.space


# Rows of an earlier epoch are settled by definition: a restore brought them. Of this epoch's, those are settled whose transaction
# ended before the oldest one still open began.
SETTLED = """(epoch < (select value::int from service where name = 'epoch')
               or txid < pg_snapshot_xmin(pg_current_snapshot()))"""
_EPOCH = text("select cast(value as integer) from service where name = 'epoch'")
_row = select(
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
