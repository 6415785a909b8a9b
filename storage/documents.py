"""Documents of State, Agent Profile and Activity Profile: changed only under the etag that the caller has seen.

A document's place is a scope (resource, activity, agent), a registration where there is one, and its id.
"""

from dataclasses import dataclass
from datetime import datetime
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
    delete,
    insert,
    select,
    text,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.keys import key
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


def lock(tx: Tx, place: Place, document_id: str) -> None:
    """Keep others from this document until the transaction ends, whether it is there yet or not: one of two writers wins."""
    if tx.postgresql:
        number = key(str(tx.space), str(place.scope), str(place.registration), document_id).int & (2**63 - 1)
        tx.run(text("select pg_advisory_xact_lock(:number)"), {"number": number})


def find(tx: Tx, place: Place, document_id: str) -> Document | None:
    """Find one document."""
    row = tx.run(_document.where(_one(tx, place, document_id))).one_or_none()
    return None if row is None else Document(*row)


def put(tx: Tx, place: Place, document: Document) -> None:
    """Write a document, over the one that is there."""
    values = {
        "content": document.content,
        "content_type": document.content_type,
        "etag": document.etag,
        "updated": document.updated,
    }
    here = _one(tx, place, document.id)
    if tx.run(update(documents).where(here).values(values)).rowcount == 0:
        where = {
            "space_id": tx.space,
            "scope": place.scope,
            "registration": place.registration or _NO_REGISTRATION,
            "key": key(document.id),
            "id": document.id,
        }
        tx.run(insert(documents), where | values)


def remove(tx: Tx, place: Place, document_id: str) -> None:
    """Remove one document, if it is there."""
    tx.run(delete(documents).where(_one(tx, place, document_id)))


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


def _one(tx: Tx, place: Place, document_id: str) -> ColumnElement[bool]:
    return (
        (documents.c.space_id == tx.space)
        & (documents.c.scope == place.scope)
        & (documents.c.registration == (place.registration or _NO_REGISTRATION))
        & (documents.c.key == key(document_id))
    )


_document = select(
    documents.c.id,
    documents.c.content,
    documents.c.content_type,
    documents.c.etag,
    documents.c.updated,
)
