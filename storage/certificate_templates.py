"""What certificates look like: templates in versions that never change, and the pictures in them (docs/certificates.md, Templates)."""

from dataclasses import dataclass
from datetime import datetime
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
    func,
    insert,
    select,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

templates = Table(
    "certificate_templates",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", Uuid),
    PrimaryKeyConstraint("space_id", "id", "version"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)

pictures = Table(
    "certificate_pictures",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("digest", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("space_id", "digest"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One version of a template."""

    id: UUID
    version: int
    name: str
    body: str
    at: datetime
    actor_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture, known by its digest."""

    digest: str
    type: str
    content: bytes


_NAMES = tuple(TemplateRow.__dataclass_fields__)
_row = select(*(templates.c[name] for name in _NAMES))


def add(tx: Tx, row: TemplateRow) -> None:
    """Keep a version; two who save the same number at once find that the second is refused."""
    tx.run(insert(templates), {"space_id": tx.space} | {name: getattr(row, name) for name in _NAMES})


def find(tx: Tx, template_id: UUID, version: int) -> TemplateRow | None:
    """Find one version."""
    query = _row.where(templates.c.space_id == tx.space, templates.c.id == template_id, templates.c.version == version)
    row = tx.run(query).one_or_none()
    return None if row is None else TemplateRow(*row)


def newest(tx: Tx) -> list[TemplateRow]:
    """List the last version of each template, by name."""
    last = (
        select(templates.c.id, func.max(templates.c.version).label("version"))
        .where(templates.c.space_id == tx.space)
        .group_by(templates.c.id)
        .subquery()
    )
    query = _row.join(last, (templates.c.id == last.c.id) & (templates.c.version == last.c.version))
    query = query.where(templates.c.space_id == tx.space).order_by(templates.c.name, templates.c.id)
    return [TemplateRow(*row) for row in tx.run(query)]


def keep_picture(tx: Tx, row: PictureRow) -> None:
    """Keep a picture; the same one is kept once."""
    values = {"space_id": tx.space, "digest": row.digest, "type": row.type, "content": row.content}
    tx.run(tx.insert(pictures).values(values).on_conflict_do_nothing())


def picture(tx: Tx, digest: str) -> PictureRow | None:
    """Find a picture."""
    query = select(pictures.c.digest, pictures.c.type, pictures.c.content)
    row = tx.run(query.where(pictures.c.space_id == tx.space, pictures.c.digest == digest)).one_or_none()
    return None if row is None else PictureRow(*row)
