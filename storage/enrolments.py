"""Who learns which course, by which way, and how far they have come, which follows from the record (docs/courses.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.sql import Select

from storage.columns import Instant, Space
from storage.courses import of_a_course
from storage.database import Tx
from storage.people import NAMED, accounts, of_an_account
from storage.schema import metadata
from storage.units import members

enrolments = Table(
    "enrolments",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("course_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("since", Instant, nullable=False),
    Column("way", Text, nullable=False),
    Column("batch_id", Uuid),
    Column("ended", Instant),
    Column("begun", Instant),
    Column("moved", Instant),
    Column("completed", Instant),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("stage", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("space_id", "course_id", "account_id"),
    of_a_course(),
    of_an_account(),
    ForeignKeyConstraint(["space_id", "batch_id"], ["batches.space_id", "batches.id"]),
    Index(None, "space_id", "account_id"),
    Index(None, "space_id", "course_id", "since", "account_id"),
)

CHOSEN, UNIT, CODE, OPEN = "chosen", "unit", "code", "open"
"""The ways to be enrolled: by somebody who looks after people, with a unit, with a code, by oneself in an open course."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How far somebody has come: when they began, went on and completed; how many required parts are done, and which is next."""

    begun: datetime | None = None
    moved: datetime | None = None
    completed: datetime | None = None
    done: int = 0
    stage: int = 0


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """Somebody learns a course."""

    course_id: UUID
    account_id: UUID
    since: datetime
    way: str
    batch_id: UUID | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Into which course somebody is enrolled, by which way, in which batch, when."""

    course_id: UUID
    way: str
    now: datetime
    batch_id: UUID | None = None


def enrol(tx: Tx, into: Enrolling, account_ids: Sequence[UUID]) -> list[UUID]:
    """Enrol people; name those who were not enrolled before. Who has left comes back to where they were."""
    own = select(accounts.c.id).where(_people(tx), accounts.c.id.in_([*account_ids]))
    return _enrol(tx, into, own)


def enrol_members(tx: Tx, into: Enrolling, unit_ids: Iterable[UUID], day: date) -> list[UUID]:
    """Enrol all who belong to any of these units on a day; name those who were not enrolled before."""
    still = or_(members.c.until.is_(None), members.c.until > day)
    inside = (members.c.space_id == tx.space) & members.c.unit_id.in_([*unit_ids]) & (members.c.since <= day)
    who = select(members.c.account_id).where(inside, still)
    return _enrol(tx, into, select(accounts.c.id).where(_people(tx), accounts.c.id.in_(who)))


def _people(tx: Tx) -> ColumnElement[bool]:
    return (accounts.c.space_id == tx.space) & NAMED & accounts.c.closed.is_(None)


def _enrol(tx: Tx, into: Enrolling, who: Select[tuple[UUID]]) -> list[UUID]:
    given = (
        literal(tx.space),
        literal(into.course_id, Uuid),
        literal(into.now, Instant),
        literal(into.way),
        null() if into.batch_id is None else literal(into.batch_id, Uuid),
    )
    names = ["account_id", "space_id", "course_id", "since", "way", "batch_id"]
    query = tx.insert(enrolments).from_select(names, who.add_columns(*given))
    again = {"ended": None, "since": into.now, "way": into.way, "batch_id": query.excluded.batch_id}
    key = [enrolments.c.space_id, enrolments.c.course_id, enrolments.c.account_id]
    query = query.on_conflict_do_update(index_elements=key, set_=again, where=enrolments.c.ended.is_not(None))
    return [*tx.run(query.returning(enrolments.c.account_id)).scalars()]


def put_in_batch(tx: Tx, course_id: UUID, batch_id: UUID, account_ids: Sequence[UUID]) -> None:
    """Put people who are enrolled into a batch."""
    which = enrolments.c.account_id.in_([*account_ids])
    tx.run(update(enrolments).where(*_in(tx, course_id), which).values(batch_id=batch_id))


def leave(tx: Tx, course_id: UUID, account_id: UUID, now: datetime) -> bool:
    """Let somebody leave; what they did stays. Tell whether they were in it."""
    query = update(enrolments).where(*_in(tx, course_id), enrolments.c.account_id == account_id)
    return bool(tx.run(query.values(ended=now)).rowcount)


def find(tx: Tx, course_id: UUID, account_id: UUID) -> EnrolmentRow | None:
    """Find somebody's enrolment in a course."""
    row = tx.run(_row.where(*_in(tx, course_id), enrolments.c.account_id == account_id)).one_or_none()
    return None if row is None else _read(row)


def of_account(tx: Tx, account_id: UUID) -> list[EnrolmentRow]:
    """List what somebody is enrolled in, the newest last."""
    query = _row.where(enrolments.c.space_id == tx.space, enrolments.c.account_id == account_id)
    query = query.where(enrolments.c.ended.is_(None)).order_by(enrolments.c.since, enrolments.c.course_id)
    return [_read(row) for row in tx.run(query)]


@dataclass(frozen=True, slots=True)
class Those:
    """Which of the enrolled are asked for: in a batch, in some units on a day, at a stage, who have begun or completed, or not."""

    batch_id: UUID | None = None
    units: frozenset[UUID] | None = None
    day: date | None = None
    stage: int | None = None
    state: str = ""


NEW, BEGUN, COMPLETED = "new", "begun", "completed"


