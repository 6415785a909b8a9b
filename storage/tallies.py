"""How far the people of a course have come, counted: by unit and batch, and by the part at which they are (docs/courses.md)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, func, or_, select

from storage.database import Tx
from storage.enrolments import enrolments
from storage.units import members


@dataclass(frozen=True, slots=True)
class Tally:
    """Of those in a unit and a batch, or in none, how many are enrolled, have begun, have completed."""

    unit_id: UUID | None
    batch_id: UUID | None
    enrolled: int
    begun: int
    completed: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many have a part before them as the first that is missing: all, those who have begun, those who have not moved for long."""

    stage: int
    people: int
    begun: int
    still: int


def by_unit(tx: Tx, course_id: UUID, day: date) -> list[Tally]:
    """Count the people of a course by the unit to which they belong on a day, and by batch."""
    here = (members.c.space_id == enrolments.c.space_id) & (members.c.account_id == enrolments.c.account_id)
    still = or_(members.c.until.is_(None), members.c.until > day)
    query = (
        select(
            members.c.unit_id,
            enrolments.c.batch_id,
            func.count(),
            func.count(func.coalesce(enrolments.c.begun, enrolments.c.completed)),
            func.count(enrolments.c.completed),
        )
        .select_from(enrolments.join(members, here & (members.c.since <= day) & still, isouter=True))
        .where(enrolments.c.space_id == tx.space, enrolments.c.course_id == course_id, enrolments.c.ended.is_(None))
        .group_by(members.c.unit_id, enrolments.c.batch_id)
    )
    return [Tally(*row) for row in tx.run(query)]


def by_stage(tx: Tx, course_id: UUID, batch_id: UUID | None, since: datetime) -> list[Waiting]:
    """Count those who have not completed by the first part that is missing, and of them those who have not moved since a moment."""
    lately = func.coalesce(enrolments.c.moved, enrolments.c.since)
    query = (
        select(
            enrolments.c.stage,
            func.count(),
            func.count(enrolments.c.begun),
            func.coalesce(func.sum(case((lately < since, 1), else_=0)), 0),
        )
        .where(enrolments.c.space_id == tx.space, enrolments.c.course_id == course_id, enrolments.c.ended.is_(None))
        .where(enrolments.c.completed.is_(None))
        .group_by(enrolments.c.stage)
        .order_by(enrolments.c.stage)
    )
    if batch_id is not None:
        query = query.where(enrolments.c.batch_id == batch_id)
    return [Waiting(*map(int, row)) for row in tx.run(query)]
