"""Units and members are kept by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from storage import people, units
from storage.people import AccountRow, Wanted
from storage.units import SpanRow, UnitRow

if TYPE_CHECKING:
    from storage.database import Tx
    from tests.parts.databases import Ground

DAY = date(2025, 7, 1)
NEXT = DAY + timedelta(days=1)


def account(tx: Tx) -> UUID:
    """Make an account."""
    made = AccountRow(uuid4(), "learner", datetime.now(UTC))
    people.add_account(tx, made)
    return made.id


def test_spans_are_replaced_whole(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one, other = UnitRow(uuid4(), "Sở A"), UnitRow(uuid4(), "Sở B", "B")
        for unit in (one, other):
            units.add(tx, unit)
            units.set_spans(tx, unit.id, [SpanRow(unit.id, None, DAY)])
        spans = [SpanRow(one.id, None, DAY, NEXT), SpanRow(one.id, other.id, NEXT)]
        units.set_spans(tx, one.id, spans)
        units.rename(tx, UnitRow(one.id, "Sở An", "A"))

        assert sorted(units.spans(tx), key=lambda span: (span.unit_id != one.id, span.since)) == [
            *spans,
            SpanRow(other.id, None, DAY),
        ]
        assert sorted(unit.name for unit in units.listed(tx)) == ["Sở An", "Sở B"]


def test_members_are_counted_and_found_by_day(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        unit, who, other = uuid4(), account(tx), account(tx)
        units.add(tx, UnitRow(unit, "Sở A"))
        units.join(tx, who, unit, DAY)
        units.join(tx, other, unit, NEXT)

        def inside(day: date) -> int:
            return people.count_accounts(tx, Wanted(units=frozenset({unit}), day=day))

        assert [units.counts(tx, day).get(unit, 0) for day in (DAY - timedelta(days=1), DAY, NEXT)] == [0, 1, 2]
        assert [inside(day) for day in (DAY - timedelta(days=1), DAY, NEXT)] == [0, 1, 2]
        assert units.leave_all(tx, unit, NEXT) == 1  # the other has never been there
        assert [inside(day) for day in (DAY, NEXT)] == [1, 0]
        assert units.unit_of(tx, who, DAY) == unit
        assert units.unit_of(tx, who, NEXT) is None
