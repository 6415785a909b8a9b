"""Courses: their versions, of which one may be a draft, the packages that the published one holds, and their batches (docs/courses.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    delete,
    insert,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

courses = Table(
    "courses",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("created", Instant, nullable=False),
    Column("opened", Instant),
    Column("code", Text, nullable=False),
    Column("by_code", Instant),
    Column("published", Integer),
    Column("rule_id", Uuid),
    Column("draft", Text),
    Column("edited", Integer, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    UniqueConstraint("space_id", "code"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"]),
)


def of_a_course() -> ForeignKeyConstraint:
    """Tie a row to a course of its space."""
    return ForeignKeyConstraint(["space_id", "course_id"], ["courses.space_id", "courses.id"])


course_versions = Table(
    "course_versions",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("course_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("rule_version_id", Uuid, nullable=False),
    Column("published", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "course_id", "number"),
    of_a_course(),
    ForeignKeyConstraint(["space_id", "rule_version_id"], ["rule_versions.space_id", "rule_versions.id"]),
)

course_packages = Table(
    "course_packages",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("course_id", Uuid, nullable=False),
    Column("package_id", Uuid, nullable=False),
    PrimaryKeyConstraint("space_id", "course_id", "package_id"),
    of_a_course(),
    ForeignKeyConstraint(["space_id", "package_id"], ["packages.space_id", "packages.id"]),
    Index(None, "space_id", "package_id"),
)

batches = Table(
    "batches",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("course_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("begins", Date),
    Column("deadline", Date),
    Column("code", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    UniqueConstraint("space_id", "code"),
    of_a_course(),
    Index(None, "space_id", "course_id"),
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course: who may join it, which version is published, and what is being prepared."""

    id: UUID
    created: datetime
    code: str
    opened: datetime | None = None
    by_code: datetime | None = None
    """Since when whoever has the code may join."""
    published: int | None = None
    draft: str | None = None
    """What is not published yet, as JSON."""
    edited: int = 0
    """How often the draft was changed: two who edit at once must not undo each other's work."""
    body: str | None = None
    """What is published, as JSON."""
    rule_id: UUID | None = None
    """The rule by which it is completed, once it was published."""


