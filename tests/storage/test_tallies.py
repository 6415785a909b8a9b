"""People are counted where they belong on a day, and by the part at which they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from storage import enrolments, tallies, units
from storage.enrolments import CHOSEN, Enrolling, Figures
from storage.tallies import Tally, Waiting
from storage.units import UnitRow
from tests.storage.test_courses import NOW, course
from tests.storage.test_units import account

if TYPE_CHECKING:
    from tests.parts.databases import Ground

DAY = date(2026, 1, 2)


def test_people_are_counted_once(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one, unit = course(tx), UnitRow(uuid4(), "Phường")
        units.add(tx, unit)
        new, begun, done, left = (account(tx) for _ in range(4))
        for who in (begun, done):
            units.join(tx, who, unit.id, DAY)
        enrolments.enrol(tx, Enrolling(one, CHOSEN, NOW), [new, begun, done, left])
        enrolments.leave(tx, one, left, NOW)
        later = NOW + timedelta(days=9)
        enrolments.set_figures(tx, one, {begun: Figures(NOW, later, None, 1, 1), done: Figures(NOW, NOW, NOW, 2, 2)})

        assert {*tallies.by_unit(tx, one, DAY)} == {Tally(unit.id, None, 2, 2, 1), Tally(None, None, 1, 0, 0)}
        assert tallies.by_unit(tx, one, DAY - timedelta(days=1)) == [Tally(None, None, 3, 2, 1)]
        assert units.units_of(tx, [begun, new], DAY) == {begun: unit.id}
        assert tallies.by_stage(tx, one, None, later) == [Waiting(0, 1, 0, 1), Waiting(1, 1, 1, 0)]
        assert tallies.by_stage(tx, one, uuid4(), later) == []
