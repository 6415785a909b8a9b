"""The courses of a space: made, changed, published, opened; each deed noted (docs/courses.md)."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _

from lrs.errors import Malformed, NotFound, Trouble
from lrs.outcomes import versions as engine
from lrs.outcomes.rules.problems import WrongRule
from lrs.people import audit
from packages.courses import checking, counting, editing
from packages.courses.checking import Problem
from packages.courses.completing import rule_of
from packages.courses.course import Course, Section, Words, read, said, write
from packages.courses.editing import Given, NotSo
from storage import courses, rules, versions
from storage.courses import BatchRow, CourseRow, VersionOfCourse
from storage.database import Tx

_CODES = 90_000_000
"""So many numbers of eight digits do not begin with a zero."""


class ChangedMeanwhile(Trouble):
    """Two have the same course open for changes."""

    status = 409
    title = _("Somebody else has changed this course meanwhile")
    advice = _("Nothing was overwritten. Look at the course as it is now, and make your change once more.")


class NotReady(Trouble):
    """A course that cannot be published as it is."""

    status = 422
    title = _("The course is not ready yet")

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def make(tx: Tx, actor: UUID | None, titles: Words) -> UUID:
    """Make a course with nothing in it."""
    if not any(titles.values()):
        raise NotReady([Problem(checking.NO_TITLE)])
    row = CourseRow(uuid4(), datetime.now(UTC), _new_code(tx), draft=write(Course(titles, sections=(Section(),))))
    courses.add(tx, row)
    audit.note(tx, actor, audit.COURSE_MADE, course=str(row.id))
    return row.id


def find(tx: Tx, course_id: UUID) -> CourseRow:
    """Find a course."""
    row = courses.find(tx, course_id)
    if row is None:
        raise NotFound
    return row


def published(tx: Tx, course_id: UUID) -> tuple[CourseRow, Course]:
    """Find a course that learners see."""
    row = find(tx, course_id)
    if row.body is None:
        raise NotFound
    return row, read(row.body)


def prepared(row: CourseRow) -> Course:
    """Read a course as those see it who change it: what is being prepared, or what is published."""
    text = row.draft or row.body
    return Course() if text is None else read(text)


def change(tx: Tx, course_id: UUID, act: str, given: Given) -> None:
    """Do one act on what is being prepared."""
    row = find(tx, course_id)
    try:
        seen, new = given.number("edited"), editing.apply(prepared(row), act, given)
    except NotSo:
        raise Malformed from None
    if not courses.write_draft(tx, course_id, write(new), seen):
        raise ChangedMeanwhile


def publish(tx: Tx, course_id: UUID, actor: UUID | None) -> None:
    """Publish what is being prepared; who is in the course goes on in the new version, and what they did counts."""
    row = find(tx, course_id)
    if row.draft is None:
        return
    course = read(row.draft)
    there = {one.package_id: one.activity for one in versions.list_newest(tx, course.packages)}
    if wrong := checking.problems(course, there, course_id):
        raise NotReady(wrong)
    number, rule = (row.published or 0) + 1, _rule(tx, row, course, there)
    version = VersionOfCourse(course_id, number, row.draft, rule.rule_id, rule.id, datetime.now(UTC))
    courses.publish(tx, version, course.packages)
    counting.settle(tx, course_id)
    audit.note(tx, actor, audit.COURSE_PUBLISHED, course=str(course_id), version=number)


def _rule(tx: Tx, row: CourseRow, course: Course, activities: Mapping[UUID, str]) -> rules.VersionRow:
    """Let the rule of a course say what its parts are now; where they ask the same as before it stays as it is."""
    name = said(course.titles, "vi")
    if row.rule_id is not None:
        rules.rename(tx, row.rule_id, name)
    try:
        return engine.add(tx, rule_of(course, activities), row.rule_id or engine.Naming(name))
    except WrongRule:
        raise NotReady([Problem(checking.TOO_LARGE)]) from None


def set_open(tx: Tx, course_id: UUID, actor: UUID | None, *, opened: bool) -> None:
    """Open a course to everybody, or close it again."""
    if courses.set_open(tx, find(tx, course_id).id, datetime.now(UTC) if opened else None):
        audit.note(tx, actor, audit.COURSE_OPENED if opened else audit.COURSE_CLOSED, course=str(course_id))


def set_by_code(tx: Tx, course_id: UUID, actor: UUID | None, *, allowed: bool) -> None:
    """Let whoever has the code join, or no longer."""
    if courses.set_by_code(tx, find(tx, course_id).id, datetime.now(UTC) if allowed else None):
        audit.note(tx, actor, audit.CODE_GIVEN if allowed else audit.CODE_TAKEN, course=str(course_id))


def add_batch(tx: Tx, course_id: UUID, actor: UUID | None, given: Given) -> UUID:
    """Make a batch of a course."""
    name, begins, deadline = _batch(given)
    batch = BatchRow(uuid4(), find(tx, course_id).id, name, begins, deadline, _new_code(tx))
    courses.add_batch(tx, batch)
    audit.note(tx, actor, audit.BATCH_MADE, course=str(course_id), batch=str(batch.id))
    return batch.id


def change_batch(tx: Tx, batch: BatchRow, actor: UUID | None, given: Given) -> None:
    """Write down what a batch is called now, and its days."""
    name, begins, deadline = _batch(given)
    courses.change_batch(tx, replace(batch, name=name, begins=begins, deadline=deadline))
    audit.note(tx, actor, audit.BATCH_CHANGED, course=str(batch.course_id), batch=str(batch.id))


def batch_of(tx: Tx, course_id: UUID, batch_id: UUID | None) -> BatchRow | None:
    """Find a batch of a course; nothing is none."""
    if batch_id is None:
        return None
    found = next((one for one in courses.batches_of(tx, course_id) if one.id == batch_id), None)
    if found is None:
        raise NotFound
    return found


def titles(tx: Tx, course_ids: Iterable[UUID]) -> dict[UUID, Words]:
    """Give the titles of some courses that are published."""
    rows = [courses.find(tx, one) for one in course_ids]
    return {row.id: read(row.body).titles for row in rows if row is not None and row.body is not None}


def _batch(given: Given) -> tuple[str, date | None, date | None]:
    name = given.text("name", editing.LONGEST_TITLE)
    try:
        begins, deadline = given.day("begins"), given.day("deadline")
    except NotSo:
        raise Malformed from None
    if not name or (begins and deadline and deadline < begins):
        raise NotReady([Problem(checking.NO_TITLE if not name else checking.ENDS_FIRST)])
    return name, begins, deadline


def _new_code(tx: Tx) -> str:
    """Choose a code that no course and no batch has: eight digits, to be read out and typed."""
    while True:
        code = str(secrets.randbelow(_CODES) + 10_000_000)
        if not courses.code_taken(tx, code):
            return code
