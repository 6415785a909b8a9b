"""Packages and their versions. A version's row is what makes its files visible; they lie in the object store before it exists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.courses import course_packages, courses
from storage.database import Tx
from storage.schema import metadata

packages = Table(
    "packages",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("created", Instant, nullable=False),
    Column("opened", Instant),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)

versions = Table(
    "versions",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("package_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("activity", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("published", Instant, nullable=False),
    Column("report", Text, nullable=False, server_default="{}"),
    Column("identifier", Text, nullable=False, server_default=""),
    Column("size", BigInteger, nullable=False, server_default="0"),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id", "package_id"], ["packages.space_id", "packages.id"]),
    Index(None, "space_id", "package_id"),
)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version of a package: what it is, and the model that everything after import reads."""

    id: UUID
    package_id: UUID
    kind: str
    edition: str
    title: str
    activity: str
    model: str
    published: datetime
    report: str = "{}"
    """What the import said about it, as JSON."""
    identifier: str = ""
    """What its manifest calls the package; authoring tools are careless with it."""
    size: int = 0
    """How many bytes its files have together."""


def add_package(tx: Tx, package_id: UUID, created: datetime) -> None:
    """Make a package, still without a version."""
    tx.run(insert(packages), {"space_id": tx.space, "id": package_id, "created": created})


def open_packages(tx: Tx) -> frozenset[UUID]:
    """List the packages that are open to everybody."""
    query = select(packages.c.id).where(packages.c.space_id == tx.space, _is_open(tx))
    return frozenset(tx.run(query).scalars())


def _is_open(tx: Tx) -> ColumnElement[bool]:
    """Ask whether a package is open by itself, or by a course that is."""
    course = (courses.c.space_id == course_packages.c.space_id) & (courses.c.id == course_packages.c.course_id)
    held = select(course_packages.c.package_id).join(courses, course)
    held = held.where(course_packages.c.space_id == tx.space, courses.c.opened.is_not(None))
    return or_(packages.c.opened.is_not(None), packages.c.id.in_(held))


def set_open(tx: Tx, package_id: UUID, opened: datetime | None) -> bool:
    """Open a package to everybody, or close it again; tell whether that changed anything."""
    here = (packages.c.space_id == tx.space) & (packages.c.id == package_id)
    was = packages.c.opened.is_not(None) if opened is None else packages.c.opened.is_(None)
    return bool(tx.run(update(packages).where(here, was).values(opened=opened)).rowcount)


def publish(tx: Tx, version: VersionRow) -> None:
    """Publish a version: from this commit on its files are visible."""
    values = {
        "space_id": tx.space,
        "id": version.id,
        "package_id": version.package_id,
        "kind": version.kind,
        "edition": version.edition,
        "title": version.title,
        "activity": version.activity,
        "model": version.model,
        "published": version.published,
        "report": version.report,
        "identifier": version.identifier,
        "size": version.size,
    }
    tx.run(insert(versions), values)


def find_version(tx: Tx, version_id: UUID) -> VersionRow | None:
    """Find a version of this space."""
    row = tx.run(_version.where(versions.c.space_id == tx.space, versions.c.id == version_id)).one_or_none()
    return None if row is None else VersionRow(*row)


def newest_alike(tx: Tx, kind: str, identifier: str, title: str) -> UUID | None:
    """Find the version that is most likely an earlier one of the same lesson.

    Authors change titles, some tools call every package the same, others call each export anew: so one with both comes
    first, then one with the identifier, then one with the title; among equals the newest.
    """
    same_identifier, same_title = versions.c.identifier == identifier, versions.c.title == title
    likeness = case((same_identifier & same_title, 2), (same_identifier, 1), else_=0)
    query = (
        select(versions.c.id)
        .where(versions.c.space_id == tx.space, versions.c.kind == kind, same_identifier | same_title)
        .order_by(likeness.desc(), versions.c.published.desc(), versions.c.id)
        .limit(1)
    )
    return tx.run(query).scalar_one_or_none()


