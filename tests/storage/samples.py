"""Rows to store: one in every table, whatever tables there are, and single ones in the words of the named queries."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import fields
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Column, Date, LargeBinary, Table, Uuid, insert
from sqlalchemy import Integer as WholeNumber

from storage import statements
from storage.attempts import AttemptRow
from storage.columns import Instant
from storage.documents import Place
from storage.keys import key
from storage.related import agent
from storage.statements import ROW, Entry, StatementRow
from storage.statements import statements as log
from storage.tables import metadata
from storage.versions import VersionRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.database import Tx

Row = dict[str, Any]

PLACE = Place("state", "http://example.org/a", "mailto:an@example.org")
IRI = "http://example.org/a"
HOME = "http://app.lms.localhost"
TABLES_ABOVE = ("platform_links", "platform_sessions", "platform_deeds")
NOT_OF_A_SPACE = {"service", "spaces", *TABLES_ABOVE}

_numbers = count(1_000)


def now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def tables_of_spaces() -> list[Table]:
    """List the tables whose rows belong to a space, those that others refer to first."""
    return [table for table in metadata.sorted_tables if "space_id" in table.columns]


WHO, VERB, ABOUT = "an actor", "a verb", "an activity"
"""Of the statement in the log."""

_SEEN: dict[str, Row] = {
    "versions": {"size": 7},
    "statements": {"actor_key": key(WHO), "verb_key": key(VERB), "activity_key": key(ABOUT)},
    "awards": {"evidence": "[]", "taken": None},
    "webhooks": {"state": "gone"},
    "deliveries": {"state": "failed"},
    "reviews": {"decided": None, "decision": None},
    "rules": {"ended": None},
    "rule_versions": {"body": '{"did": {"activity": "http://example.org/a"}}', "zone": "UTC"},
    "states": {"met": True, "body": '{"kept":[{}],"lost":[],"voided":[]}'},
    "strangers": {"passed": None},
    "remakings": {"after": None},
    "courses": {"published": 1},
    "course_versions": {
        "number": 1,
        "body": '{"titles":{},"summaries":{},"minutes":0,"deadline":null,"after":[],"sections":[]}',
    },
    "certificate_jobs": {
        "kind": "send",
        "wanted": '{"units":[],"folders":[],"rule":null,"year":null,"versions":[]}',
        "after": None,
        "finished": None,
    },
    "certificate_links": {"expires": datetime(2999, 1, 1, tzinfo=UTC), "ended": None},
    "skills": {"removed": None},
    "skill_badges": {"list": 1},
    "enrolments": {"ended": None, "completed": None, "stage": 7},
}
"""What a query must find, where the default is nothing or anything."""


def fill(tx: Tx, space: int) -> dict[str, Row]:
    """Put one row of a space into each of its tables; give them back by table."""
    rows: dict[str, Row] = {"spaces": {"id": space}}
    said = {"id": uuid.uuid4(), "seq": next(_numbers), "stored": now()}
    for table in tables_of_spaces():
        rows[table.name] = row_of(table, space, rows) | _hashed(table) | _named(table, said) | _SEEN.get(table.name, {})
        tx.run(insert(table), rows[table.name])
    return rows


def fill_above(tx: Tx) -> dict[str, Row]:
    """Put a row into each table that stands above spaces; give them back by table."""
    rows: dict[str, Row] = {}
    for name in TABLES_ABOVE:
        table = metadata.tables[name]
        rows[name] = row_above(table)
        for foreign in table.foreign_keys:
            rows[name][foreign.parent.name] = rows[foreign.column.table.name][foreign.column.name]
        tx.run(insert(table), rows[name])
    return rows


def _named(table: Table, said: Row) -> Row:
    """Make one statement of all rows that speak of the log; it voids another."""
    if table.name == "voided":
        return {"by": said["id"]}
    if table.name == "related":
        return {name: said[name] for name in ("seq", "stored")} | {"key": agent(WHO)}
    return said if table.name in {"statements", "statement_ids"} else {}


def _hashed(table: Table) -> Row:
    """Make up what lies under the hash of something: a query finds it by that."""
    if table.name == "documents":
        return {
            "scope": PLACE.scope,
            "registration": uuid.UUID(int=0),
            "id": (name := f"an id {next(_numbers)}"),
            "key": key(name),
        }
    return {"iri": IRI, "activity": key(IRI)} if table.name == "definitions" else {}


def row_of(table: Table, space: int, others: dict[str, Row]) -> Row:
    """Make up a row that refers to these others."""
    row = {column.name: _value(column) for column in table.columns if column.server_default is None or column.identity}
    for foreign in table.foreign_key_constraints:
        row |= {e.parent.name: others[e.column.table.name][e.column.name] for e in foreign.elements}
    return row | {"space_id": space}


def row_above(table: Table) -> Row:
    """Make up a row that belongs to no space and refers to nothing."""
    return {column.name: None if column.foreign_keys else _value(column) for column in table.columns}


def _value(column: Column[Any]) -> Any:
    if isinstance(column.type, Uuid):
        return uuid.uuid4()
    if isinstance(column.type, Instant):
        return now()
    if isinstance(column.type, Date):
        return now().date()
    if isinstance(column.type, LargeBinary):
        return secrets.token_bytes(16)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, WholeNumber):
        return next(_numbers)
    return f"Hải Phòng {next(_numbers)}"


def statement(**changes: Any) -> StatementRow:
    """Make up a statement."""
    made: Row = {
        "id": uuid.uuid4(),
        "stored": now(),
        "actor": f"account:{HOME}|{uuid.uuid4()}",
        "verb": "http://adlnet.gov/expapi/verbs/completed",
        "activity": f"{HOME}/activities/1",
        "registration": None,
        "provenance": "client-asserted",
        "credential_id": None,
        "payload": '{"verb":{"id":"http://adlnet.gov/expapi/verbs/completed"}}',
    }
    return StatementRow(**made | changes)


def entry(row: StatementRow, **more: Any) -> Entry:
    """Make the entry that becomes a row."""
    return Entry(**{field.name: getattr(row, field.name) for field in fields(row)} | more)


def keep(tx: Tx, rows: Iterable[StatementRow]) -> int:
    """Append rows to the log as they are."""
    return statements.append(tx, [entry(row) for row in rows])


def latest(tx: Tx, limit: int) -> list[tuple[int, StatementRow]]:
    """List statements with their seq, newest first."""
    query = ROW.add_columns(log.c.seq).where(log.c.space_id == tx.space)
    found = tx.run(query.order_by(log.c.seq.desc()).limit(limit))
    return [(row[-1], StatementRow(*row[:-1])) for row in found]


def version(package_id: uuid.UUID, **changes: Any) -> VersionRow:
    """Make up a version of a package."""
    made: Row = {
        "id": uuid.uuid4(),
        "package_id": package_id,
        "kind": "scorm12",
        "edition": "1.2",
        "title": "Mật khẩu mạnh",
        "activity": f"{HOME}/activities/1",
        "model": "{}",
        "published": now(),
    }
    return VersionRow(**made | changes)


def attempt(account_id: uuid.UUID, version_id: uuid.UUID) -> AttemptRow:
    """Make up an attempt that has just begun."""
    return AttemptRow(uuid.uuid4(), account_id, version_id, now(), session=1)