def page(
    tx: Tx, course_id: UUID, those: Those, most: int, after: tuple[datetime, UUID] | None = None
) -> list[EnrolmentRow]:
    """Give some of the enrolled, those who came last first, from a place on."""
    query = _row.where(*_those(tx, course_id, those))
    if after is not None:
        here = tuple_(enrolments.c.since, enrolments.c.account_id)
        query = query.where(here < tuple_(literal(after[0], Instant), literal(after[1], Uuid)))
    query = query.order_by(enrolments.c.since.desc(), enrolments.c.account_id.desc()).limit(most)
    return [_read(row) for row in tx.run(query)]


def count(tx: Tx, course_id: UUID, those: Those | None = None) -> int:
    """Count the enrolled that are asked for."""
    query = select(func.count()).select_from(enrolments).where(*_those(tx, course_id, those or Those()))
    return int(tx.run(query).scalar_one())


def counts(tx: Tx) -> dict[UUID, int]:
    """Count who is enrolled in each course."""
    query = select(enrolments.c.course_id, func.count()).where(
        enrolments.c.space_id == tx.space, enrolments.c.ended.is_(None)
    )
    return {row[0]: row[1] for row in tx.run(query.group_by(enrolments.c.course_id))}


def in_courses(tx: Tx, course_ids: Iterable[UUID] | None, account_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Tell who of these people is in which of these courses, or in which of all."""
    query = select(enrolments.c.course_id, enrolments.c.account_id).where(enrolments.c.space_id == tx.space)
    query = query.where(enrolments.c.account_id.in_([*account_ids]))
    if course_ids is not None:
        query = query.where(enrolments.c.course_id.in_([*course_ids]))
    return [(row[0], row[1]) for row in tx.run(query)]


def figures_of(tx: Tx, course_id: UUID, account_ids: Iterable[UUID] | None) -> dict[UUID, Figures]:
    """Give the figures of some people in a course, or of all, those who have left included."""
    query = select(enrolments.c.account_id, *_figures)
    query = query.where(enrolments.c.space_id == tx.space, enrolments.c.course_id == course_id)
    if account_ids is not None:
        query = query.where(enrolments.c.account_id.in_([*account_ids]))
    return {row[0]: Figures(*row[1:]) for row in tx.run(query)}


def set_figures(tx: Tx, course_id: UUID, figures: dict[UUID, Figures]) -> None:
    """Write down how far people have come."""
    if not figures:
        return
    if tx.postgresql:
        columns = {name: [getattr(one, name) for one in figures.values()] for name in _NAMES}
        tx.run(_SET_AT_ONCE, {"space": tx.space, "course": course_id, "who": [*figures]} | columns)
        return
    query = update(enrolments).where(
        enrolments.c.space_id == tx.space,
        enrolments.c.course_id == course_id,
        enrolments.c.account_id == bindparam("who", type_=Uuid),
    )
    tx.run(
        query.values({name: bindparam(f"new_{name}", type_=enrolments.c[name].type) for name in _NAMES}),
        [{"who": who} | {f"new_{name}": getattr(one, name) for name in _NAMES} for who, one in figures.items()],
    )


_NAMES = ("begun", "moved", "completed", "done", "stage")

# Forty thousand at once: one after another they took eight seconds, in which whoever follows waited for those rows.
_SET_AT_ONCE = text(
    """
    update enrolments set begun = new.begun, moved = new.moved, completed = new.completed, done = new.done, stage = new.stage
    from unnest(
        cast(:who as uuid[]), cast(:begun as timestamptz[]), cast(:moved as timestamptz[]), cast(:completed as timestamptz[]),
        cast(:done as integer[]), cast(:stage as integer[])
    ) as new (who, begun, moved, completed, done, stage)
    where enrolments.space_id = :space and enrolments.course_id = :course and enrolments.account_id = new.who
    """
)


def _in(tx: Tx, course_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return enrolments.c.space_id == tx.space, enrolments.c.course_id == course_id, enrolments.c.ended.is_(None)


def _those(tx: Tx, course_id: UUID, those: Those) -> list[ColumnElement[bool]]:
    conditions = [*_in(tx, course_id)]
    if those.batch_id is not None:
        conditions.append(enrolments.c.batch_id == those.batch_id)
    if those.stage is not None:
        conditions += [enrolments.c.stage == those.stage, enrolments.c.completed.is_(None)]
    if those.units is not None:
        still = or_(members.c.until.is_(None), members.c.until > those.day)
        inside = (members.c.space_id == tx.space) & members.c.unit_id.in_([*those.units])
        who = select(members.c.account_id).where(inside, members.c.since <= those.day, still)
        conditions.append(enrolments.c.account_id.in_(who))
    return [*conditions, *_STATES.get(those.state, ())]


_STATES: dict[str, tuple[ColumnElement[bool], ...]] = {
    NEW: (enrolments.c.begun.is_(None), enrolments.c.completed.is_(None)),
    BEGUN: (enrolments.c.begun.is_not(None), enrolments.c.completed.is_(None)),
    COMPLETED: (enrolments.c.completed.is_not(None),),
}

_figures = (
    enrolments.c.begun,
    enrolments.c.moved,
    enrolments.c.completed,
    enrolments.c.done,
    enrolments.c.stage,
)

_row = select(
    enrolments.c.course_id,
    enrolments.c.account_id,
    enrolments.c.since,
    enrolments.c.way,
    enrolments.c.batch_id,
    *_figures,
)


def _read(row: Sequence[Any]) -> EnrolmentRow:
    course, account, since, way, batch, *figures = row
    return EnrolmentRow(course, account, since, way, batch, Figures(*figures))
