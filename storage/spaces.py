"""Spaces: a ministry's or a province's tenancy. Finding one happens before any space is set, so it goes through narrow functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Identity, Table, Text, func, insert, select, text, update
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
    Column("languages", Text, nullable=False, server_default="vi,en"),
    Column("zone", Text, nullable=False, server_default="Asia/Ho_Chi_Minh"),
    Column("emblem", Text),
    Column("quota", BigInteger),
    Column("registering", Text, nullable=False, server_default=text("'nobody'")),
)

NOBODY, ANYBODY = "nobody", "anybody"
"""Who may register by themselves."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a space decides for itself."""

    name: str
    language: str
    """The one in which it speaks to whoever asks for none of its languages."""
    languages: tuple[str, ...] = ("vi", "en")
    zone: str = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """What everybody may know of a space."""

    id: int
    slug: str
    settings: Settings
    emblem: str | None = None
    """The digest of its picture."""
    quota: int | None = None
    """How many bytes its lessons may weigh together."""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.settings.name

    @property
    def language(self) -> str:
        """The one it speaks by itself."""
        return self.settings.language


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
    """What the files of its lessons weigh."""
    written: date | None
    """The day, in Việt Nam, of the newest statement, lesson or account."""
    quota: int | None = None
    """How many bytes its lessons may weigh."""
    entered: bool = True
    """Whether anybody was ever here."""


def find_by_slug(tx: Tx, slug: str) -> SpaceRow | None:
    """Find the space that a host or a path names."""
    query = _BY_SLUG_NARROWLY if tx.postgresql else _BY_SLUG
    row = tx.run(query, {"slug": slug}).one_or_none()
    return None if row is None else _space(row)


def own(tx: Tx) -> SpaceRow:
    """Describe the space that a transaction is in."""
    return _space(tx.run(_space_columns.where(spaces.c.id == tx.space)).one())


def change(tx: Tx, settings: Settings) -> None:
    """Let the space be so from now on."""
    values = {
        "name": settings.name,
        "language": settings.language,
        "languages": ",".join(settings.languages),
        "zone": settings.zone,
    }
    tx.run(update(spaces).where(spaces.c.id == tx.space).values(values))


def set_emblem(tx: Tx, digest: str | None) -> None:
    """Say which picture is the space's."""
    tx.run(update(spaces).where(spaces.c.id == tx.space).values(emblem=digest))


def set_quota(tx: Tx, slug: str, most: int | None) -> bool:
    """Say how many bytes the lessons of a space may weigh; tell whether there is such a space. It is not the space that decides this."""
    if tx.postgresql:
        return tx.run(select(func.haidang_set_quota(slug, most))).scalar_one() is not None
    return bool(tx.run(update(spaces).where(spaces.c.slug == slug).values(quota=most)).rowcount)


def _space(row: Iterable[Any]) -> SpaceRow:
    number, slug, name, language, languages, zone, *more = row
    return SpaceRow(number, slug, Settings(name, language, tuple(languages.split(",")), zone), *more)


def registering(tx: Tx) -> str:
    """Tell who may register in this space by themselves."""
    return str(tx.run(select(spaces.c.registering).where(spaces.c.id == tx.space)).scalar_one())


def set_registering(tx: Tx, who: str) -> None:
    """Say who may register in this space by themselves."""
    tx.run(update(spaces).where(spaces.c.id == tx.space).values(registering=who))


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
    query = text(_FIGURES if tx.postgresql else _FIGURES_OF_SQLITE).columns(
        created=Instant, written=Date, entered=Boolean
    )
    return [SpaceFigures(*row) for row in tx.run(query, {"wanted": slug})]


# Statements are not counted one by one each time: those that have been followed have been counted then, and only the others are counted
# now. The sum is that of this moment all the same. A cursor that does not know how many it has passed counts for none.
_FIGURES = """
    select slug, name, created, accounts, lessons, statements, bytes, written, quota, entered
    from haidang_space_figures(cast(:wanted as text)) order by slug
"""

_FIGURES_OF_SQLITE = """
    select slug, name, created,
           (select count(*) from accounts where space_id = spaces.id and role != 'guest'),
           (select count(*) from versions where space_id = spaces.id),
           coalesce(read.passed, 0) + (
               select count(*) from statements where space_id = spaces.id
               and (epoch, txid, seq) > (coalesce(read.epoch, 0), coalesce(read.txid, 0), coalesce(read.seq, 0))
           ),
           (select coalesce(sum(size), 0) from versions where space_id = spaces.id),
           date(substr(nullif(max(
               coalesce((select max(stored) from statements where space_id = spaces.id), ''),
               coalesce((select max(published) from versions where space_id = spaces.id), ''),
               coalesce((select max(accounts.created) from accounts where space_id = spaces.id), '')
           ), ''), 1, 19), '+7 hours') as written, -- SQLite would round up what comes after the seconds
           quota,
           exists (select 1 from sessions where space_id = spaces.id) as entered
    from spaces left join cursors as read
        on read.space_id = spaces.id and read.follower = 'outcomes' and read.passed is not null
    where :wanted is null or slug = :wanted order by slug
"""

_COLUMNS = "id, slug, name, language, languages, zone, emblem, quota"
_BY_SLUG = text(f"select {_COLUMNS} from spaces where slug = :slug")  # noqa: S608
_BY_SLUG_NARROWLY = text(f"select {_COLUMNS} from haidang_space_by_slug(:slug)")  # noqa: S608
_space_columns = select(*(spaces.c[name] for name in _COLUMNS.split(", ")))