def weight(tx: Tx) -> int:
    """Tell how many bytes the lessons of this space have together."""
    query = select(func.coalesce(func.sum(versions.c.size), 0)).where(versions.c.space_id == tx.space)
    return int(tx.run(query).scalar_one())


def count_versions(tx: Tx) -> int:
    """Count what is published in this space."""
    query = select(func.count()).select_from(versions)
    return int(tx.run(query.where(versions.c.space_id == tx.space)).scalar_one())


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """What a list needs to know of a version: neither its model nor its report."""

    id: UUID
    package_id: UUID
    title: str
    activity: str


def list_open(tx: Tx) -> list[ListedVersion]:
    """List what is open to everybody, in the order in which it appeared."""
    package = (packages.c.space_id == versions.c.space_id) & (packages.c.id == versions.c.package_id)
    query = _listed.join(packages, package).where(versions.c.space_id == tx.space, _is_open(tx))
    return [ListedVersion(*row) for row in tx.run(query.order_by(versions.c.published, versions.c.id))]


def list_some(tx: Tx, version_ids: Iterable[UUID]) -> list[ListedVersion]:
    """List some versions, in the order in which they appeared."""
    query = _listed.where(versions.c.space_id == tx.space, versions.c.id.in_([*version_ids]))
    return [ListedVersion(*row) for row in tx.run(query.order_by(versions.c.published, versions.c.id))]


def list_newest(tx: Tx, package_ids: Iterable[UUID] | None = None) -> list[ListedVersion]:
    """List the newest version of each of these packages, or of all, in the order in which they appeared."""
    query = _listed.where(versions.c.space_id == tx.space)
    if package_ids is not None:
        query = query.where(versions.c.package_id.in_([*package_ids]))
    found = [ListedVersion(*row) for row in tx.run(query.order_by(versions.c.published, versions.c.id))]
    return [*{one.package_id: one for one in found}.values()]


def about(tx: Tx, activities: Iterable[str]) -> dict[str, UUID]:
    """Tell of which packages these activities are the lessons."""
    query = select(versions.c.activity, versions.c.package_id)
    query = query.where(versions.c.space_id == tx.space, versions.c.activity.in_([*activities]))
    return {row[0]: row[1] for row in tx.run(query)}


def titles(tx: Tx, activities: Iterable[str]) -> dict[str, str]:
    """Tell what these activities are called as lessons of our own, by their newest version."""
    query = select(versions.c.activity, versions.c.title).where(
        versions.c.space_id == tx.space, versions.c.activity.in_([*activities])
    )
    return {row[0]: row[1] for row in tx.run(query.order_by(versions.c.published, versions.c.id))}


def lessons(tx: Tx) -> list[ListedVersion]:
    """List the newest version of each package, in the order in which the packages came."""
    package = (packages.c.space_id == versions.c.space_id) & (packages.c.id == versions.c.package_id)
    query = _listed.join(packages, package).where(versions.c.space_id == tx.space)
    query = query.order_by(packages.c.created, packages.c.id, versions.c.published, versions.c.id)
    return list({row.package_id: ListedVersion(*row) for row in tx.run(query)}.values())


def list_versions(tx: Tx) -> list[VersionRow]:
    """List what is published in this space, in the order in which it appeared."""
    query = _version.where(versions.c.space_id == tx.space).order_by(versions.c.published, versions.c.id)
    return [VersionRow(*row) for row in tx.run(query)]


_listed = select(versions.c.id, versions.c.package_id, versions.c.title, versions.c.activity)

_version = select(
    versions.c.id,
    versions.c.package_id,
    versions.c.kind,
    versions.c.edition,
    versions.c.title,
    versions.c.activity,
    versions.c.model,
    versions.c.published,
    versions.c.report,
    versions.c.identifier,
    versions.c.size,
)
