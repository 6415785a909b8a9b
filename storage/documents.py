"""Documents of State, Agent Profile and Activity Profile: changed only under the etag that the caller has seen.

A document's place is a scope (resource, activity, agent), a registration where there is one, and its id. What a lesson asks for most, to
find one document and to put one over whatever is there, is a transaction of its own: to PostgreSQL it is one message (migration 0012).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Instant, Space
from storage.database import Tx
from storage.driver import call_row
from storage.keys import key
from storage.prepared import Prepared
from storage.schema import metadata

documents = Table(
    "documents",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("scope", Uuid, nullable=False),
    Column("registration", Uuid, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("id", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("updated", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "scope", "registration", "key"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)

_NO_REGISTRATION = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where documents lie: a resource with its activity and agent, and a registration where one is named."""

    resource: str
    activity: str = ""
    agent: str = ""
    registration: UUID | None = None

    @property
    def scope(self) -> UUID:
        """The place without its registration."""
        return key(self.resource, self.activity, self.agent)


@dataclass(frozen=True, slots=True)
class Document:
    """One document."""

    id: str
    content: bytes
    content_type: str
    etag: str
    updated: datetime


def find(tx: Tx, place: Place, document_id: str) -> Document | None:
    """Find one document."""
    return next((Document(*row) for row in _find().run(tx, _where(tx, place, document_id))), None)


def put(tx: Tx, place: Place, document: Document, seen: str | None) -> bool:
    """Write a document over the one of the etag that was seen, or where none was; False if somebody else was quicker."""
    values = _where(tx, place, document.id) | {
        "id": document.id,
        "content": document.content,
        "content_type": document.content_type,
        "etag": document.etag,
        "updated": document.updated,
    }
    if seen is None:
        return _add(tx.connection.dialect.name).change(tx, values) == 1
    return _replace().change(tx, values | {"seen": seen}) == 1


def find_at_once(tx: Tx, place: Place, document_id: str) -> Document | None:
    """Find one document; it may be all there is of a transaction (Database.at_once)."""
    if not tx.postgresql:
        return find(tx, place, document_id)
    row = call_row(tx.connection, _FIND_AT_ONCE, _named(tx, place, document_id))
    if row is None:
        return None
    content, content_type, etag, updated = (value or b"" for value in row)
    return Document(
        document_id, content, content_type.decode(), etag.decode(), datetime.fromisoformat(updated.decode())
    )


def put_at_once(tx: Tx, place: Place, document: Document) -> None:
    """Write a document over whatever is there; it may be all there is of a transaction."""
    if tx.postgresql:
        said = (document.id.encode(), document.content, document.content_type.encode(), document.etag.encode())
        call_row(tx.connection, _PUT_AT_ONCE, (*_named(tx, place, document.id), *said))
    else:
        there = find(tx, place, document.id)
        put(tx, place, document, None if there is None else there.etag)


def remove(tx: Tx, place: Place, document_id: str, seen: str) -> bool:
    """Remove the document of the etag that was seen; False if somebody else was quicker."""
    return _remove().change(tx, _where(tx, place, document_id) | {"seen": seen}) == 1


def remove_all(tx: Tx, place: Place) -> None:
    """Remove all documents of a place."""
    tx.run(delete(documents).where(_all(tx, place)))


def ids(tx: Tx, place: Place, since: datetime | None = None) -> list[tuple[str, datetime]]:
    """List the ids of a place, with the time of each one's last change."""
    query = select(documents.c.id, documents.c.updated).where(_all(tx, place)).order_by(documents.c.id)
    if since is not None:
        query = query.where(documents.c.updated > since)
    return [(row[0], row[1]) for row in tx.run(query)]


def _all(tx: Tx, place: Place) -> ColumnElement[bool]:
    here = (documents.c.space_id == tx.space) & (documents.c.scope == place.scope)
    return here if place.registration is None else here & (documents.c.registration == place.registration)


def _where(tx: Tx, place: Place, document_id: str) -> dict[str, Any]:
    return {
        "space": tx.space,
        "scope": place.scope,
        "registration": place.registration or _NO_REGISTRATION,
        "key": key(document_id),
    }


def _named(tx: Tx, place: Place, document_id: str) -> tuple[bytes, ...]:
    """Name a document as PostgreSQL takes values."""
    registration = place.registration or _NO_REGISTRATION
    return tx.space.to_bytes(8, "big"), place.scope.bytes, registration.bytes, key(document_id).bytes


_FIND_AT_ONCE = "select * from haidang_document($1, $2, $3, $4)"
_PUT_AT_ONCE = "select haidang_put_document($1, $2, $3, $4, $5, $6, $7, $8)"

_HERE = (
    (documents.c.space_id == bindparam("space", type_=Space))
    & (documents.c.scope == bindparam("scope", type_=Uuid))
    & (documents.c.registration == bindparam("registration", type_=Uuid))
    & (documents.c.key == bindparam("key", type_=Uuid))
)
_SEEN = documents.c.etag == bindparam("seen", type_=Text)
_NAMES = (documents.c.scope, documents.c.registration, documents.c.key, documents.c.id)
_SAID = {
    column: bindparam(column.name, type_=column.type)
    for column in (documents.c.content, documents.c.content_type, documents.c.etag, documents.c.updated)
}


@cache
def _find() -> Prepared:
    columns = (documents.c.id, *_SAID)
    return Prepared(select(*columns).where(_HERE))


@cache
def _add(dialect: str) -> Prepared:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    named = {documents.c.space_id: bindparam("space", type_=Space)}
    named |= {each: bindparam(each.name, type_=each.type) for each in _NAMES}
    return Prepared(insert(documents).values(named | _SAID).on_conflict_do_nothing())


@cache
def _replace() -> Prepared:
    return Prepared(update(documents).where(_HERE, _SEEN).values(_SAID))


@cache
def _remove() -> Prepared:
    return Prepared(delete(documents).where(_HERE, _SEEN))
