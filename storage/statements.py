"""The statement log: appended once, the text kept as sent, never updated.

On PostgreSQL a batch goes in as one statement: the rows travel as one JSON text, which costs both sides less than anything else but COPY
(docs/record.md), and COPY is not for tables with row-level security.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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

from storage.columns import Instant, Space, Transaction
from storage.database import Tx
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
    PrimaryKeyConstraint("space_id", "seq", "stored"),
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


def append(tx: Tx, rows: Sequence[StatementRow]) -> int:
    """Append statements whose ids the log does not have yet, and count them; it waits for whoever is appending the same id."""
    if not rows:
        return 0
    return _append_at_once(tx, rows) if tx.postgresql else _append_alone(tx, rows)


def _append_at_once(tx: Tx, rows: Sequence[StatementRow]) -> int:
    said = orjson.dumps([_values(row) | {"keys": [*row.keys], "voids": row.voids} for row in rows])
    return int(tx.connection.exec_driver_sql(_APPEND, {"space": tx.space, "said": said.decode()}).scalar_one())


def _append_alone(tx: Tx, rows: Sequence[StatementRow]) -> int:
    """Append as the one writer that SQLite has, who may therefore look first and count for itself."""
    here = {"space_id": tx.space}
    known = set(texts(tx, [row.id for row in rows]))
    first: dict[UUID, StatementRow] = {}
    for row in rows:
        first.setdefault(row.id, row)
    new = [row for row in first.values() if row.id not in known]
    epoch = tx.run(_EPOCH).scalar_one()
    last = tx.run(select(func.coalesce(func.max(statements.c.seq), 0)).where(statements.c.space_id == tx.space))
    numbered = list(enumerate(new, start=last.scalar_one() + 1))
    own = here | {"epoch": epoch, "txid": 0}
    _insert(tx, statement_ids, [here | {"id": row.id, "seq": seq, "stored": row.stored} for seq, row in numbered])
    _insert(tx, statements, [_values(row) | own | {"seq": seq} for seq, row in numbered])
    _insert(tx, related, [here | {"key": key, "seq": seq} for seq, row in numbered for key in row.keys])
    _insert(tx, voided, [here | {"id": row.voids, "by": row.id} for row in new if row.voids is not None])
    return len(new)


def _insert(tx: Tx, table: Table, values: list[dict[str, Any]]) -> None:
    if values:
        tx.run(insert(table).inline(), values)


def _values(row: StatementRow) -> dict[str, Any]:
    return {
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

# The ids go in first and in one order, so that two writers of the same statements wait for each other and never in a circle.
_APPEND = """
with said as materialized (
    select nextval('statements_seq') as seq, said.* from json_to_recordset(%(said)s) as said(
        id uuid, stored timestamptz, actor text, verb text, activity text, registration uuid, provenance text, credential_id uuid,
        payload text, target uuid, actor_key uuid, verb_key uuid, activity_key uuid, keys uuid[], voids uuid)
), new as (
    insert into statement_ids (space_id, id, seq, stored) select %(space)s, id, seq, stored from said order by id
    on conflict do nothing returning seq
), log as (
    insert into statements (space_id, seq, epoch, id, stored, actor, verb, activity, registration, provenance, credential_id,
                            payload, target, actor_key, verb_key, activity_key)
    select %(space)s, seq, (select value::int from service where name = 'epoch'), id, stored, actor, verb, activity, registration,
           provenance, credential_id, payload, target, actor_key, verb_key, activity_key
    from said where seq in (select seq from new)
), links as (
    insert into related (space_id, key, seq) select %(space)s, key, seq from said, unnest(keys) as key
    where seq in (select seq from new)
), voidings as (
    insert into voided (space_id, id, "by") select %(space)s, voids, id from said
    where voids is not null and seq in (select seq from new)
)
select count(*) from new
"""
