"""Who is in a course: enrolled by others, with a unit, with a code or by themselves. Each way may be gone twice (docs/courses.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.errors import NotAllowed, Trouble
from lrs.people import audit
from lrs.people.units import Units
from packages.courses import counting, keeping
from storage import courses, enrolments
from storage.database import Tx
from storage.enrolments import CHOSEN, CODE, OPEN, UNIT, Enrolling


class WrongCourseCode(Trouble):
    """A code that no course has, or that is no longer good."""

    status = 422
    title = _("No course has this code")
    advice = _("Look at each digit once more. If it is right, ask whoever gave it to you.")


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of joining: which course, and whether one was in it already."""

    course_id: UUID
    before: bool


def chosen(tx: Tx, actor: UUID | None, course_id: UUID, batch_id: UUID | None, account_ids: Sequence[UUID]) -> int:
    """Enrol some people; count those who were not in it."""
    into = _into(tx, course_id, CHOSEN, batch_id)
    new = enrolments.enrol(tx, into, account_ids)
    if batch_id is not None:
        enrolments.put_in_batch(tx, course_id, batch_id, account_ids)
    return _entered(tx, actor, into, new)


@dataclass(frozen=True, slots=True)
class OfUnit:
    """Who belongs to a unit on a day, or to it and all below."""

    unit_id: UUID
    below: bool
    day: date


def unit(tx: Tx, actor: UUID | None, course_id: UUID, batch_id: UUID | None, who: OfUnit) -> int:
    """Enrol a unit as it is on a day; count those who were not in the course."""
    known = Units(tx)
    known.find(who.unit_id)
    inside = known.tree(who.day).all_below(who.unit_id) if who.below else {who.unit_id}
    into = _into(tx, course_id, UNIT, batch_id)
    return _entered(tx, actor, into, enrolments.enrol_members(tx, into, inside, who.day), unit=str(who.unit_id))


def with_code(tx: Tx, account_id: UUID, code: str) -> Joined:
    """Let somebody join by a code."""
    found = courses.with_code(tx, "".join(code.split()))
    if found is None or keeping.find(tx, found[0]).body is None:
        raise WrongCourseCode
    course_id, batch_id = found
    into = _into(tx, course_id, CODE, batch_id)
    return _by_oneself(tx, account_id, into)


def by_oneself(tx: Tx, account_id: UUID, course_id: UUID) -> Joined:
    """Let somebody join a course that is open to everybody."""
    row, _course = keeping.published(tx, course_id)
    if row.opened is None:
        raise NotAllowed(_("This course is not open to everybody. Ask for its code."))
    return _by_oneself(tx, account_id, _into(tx, course_id, OPEN, None))


def leave(tx: Tx, actor: UUID | None, course_id: UUID, account_id: UUID) -> None:
    """Let somebody leave, or take them out; what they did is kept and counts when they come back."""
    if enrolments.leave(tx, course_id, account_id, datetime.now(UTC)):
        audit.note(tx, actor, audit.COURSE_LEFT, account_id, course=str(course_id))


def _into(tx: Tx, course_id: UUID, way: str, batch_id: UUID | None) -> Enrolling:
    keeping.find(tx, course_id)
    keeping.batch_of(tx, course_id, batch_id)
    return Enrolling(course_id, way, datetime.now(UTC), batch_id)


def _by_oneself(tx: Tx, account_id: UUID, into: Enrolling) -> Joined:
    new = enrolments.enrol(tx, into, [account_id])
    _entered(tx, account_id, into, new, account_id)
    return Joined(into.course_id, not new)


def _entered(
    tx: Tx, actor: UUID | None, into: Enrolling, new: Sequence[UUID], subject: UUID | None = None, **more: str
) -> int:
    """Count what the new ones have done before, and note the deed: one line, however many they are."""
    if new:
        counting.settle(tx, into.course_id, new)
        facts = {"course": str(into.course_id), "way": into.way, "people": len(new)} | more
        audit.note(tx, actor, audit.ENROLLED, subject or (new[0] if len(new) == 1 else None), **facts)
    return len(new)
