"""Courses as their learners see them: what they are in, what is open to them, and where they stand in each (docs/courses.md)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lrs import days
from lrs.access import GUEST, Caller
from packages.courses import counting, keeping
from packages.courses.course import Course, Words, read
from packages.courses.standing import Learnt, Standing, stand
from storage import courses, enrolments, versions
from storage.courses import CourseRow
from storage.database import Tx
from storage.enrolments import EnrolmentRow
from storage.versions import ListedVersion


@dataclass(frozen=True, slots=True)
class Learning:
    """A course as one person sees it."""

    row: CourseRow
    course: Course
    enrolment: EnrolmentRow | None
    standing: Standing
    deadline: date | None
    begins: date | None
    """The day on which the batch begins, if that is still to come."""
    before: tuple[tuple[UUID, Words], ...]
    """The courses that have to be completed before, and are not yet."""
    lessons: dict[UUID, ListedVersion]

    @property
    def following(self) -> ListedVersion | None:
        """The lesson to go on with, if there is one."""
        return None if self.standing.next is None else self.lessons.get(self.standing.next[0])


def one(tx: Tx, who: Caller, course_id: UUID) -> Learning:
    """Show somebody a course."""
    row, course = keeping.published(tx, course_id)
    enrolment = None
    if who.account_id is not None and who.role != GUEST:
        enrolment = enrolments.find(tx, course_id, who.account_id)
    return _seen(tx, who, row, course, enrolment)


def all_of(tx: Tx, who: Caller) -> list[Learning]:
    """List the courses that somebody is in; a guest is in all that are open to everybody."""
    if who.account_id is None:
        return []
    if who.role == GUEST:
        return [_seen(tx, who, row, read(row.body), None) for row in courses.list_open(tx) if row.body]
    found = []
    for enrolment in enrolments.of_account(tx, who.account_id):
        row = courses.find(tx, enrolment.course_id)
        if row is not None and row.body is not None:
            found.append(_seen(tx, who, row, read(row.body), enrolment))
    return found


def open_to(tx: Tx, who: Caller) -> list[tuple[CourseRow, Course]]:
    """List the open courses that somebody is not in yet."""
    own = set() if who.account_id is None else {one.course_id for one in enrolments.of_account(tx, who.account_id)}
    return [(row, read(row.body)) for row in courses.list_open(tx) if row.body and row.id not in own]


def following(learnings: list[Learning]) -> Learning | None:
    """Tell which course to go on with: one that was begun, the deadline that is nearest first; else the first one."""
    left = [one for one in learnings if one.following is not None and not one.standing.completed]
    left.sort(key=lambda one: (one.standing.next is None or one.standing.next[1] != "begun", one.deadline or date.max))
    return left[0] if left else None


def _seen(tx: Tx, who: Caller, row: CourseRow, course: Course, enrolment: EnrolmentRow | None) -> Learning:
    today = days.today()
    learnt = Learnt() if who.account_id is None else counting.learnt_of(tx, who.account_id, course.packages)
    batch = None if enrolment is None else keeping.batch_of(tx, row.id, enrolment.batch_id)
    begins = batch.begins if batch and batch.begins and batch.begins > today else None
    before = _before(tx, who, course)
    return Learning(
        row,
        course,
        enrolment,
        stand(course, learnt, today, closed=bool(before) or begins is not None),
        (batch.deadline if batch else None) or course.deadline,
        begins,
        before,
        {one.package_id: one for one in versions.list_newest(tx, course.packages)},
    )


def _before(tx: Tx, who: Caller, course: Course) -> tuple[tuple[UUID, Words], ...]:
    """Tell which of the courses that come before somebody has not completed."""
    missing = []
    for course_id in course.after:
        row = courses.find(tx, course_id)
        if row is not None and row.body is not None:
            other = read(row.body)
            if who.account_id is None or not counting.has_completed(tx, who.account_id, row, other):
                missing.append((course_id, other.titles))
    return tuple(missing)
