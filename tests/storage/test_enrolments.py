"""Enrolments are entered once, ended, and asked for by batch, unit, state and stage."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from storage import courses, enrolments, people, units
from storage.courses import BatchRow
from storage.enrolments import CHOSEN, UNIT, Enrolling, Figures, Those
from storage.units import UnitRow
from tests.storage.test_courses import NOW, course
from tests.storage.test_units import account

if TYPE_CHECKING:
    from tests.parts.databases import Ground

DAY = date(2026, 1, 2)


def test_who_is_in_stays_as_they_are_and_who_left_comes_back(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one, who = course(tx), account(tx)
        later = NOW + timedelta(days=1)

        assert enrolments.enrol(tx, Enrolling(one, CHOSEN, NOW), [who]) == [who]
        enrolments.set_figures(tx, one, {who: Figures(NOW, NOW, None, 1, 1)})
        assert enrolments.enrol(tx, Enrolling(one, UNIT, later), [who]) == []
        assert enrolments.leave(tx, one, who, later)
        assert not enrolments.leave(tx, one, who, later)
        assert (enrolments.find(tx, one, who), enrolments.counts(tx)) == (None, {})
        assert enrolments.enrol(tx, Enrolling(one, UNIT, later), [who]) == [who]

        found = enrolments.find(tx, one, who)
        assert found is not None
        assert (found.since, found.way, found.figures.done) == (later, UNIT, 1)
        assert enrolments.of_account(tx, who) == [found]
        assert enrolments.counts(tx) == {one: 1}


def test_a_unit_comes_in_without_those_who_are_closed(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one, unit = course(tx), UnitRow(uuid4(), "Phường")
        units.add(tx, unit)
        here, gone, closed = (account(tx) for _ in range(3))
        for who in (here, gone, closed):
            units.join(tx, who, unit.id, DAY)
        units.join(tx, gone, None, DAY + timedelta(days=1))
        people.close(tx, closed, NOW)

        new = enrolments.enrol_members(tx, Enrolling(one, UNIT, NOW), [unit.id], DAY + timedelta(days=1))

        assert new == [here]
        assert enrolments.count(tx, one, Those(units=frozenset({unit.id}), day=DAY)) == 1
        assert enrolments.count(tx, one, Those(units=frozenset({uuid4()}), day=DAY)) == 0


def test_they_are_found_by_state_and_paged(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        one = course(tx)
        batch = BatchRow(uuid4(), one, "đợt 01", None, None, "87654321")
        courses.add_batch(tx, batch)
        new, begun, completed = sorted((account(tx) for _ in range(3)), key=lambda who: who.int, reverse=True)
        enrolments.enrol(tx, Enrolling(one, CHOSEN, NOW), [new, begun, completed])
        enrolments.put_in_batch(tx, one, batch.id, [begun])
        enrolments.set_figures(tx, one, {begun: Figures(NOW, NOW, None, 1, 1), completed: Figures(NOW, NOW, NOW, 2, 2)})

        def found(**asked: object) -> list[UUID]:
            return [row.account_id for row in enrolments.page(tx, one, Those(**asked), 10)]  # type: ignore[arg-type]

        assert (found(state="new"), found(state="begun"), found(state="completed")) == ([new], [begun], [completed])
        assert (found(stage=1), found(stage=2), found(batch_id=batch.id)) == ([begun], [], [begun])
        assert found() == [new, begun, completed]
        first = enrolments.page(tx, one, Those(), 1)[0]
        assert [row.account_id for row in enrolments.page(tx, one, Those(), 10, (first.since, first.account_id))] == [
            begun,
            completed,
        ]
        assert set(enrolments.in_courses(tx, [one], [new, uuid4()])) == {(one, new)}


def test_nothing_to_write_down_is_nothing(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        enrolments.set_figures(tx, course(tx), {})
        assert datetime.now(UTC) > NOW
