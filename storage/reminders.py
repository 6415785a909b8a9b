"""Who was reminded of which deadline, once each and by each channel (docs/courses.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Date, PrimaryKeyConstraint, Table, Text, Uuid, or_, select, text

from storage.columns import Instant, Space
from storage.courses import of_a_course
from storage.database import Tx
from storage.enrolments import enrolments
from storage.people import accounts, of_an_account
from storage.schema import metadata

reminders = Table(
    "reminders",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("course_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("channel", Text, nullable=False, server_default=text("'mail'")),
    PrimaryKeyConstraint("space_id", "course_id", "account_id", "kind", "deadline", "channel"),
    of_a_course(),
    of_an_account(),
)

MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What people are reminded of: a deadline of a course, in one way."""

    course_id: UUID
    kind: str
    deadline: date
    channel: str = MAIL
    """How they are: by e-mail, or by another system, whose address has an id. Each reminds once."""


def due(tx: Tx, what: Reminder, batches: Sequence[UUID | None], most: int) -> list[UUID]:
    """List some who have not completed a course, are in one of these batches or in none, and were not reminded so yet."""
    named = [one for one in batches if one is not None]
    inside = enrolments.c.batch_id.in_(named)
    mine = or_(inside, enrolments.c.batch_id.is_(None)) if None in batches else inside
    told = select(reminders.c.account_id).where(
        reminders.c.space_id == tx.space,
        reminders.c.course_id == what.course_id,
        reminders.c.kind == what.kind,
        reminders.c.deadline == what.deadline,
        reminders.c.channel == what.channel,
    )
    open_ones = (accounts.c.space_id == enrolments.c.space_id) & (accounts.c.id == enrolments.c.account_id)
    query = (
        select(enrolments.c.account_id)
        .join(accounts, open_ones & accounts.c.closed.is_(None))
        .where(enrolments.c.space_id == tx.space, enrolments.c.course_id == what.course_id, mine)
        .where(enrolments.c.ended.is_(None), enrolments.c.completed.is_(None), enrolments.c.account_id.not_in(told))
    )
    return [*tx.run(query.order_by(enrolments.c.account_id).limit(most)).scalars()]


def note(tx: Tx, what: Reminder, account_ids: Sequence[UUID], now: datetime) -> list[UUID]:
    """Write down that people are reminded; name those who were not yet."""
    if not account_ids:
        return []
    same = {"course_id": what.course_id, "kind": what.kind, "deadline": what.deadline, "channel": what.channel}
    query = tx.insert(reminders).values(
        [{"space_id": tx.space, "account_id": who, "at": now} | same for who in account_ids]
    )
    return [*tx.run(query.on_conflict_do_nothing().returning(reminders.c.account_id)).scalars()]
