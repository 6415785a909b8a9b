"""Units and who belongs to them, from a day until a day (docs/people.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.columns import Space
from storage.database import Tx
from storage.people import of_an_account
from storage.schema import metadata

units = Table(
    "units",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


def _of_a_unit(column: str = "unit_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["space_id", column], ["units.space_id", "units.id"])


unit_spans = Table(
    "unit_spans",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("parent_id", Uuid),
    Column("since", Date, nullable=False),
    Column("until", Date),
    PrimaryKeyConstraint("space_id", "unit_id", "since"),
    _of_a_unit(),
    _of_a_unit("parent_id"),
)

members = Table(
    "members",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    PrimaryKeyConstraint("space_id", "account_id", "since"),
    of_an_account(),
    _of_a_unit(),
    Index(None, "space_id", "unit_id", "since"),
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit: what it is called, and its code in the papers, if it has one."""

    id: UUID
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class SpanRow:
    """Where a unit stands, from a day until a day."""

    unit_id: UUID
    parent_id: UUID | None
    since: date
    until: date | None = None


_CLASS = 1_212_763_205
"""The class of the advisory locks under which the units of a space are changed."""


def hold(tx: Tx) -> None:
    """Keep others from changing the units of this space until the transaction ends; SQLite has one writer anyway."""
    if tx.postgresql:
        tx.run(select(func.pg_advisory_xact_lock(_CLASS, tx.space % 2**31)))


def add(tx: Tx, unit: UnitRow) -> None:
    """Make a unit, which stands nowhere yet."""
    tx.run(insert(units), {"space_id": tx.space, "id": unit.id, "name": unit.name, "code": unit.code})


def rename(tx: Tx, unit: UnitRow) -> None:
    """Call a unit something else."""
    tx.run(
        update(units).where(units.c.space_id == tx.space, units.c.id == unit.id).values(name=unit.name, code=unit.code)
    )


def listed(tx: Tx) -> list[UnitRow]:
    """List all units that there are and were."""
    query = select(units.c.id, units.c.name, units.c.code).where(units.c.space_id == tx.space)
    return [UnitRow(*row) for row in tx.run(query)]


def spans(tx: Tx) -> list[SpanRow]:
    """List where all units stand and stood."""
    query = select(unit_spans.c.unit_id, unit_spans.c.parent_id, unit_spans.c.since, unit_spans.c.until)
    return [SpanRow(*row) for row in tx.run(query.where(unit_spans.c.space_id == tx.space))]


def set_spans(tx: Tx, unit_id: UUID, rows: Iterable[SpanRow]) -> None:
    """Put these spans of a unit in place of all it had."""
    tx.run(delete(unit_spans).where(unit_spans.c.space_id == tx.space, unit_spans.c.unit_id == unit_id))
    values = [
        {
            "space_id": tx.space,
            "unit_id": row.unit_id,
            "parent_id": row.parent_id,
            "since": row.since,
            "until": row.until,
        }
        for row in rows
    ]
    if values:
        tx.run(insert(unit_spans), values)


def unit_of(tx: Tx, account_id: UUID, day: date) -> UUID | None:
    """Tell where somebody belongs on a day."""
    query = select(members.c.unit_id).where(members.c.account_id == account_id, *_on(tx, day))
    found: UUID | None = tx.run(query).scalar_one_or_none()
    return found


def units_of(tx: Tx, account_ids: Iterable[UUID], day: date) -> dict[UUID, UUID]:
    """Tell where some people belong on a day."""
    query = select(members.c.account_id, members.c.unit_id).where(*_on(tx, day))
    return {row[0]: row[1] for row in tx.run(query.where(members.c.account_id.in_([*account_ids])))}


def join(tx: Tx, account_id: UUID, unit_id: UUID | None, day: date, until: date | None = None) -> None:
    """Let somebody belong to a unit, or to none, from a day on until another, whatever was said of later days."""
    own = (members.c.space_id == tx.space) & (members.c.account_id == account_id)
    tx.run(delete(members).where(own, members.c.since >= day))
    tx.run(update(members).where(own, or_(members.c.until.is_(None), members.c.until > day)).values(until=day))
    if unit_id is not None:
        values = {"space_id": tx.space, "account_id": account_id, "unit_id": unit_id, "since": day, "until": until}
        tx.run(insert(members), values)


def leave_all(tx: Tx, unit_id: UUID, day: date) -> int:
    """Let everybody leave a unit from a day on; count them."""
    here = (members.c.space_id == tx.space) & (members.c.unit_id == unit_id)
    tx.run(delete(members).where(here, members.c.since >= day))
    still = or_(members.c.until.is_(None), members.c.until > day)
    return int(tx.run(update(members).where(here, still).values(until=day)).rowcount)


def counts(tx: Tx, day: date) -> dict[UUID, int]:
    """Count the members of each unit on a day."""
    query = select(members.c.unit_id, func.count()).where(*_on(tx, day)).group_by(members.c.unit_id)
    return {row[0]: row[1] for row in tx.run(query)}


def _on(tx: Tx, day: date) -> tuple[ColumnElement[bool], ...]:
    still = or_(members.c.until.is_(None), members.c.until > day)
    return members.c.space_id == tx.space, members.c.since <= day, still