@dataclass(frozen=True, slots=True)
class VersionOfCourse:
    """A published version of a course, and the rule for completing it."""

    course_id: UUID
    number: int
    body: str
    rule_id: UUID
    rule_version_id: UUID
    published: datetime


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch of a course, such as "đợt 01": when it begins, until when it learns, and its code."""

    id: UUID
    course_id: UUID
    name: str
    begins: date | None
    deadline: date | None
    code: str


def add(tx: Tx, course: CourseRow) -> None:
    """Make a course, of which nothing is published yet."""
    values = {"id": course.id, "created": course.created, "code": course.code}
    tx.run(insert(courses), {"space_id": tx.space, "draft": course.draft, "edited": course.edited} | values)


def find(tx: Tx, course_id: UUID) -> CourseRow | None:
    """Find a course."""
    row = tx.run(_course.where(courses.c.space_id == tx.space, courses.c.id == course_id)).one_or_none()
    return None if row is None else CourseRow(*row)


def listed(tx: Tx) -> list[CourseRow]:
    """List the courses, the newest first."""
    query = _course.where(courses.c.space_id == tx.space).order_by(courses.c.created.desc(), courses.c.id)
    return [CourseRow(*row) for row in tx.run(query)]


def list_open(tx: Tx) -> list[CourseRow]:
    """List the courses that are open to everybody, in the order in which they appeared."""
    query = _course.where(courses.c.space_id == tx.space, courses.c.opened.is_not(None), courses.c.published > 0)
    return [CourseRow(*row) for row in tx.run(query.order_by(courses.c.created, courses.c.id))]


def write_draft(tx: Tx, course_id: UUID, draft: str, seen: int) -> bool:
    """Keep what is being prepared, unless somebody else has changed it since it was seen."""
    here = (courses.c.space_id == tx.space) & (courses.c.id == course_id) & (courses.c.edited == seen)
    return bool(tx.run(update(courses).where(here).values(draft=draft, edited=seen + 1)).rowcount)


def publish(tx: Tx, version: VersionOfCourse, packages: Iterable[UUID]) -> None:
    """Publish a version: from this commit on learners see it, and what was being prepared is no longer."""
    key = {"space_id": tx.space, "course_id": version.course_id}
    more = {"body": version.body, "rule_version_id": version.rule_version_id, "published": version.published}
    tx.run(insert(course_versions), key | {"number": version.number} | more)
    values = {"published": version.number, "rule_id": version.rule_id, "draft": None, "edited": courses.c.edited + 1}
    here = (courses.c.space_id == tx.space) & (courses.c.id == version.course_id)
    tx.run(update(courses).where(here).values(values))
    held = (course_packages.c.space_id == tx.space) & (course_packages.c.course_id == version.course_id)
    tx.run(delete(course_packages).where(held))
    if rows := [key | {"package_id": package} for package in packages]:
        tx.run(insert(course_packages), rows)


def set_open(tx: Tx, course_id: UUID, opened: datetime | None) -> bool:
    """Open a course to everybody, or close it again; tell whether that changed anything."""
    here = (courses.c.space_id == tx.space) & (courses.c.id == course_id)
    was = courses.c.opened.is_not(None) if opened is None else courses.c.opened.is_(None)
    return bool(tx.run(update(courses).where(here, was).values(opened=opened)).rowcount)


def set_by_code(tx: Tx, course_id: UUID, since: datetime | None) -> bool:
    """Let whoever has the code join, or no longer; tell whether that changed anything."""
    here = (courses.c.space_id == tx.space) & (courses.c.id == course_id)
    was = courses.c.by_code.is_not(None) if since is None else courses.c.by_code.is_(None)
    return bool(tx.run(update(courses).where(here, was).values(by_code=since)).rowcount)


def with_packages(tx: Tx, package_ids: Iterable[UUID]) -> list[UUID]:
    """Name the courses that hold any of these packages."""
    query = select(course_packages.c.course_id).distinct()
    held = course_packages.c.package_id.in_([*package_ids])
    return [*tx.run(query.where(course_packages.c.space_id == tx.space, held)).scalars()]


def with_rule(tx: Tx, rule_id: UUID) -> UUID | None:
    """Find the course that is completed by a rule."""
    query = select(courses.c.id).where(courses.c.space_id == tx.space, courses.c.rule_id == rule_id)
    return tx.run(query.limit(1)).scalar_one_or_none()


def add_batch(tx: Tx, batch: BatchRow) -> None:
    """Make a batch."""
    values = {"id": batch.id, "course_id": batch.course_id, "name": batch.name, "code": batch.code}
    tx.run(insert(batches), {"space_id": tx.space, "begins": batch.begins, "deadline": batch.deadline} | values)


def change_batch(tx: Tx, batch: BatchRow) -> None:
    """Write down what a batch is called now, and its days."""
    values = {"name": batch.name, "begins": batch.begins, "deadline": batch.deadline}
    tx.run(update(batches).where(batches.c.space_id == tx.space, batches.c.id == batch.id).values(values))


def batches_of(tx: Tx, course_id: UUID) -> list[BatchRow]:
    """List the batches of a course by name."""
    query = _batch.where(batches.c.space_id == tx.space, batches.c.course_id == course_id)
    return [BatchRow(*row) for row in tx.run(query.order_by(batches.c.name, batches.c.id))]


def with_code(tx: Tx, code: str) -> tuple[UUID, UUID | None] | None:
    """Tell which course a code lets join, and in which batch; of a course only where it lets people join so."""
    query = select(courses.c.id).where(courses.c.space_id == tx.space, courses.c.code == code)
    found = tx.run(query.where(courses.c.by_code.is_not(None))).scalar_one_or_none()
    if found is not None:
        return found, None
    query = select(batches.c.course_id, batches.c.id).where(batches.c.space_id == tx.space, batches.c.code == code)
    row = tx.run(query).one_or_none()
    return None if row is None else (row[0], row[1])


def code_taken(tx: Tx, code: str) -> bool:
    """Tell whether a course or a batch has a code."""
    queries = [select(one.c.code).where(one.c.space_id == tx.space, one.c.code == code) for one in (courses, batches)]
    return any(tx.run(query).first() is not None for query in queries)


_published = (
    (course_versions.c.space_id == courses.c.space_id)
    & (course_versions.c.course_id == courses.c.id)
    & (course_versions.c.number == courses.c.published)
)

_course = select(
    courses.c.id,
    courses.c.created,
    courses.c.code,
    courses.c.opened,
    courses.c.by_code,
    courses.c.published,
    courses.c.draft,
    courses.c.edited,
    course_versions.c.body,
    courses.c.rule_id,
).join(course_versions, _published, isouter=True)

_batch = select(batches.c.id, batches.c.course_id, batches.c.name, batches.c.begins, batches.c.deadline, batches.c.code)
