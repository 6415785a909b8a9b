"""A whole database as lines of JSON, the same from both databases and for both: what `backup` writes and `restore` reads."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, LargeBinary, Table, Uuid, exists, insert, inspect, literal, select, text, update

from storage import months, retired, service, spaces, statements
from storage.columns import Instant
from storage.database import Tx
from storage.tables import metadata

_BATCH = 500
_SEQUENCES = (
    ("pg_get_serial_sequence('spaces', 'id')", "id", "spaces"),
    ("'statements_seq'", "seq", "statements"),
)


def tables() -> list[str]:
    """Name the tables, those that others refer to first."""
    return [table.name for table in metadata.sorted_tables]


def known() -> list[str]:
    """Name the tables, and after them those that only earlier revisions had."""
    return [*tables(), *(name for name in retired.metadata.tables if name not in metadata.tables)]


def _table(tx: Tx, name: str) -> Table:
    """Give a table as it is in a database, which may be at an earlier revision."""
    if name in retired.metadata.tables:
        there = {column["name"] for column in inspect(tx.connection).get_columns(name)}
        if there == {column.name for column in retired.metadata.tables[name].columns}:
            return retired.metadata.tables[name]
    return metadata.tables[name]


def lines(tx: Tx, name: str) -> Iterator[bytes]:
    """Write a table's rows, a line each, in the order of its key."""
    table = metadata.tables[name]
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
    for row in tx.run(query).mappings():
        values = {column.name: _plain(row[column]) for column in table.columns}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def load(tx: Tx, name: str, rows: Iterable[bytes]) -> int:
    """Read a table's rows back, into a table that has none; give back how many."""
    table = _table(tx, name)
    readers = {column.name: _reader(column) for column in table.columns}
    count, batch = 0, []
    for line in rows:
        batch.append({column: readers[column](value) for column, value in json.loads(line).items()})
        count += 1
        if len(batch) == _BATCH:
            _insert(tx, table, batch)
            batch = []
    if batch:
        _insert(tx, table, batch)
    return count


def is_empty(tx: Tx) -> bool:
    """Tell whether nobody has used this database yet: it has no tables at all, or ours without a row."""
    there = {name for name in inspect(tx.connection).get_table_names() if not months.is_part(name)} - {
        "alembic_version"
    }
    return there <= set(known()) and not any(
        tx.run(select(exists(select(literal(1)).select_from(_table(tx, name))))).scalar_one()
        for name in there - {service.service.name}
    )


def finish(tx: Tx) -> None:
    """Go on counting where the restored rows end, and raise the epoch: this cluster's transaction ids start anew."""
    epoch = int(service.read(tx, service.EPOCH) or 0)
    tx.run(update(service.service).where(service.service.c.name == service.EPOCH).values(value=str(epoch + 1)))
    if tx.postgresql:
        for sequence, column, name in _SEQUENCES:
            last = f"greatest((select coalesce(max({column}), 0) from {name}), 1)"  # noqa: S608 - our own names
            tx.run(text(f"select setval({sequence}, {last})"))


def _insert(tx: Tx, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is service.service:
        tx.run(table.delete())
    if table is statements.statements:
        months.make(tx, min(row["stored"] for row in rows), max(row["stored"] for row in rows))
    statement = insert(table)
    if tx.postgresql and table is spaces.spaces:
        names = ", ".join(column.name for column in table.columns)
        marks = ", ".join(f":{column.name}" for column in table.columns)
        tx.run(text(f"insert into spaces ({names}) overriding system value values ({marks})"), rows)  # noqa: S608
        return
    tx.run(statement, rows)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    read: Callable[[Any], Any] = _as_it_is
    if isinstance(column.type, Uuid):
        read = UUID
    elif isinstance(column.type, Instant):
        read = datetime.fromisoformat
    elif isinstance(column.type, Date):
        read = date.fromisoformat
    elif isinstance(column.type, LargeBinary):
        read = base64.b64decode
    return lambda value: None if value is None else read(value)


def _as_it_is(value: Any) -> Any:
    return value
