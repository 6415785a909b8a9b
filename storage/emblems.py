"""The picture that stands before a space's name: small, so it lies beside the names and not in the object store."""

from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    delete,
    insert,
    select,
)

from storage.columns import Space
from storage.database import Tx
from storage.schema import metadata

emblems = Table(
    "emblems",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("digest", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("space_id", "digest"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


@dataclass(frozen=True, slots=True)
class EmblemRow:
    """A picture, known by its digest."""

    digest: str
    type: str
    content: bytes


def put(tx: Tx, emblem: EmblemRow | None) -> None:
    """Keep a picture in place of the one there was, or none."""
    tx.run(delete(emblems).where(emblems.c.space_id == tx.space))
    if emblem is not None:
        values = {"digest": emblem.digest, "type": emblem.type, "content": emblem.content}
        tx.run(insert(emblems), {"space_id": tx.space} | values)


def find(tx: Tx, digest: str) -> EmblemRow | None:
    """Find the space's picture, if it is still this one."""
    query = select(emblems.c.digest, emblems.c.type, emblems.c.content)
    row = tx.run(query.where(emblems.c.space_id == tx.space, emblems.c.digest == digest)).one_or_none()
    return None if row is None else EmblemRow(*row)
