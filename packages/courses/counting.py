"""The figures of an enrolment: summed up from the record when something may have changed them, kept for tables (docs/courses.md)."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from packages.courses.course import Course, read
from packages.courses.standing import Learnt
from storage import awards, courses, enrolments, learnt, versions
from storage.courses import CourseRow
from storage.database import Tx
from storage.enrolments import Figures

if TYPE_CHECKING:
    from datetime import datetime

SOME = 5000
"""People whose figures are summed up at once: a statement has so many parameters."""


def figures(course: Course, learnt: Learnt) -> Figures:
    """Sum up how far somebody has come, for tables: the same whatever day it is."""
    ended = [
        min((learnt.completed[one] for one in part.packages if one in learnt.completed), default=None)
        for part in course.required
    ]
    done = [moment for moment in ended if moment is not None]
    whole = bool(ended) and len(done) == len(ended)
    moments = [
        *(learnt.begun.get(one) for one in course.packages),
        *(learnt.completed.get(one) for one in course.packages),
    ]
    known = [moment for moment in moments if moment is not None]
    stage = next((at for at, moment in enumerate(ended) if moment is None), len(ended))
    return Figures(
        begun=min(known, default=None),
        moved=max(known, default=None),
        completed=max(done) if whole else None,
        done=len(done),
        stage=stage,
    )


def settle(tx: Tx, course_id: UUID, account_ids: Sequence[UUID] | None = None) -> int:
    """Sum up anew how far these people have come in a course, or all; count those who have moved."""
    row = courses.find(tx, course_id)
    if row is None or row.body is None:
        return 0
    course, count = read(row.body), 0
    parts = (
        [account_ids]
        if account_ids is None
        else [account_ids[at : at + SOME] for at in range(0, len(account_ids), SOME)]
    )
    for some in parts:
        before = enrolments.figures_of(tx, course_id, some)
        found = _learnt(tx, course_id, course, some)
        now = {who: figures(course, found.get(who, Learnt())) for who in before}
        changed = {who: one for who, one in now.items() if one != before[who]}
        enrolments.set_figures(tx, course_id, changed)
        count += len(changed)
    return count


def _learnt(tx: Tx, course_id: UUID, course: Course, some: Sequence[UUID] | None) -> dict[UUID, Learnt]:
    packages = {one.activity: one.package_id for one in versions.list_newest(tx, course.packages)}
    begun: dict[UUID, dict[UUID, datetime]] = {}
    completed: dict[UUID, dict[UUID, datetime]] = {}
    for who, package, at in learnt.begun(tx, course_id, some):
        begun.setdefault(who, {})[package] = at
    for who, activity, at in learnt.completed(tx, course_id, [*packages], some):
        completed.setdefault(who, {})[packages[activity]] = at
    return {who: Learnt(begun.get(who, {}), completed.get(who, {})) for who in {*begun, *completed}}


def has_completed(tx: Tx, account_id: UUID, row: CourseRow, course: Course) -> bool:
    """Tell whether somebody has completed a course: what was given for it stays, whatever a newer version asks besides."""
    if row.rule_id is not None and awards.holders(tx, row.rule_id, [account_id]):
        return True
    return figures(course, learnt_of(tx, account_id, course.packages)).completed is not None


def learnt_of(tx: Tx, account_id: UUID, packages: Iterable[UUID]) -> Learnt:
    """Tell which of these packages somebody has begun and completed."""
    activities = {one.activity: one.package_id for one in versions.list_newest(tx, packages)}
    return Learnt(
        dict(learnt.begun_by(tx, account_id)),
        {activities[activity]: at for activity, at in learnt.completed_by(tx, account_id) if activity in activities},
    )
