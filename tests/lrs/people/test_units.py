"""The units of a space: what becomes of them, and who belongs to them on which day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from lrs.errors import NotFound
from lrs.people import accounts, audit
from lrs.people.identity import NotUnderstood
from lrs.people.tree import NoSuchTree
from lrs.people.units import Units
from storage import audit as deeds
from storage.audit import Wanted

if TYPE_CHECKING:
    from tests.parts.databases import Ground

BEGIN, TURN = date(2020, 1, 1), date(2025, 7, 1)
BEFORE = TURN - timedelta(days=1)


def test_a_city_of_three_tiers_becomes_one_of_two(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        units = Units(tx)
        city = units.make("Thành phố Hải Phòng", None, BEGIN)
        district = units.make("Quận Lê Chân", city.id, BEGIN)
        wards = [units.make(name, district.id, BEGIN) for name in ("Phường An Dương", "Phường An Biên")]
        people = [accounts.create(tx, "learner").id for _ in range(3)]
        for one, ward in zip(people, (wards[0], wards[1], wards[1]), strict=True):
            units.join(one, ward.id, BEGIN)

        units.move(wards[1].id, city.id, TURN)
        assert units.end(wards[0].id, TURN) == 1
        units.end(district.id, TURN)

        def shown(day: date) -> list[tuple[str, int, int, int]]:
            return [(each.unit.name, each.depth, each.members, each.everybody) for each in Units(tx).branches(day)]

        assert shown(BEFORE) == [
            ("Thành phố Hải Phòng", 0, 0, 3),
            ("Quận Lê Chân", 1, 0, 3),
            ("Phường An Biên", 2, 2, 2),
            ("Phường An Dương", 2, 1, 1),
        ]
        assert shown(TURN) == [("Thành phố Hải Phòng", 0, 0, 2), ("Phường An Biên", 1, 2, 2)]
        assert shown(BEGIN - timedelta(days=1)) == []
        assert units.of(people[0], BEFORE) == wards[0]
        assert units.of(people[0], TURN) is None
        assert [span.since for span, _ in units.history(wards[1].id)] == [TURN, BEGIN]


def test_somebody_belongs_to_one_unit_at_a_time(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        units, who = Units(tx), accounts.create(tx, "learner").id
        one, other = (units.make(name, None, BEGIN) for name in ("Sở A", "Sở B"))
        units.join(who, one.id, BEGIN)
        units.join(who, other.id, TURN)
        units.join(who, one.id, TURN)  # it was a mistake

        assert [units.of(who, day) for day in (BEFORE, TURN)] == [one, one]
        units.join(who, None, TURN + timedelta(days=1))
        assert [units.of(who, TURN + timedelta(days=days)) for days in (0, 1)] == [one, None]


def test_what_cannot_be_is_refused(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        units, who = Units(tx), accounts.create(tx, "learner").id
        one = units.make("Sở A", None, TURN)
        for wrong, deed in (
            (NotUnderstood, lambda: units.make(" ", None, BEGIN)),
            (NotFound, lambda: units.make("Sở B", uuid4(), BEGIN)),
            (NoSuchTree, lambda: units.make("Sở B", one.id, BEGIN)),
            (NotFound, lambda: units.join(who, uuid4(), BEGIN)),
            (NoSuchTree, lambda: units.join(who, one.id, BEGIN)),
            (NotFound, lambda: units.join(uuid4(), one.id, TURN)),
            (NotFound, lambda: units.rename(uuid4(), "Sở B", "")),
        ):
            with pytest.raises(wrong):
                deed()

        assert [branch.unit for branch in Units(tx).branches(TURN)] == [one]


def test_deeds_are_noted(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        units, who = Units(tx, uuid4()), accounts.create(tx, "learner").id
        one = units.make("Sở A", None, BEGIN)
        units.rename(one.id, "Sở An", "A")
        units.join(who, one.id, BEGIN)
        units.move(one.id, None, TURN)
        units.end(one.id, TURN + timedelta(days=1))

        assert {deed.act for deed in deeds.page(tx, Wanted(), 10)} == {
            audit.UNIT_MADE,
            audit.UNIT_RENAMED,
            audit.JOINED,
            audit.UNIT_MOVED,
            audit.UNIT_ENDED,
        }


def test_who_joins_a_unit_that_will_end_leaves_it_then(ground: Ground) -> None:
    with ground.app.write(ground.space()) as tx:
        units, who = Units(tx), accounts.create(tx, "learner").id
        one = units.make("Sở A", None, BEGIN)
        units.end(one.id, TURN)
        units.join(who, one.id, BEGIN)

        assert [units.of(who, day) for day in (BEFORE, TURN)] == [one, None]


def test_of_two_changes_at_once_that_do_not_go_together_one_is_refused(ground: Ground) -> None:
    space = ground.space()
    with ground.app.write(space) as tx:
        one, other = (Units(tx).make(name, None, BEGIN).id for name in ("Sở A", "Sở B"))

    def move(unit: UUID, parent: UUID) -> bool:
        try:
            with ground.app.write(space) as tx:
                Units(tx).move(unit, parent, TURN)
        except NoSuchTree:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(2) as two:
            done = [*two.map(move, (one, other), (other, one))]
        assert done.count(True) == 1
        with ground.app.write(space) as tx:
            for unit in (one, other):
                Units(tx).move(unit, None, TURN)
