"""Spaces: a ministry's or a province's tenancy. Finding one happens before any space is set, so it goes through narrow functions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Identity, Table, Text, func, insert, select, text, update

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

spaces = Table(
    "spaces",
    metadata,
    Column("id", Space, Identity(always=True), primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("registering", Text, nullable=False, server_default=text("'nobody'")),
)

NOBODY, ANYBODY = "nobody", "anybody"
"""Who may register by themselves."""


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """What everybody may know of a space."""

    id: int
    slug: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class SpaceCount:
    """What the platform's administrator may know of a space: sums, nobody's data."""

    slug: str
    name: str
    accounts: int
    versions: int
    statements: int


def find_by_slug(tx: Tx, slug: str) -> SpaceRow | None:
    """Find the space that a host or a path names."""
    if tx.postgresql:
        query = text("select id, slug, name, language from haidang_space_by_slug(:slug)")
    else:
        query = text("select id, slug, name, language from spaces where slug = :slug")
    row = tx.run(query, {"slug": slug}).one_or_none()
    return None if row is None else SpaceRow(*row)


def own(tx: Tx) -> SpaceRow:
    """Describe the space that a transaction is in."""
    query = select(spaces.c.id, spaces.c.slug, spaces.c.name, spaces.c.language).where(spaces.c.id == tx.space)
    return SpaceRow(*tx.run(query).one())


def registering(tx: Tx) -> str:
    """Tell who may register in this space by themselves."""
    return str(tx.run(select(spaces.c.registering).where(spaces.c.id == tx.space)).scalar_one())


def set_registering(tx: Tx, who: str) -> None:
    """Say who may register in this space by themselves."""
    tx.run(update(spaces).where(spaces.c.id == tx.space).values(registering=who))


def add(tx: Tx, slug: str, name: str, language: str, created: datetime) -> int:
    """Make a space; a second one with the same slug is an IntegrityError of the database."""
    if tx.postgresql:
        query = select(func.haidang_add_space(slug, name, language, created))
        return int(tx.run(query).scalar_one())
    values = {"slug": slug, "name": name, "language": language, "created": created}
    return int(tx.run(insert(spaces).values(values).returning(spaces.c.id)).scalar_one())


def counts(tx: Tx) -> list[SpaceCount]:
    """Count what each space holds."""
    if tx.postgresql:
        query = text("select slug, name, accounts, versions, statements from haidang_space_counts() order by slug")
    else:
        query = text(
            """
            select slug, name,
                   (select count(*) from accounts where space_id = spaces.id),
                   (select count(*) from versions where space_id = spaces.id),
                   (select count(*) from statements where space_id = spaces.id)
            from spaces order by slug
            """,
        )
    return [SpaceCount(*row) for row in tx.run(query)]
