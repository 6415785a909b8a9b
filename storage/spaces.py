"""Spaces: a ministry's or a province's tenancy. Finding one happens before any space is set, so it goes through narrow functions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Date, Identity, Table, Text, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from storage.columns import Instant, Space
from storage.database import Tx
from storage.errors import Taken
from storage.schema import metadata

spaces = Table(
    "spaces",
    metadata,
    Column("id", Space, Identity(always=True), primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """What everybody may know of a space."""

    id: int
    slug: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class SpaceFigures:
    """What the platform's administrator may know of a space: sums and days, nobody's data (docs/people.md)."""

    slug: str
    name: str
    created: datetime
    accounts: int
    lessons: int
    statements: int
    bytes: int
    """What the files of its lessons weigh, as their imports weighed them."""
    written: date | None
    """The day, in Việt Nam, of the newest statement, lesson or account."""


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


def add(tx: Tx, slug: str, name: str, language: str, created: datetime) -> int:
    """Make a space; Taken where there is one with this slug already."""
    values = {"slug": slug, "name": name, "language": language, "created": created}
    function = select(func.haidang_add_space(*values.values()))
    try:
        return int(
            tx.run(function if tx.postgresql else insert(spaces).values(values).returning(spaces.c.id)).scalar_one()
        )
    except IntegrityError:
        raise Taken("slug") from None


def slugs(tx: Tx) -> list[str]:
    """List what the spaces are called in addresses."""
    query = text("select * from haidang_space_slugs()" if tx.postgresql else "select slug from spaces")
    return sorted(tx.run(query).scalars())


def figures(tx: Tx, slug: str | None = None) -> list[SpaceFigures]:
    """Sum up what each space holds, or one of them."""
    query = text(_FIGURES if tx.postgresql else _FIGURES_OF_SQLITE).columns(created=Instant, written=Date)
    return [SpaceFigures(*row) for row in tx.run(query, {"wanted": slug})]


_FIGURES = """
    select slug, name, created, accounts, lessons, statements, bytes, written
    from haidang_space_figures(cast(:wanted as text)) order by slug
"""

_FIGURES_OF_SQLITE = """
    select slug, name, created,
           (select count(*) from accounts where space_id = spaces.id),
           (select count(*) from versions where space_id = spaces.id),
           (select count(*) from statements where space_id = spaces.id),
           (select coalesce(sum(json_extract(report, '$.report.size')), 0) from versions where space_id = spaces.id),
           date(substr(nullif(max(
               coalesce((select max(stored) from statements where space_id = spaces.id), ''),
               coalesce((select max(published) from versions where space_id = spaces.id), ''),
               coalesce((select max(accounts.created) from accounts where space_id = spaces.id), '')
           ), ''), 1, 19), '+7 hours') as written -- SQLite would round up what comes after the seconds
    from spaces where :wanted is null or slug = :wanted order by slug
"""
