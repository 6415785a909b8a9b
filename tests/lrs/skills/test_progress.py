"""The table of units adds up: each line with all below it, the last with everybody once."""

from __future__ import annotations

from uuid import UUID

from lrs.people.tree import Unit
from lrs.skills.progress import lines
from storage.tallies import Having

CITY, WARD, GONE, RULE = (UUID(int=number) for number in range(1, 5))
UNITS = [Unit(CITY, "Thành phố", 0, frozenset({CITY, WARD})), Unit(WARD, "Phường", 1, frozenset({WARD}))]
COUNTED = [Having(WARD, RULE, 3), Having(CITY, RULE, 1), Having(None, RULE, 2), Having(GONE, RULE, 4)]
PEOPLE = {WARD: 10, CITY: 1, None: 5, GONE: 6}


def test_each_unit_has_all_below_it_and_all_are_counted_once() -> None:
    (city, ward), without, together = lines(COUNTED, PEOPLE, UNITS, everybody=True)

    assert (city.people, city.have) == (11, {RULE: 4})
    assert (ward.people, ward.have, ward.depth, ward.name) == (10, {RULE: 3}, 1, "Phường")
    assert (without.people, without.have) == (11, {RULE: 6})  # also those of units that are no more
    assert (together.people, together.have) == (22, {RULE: 10})


def test_who_sees_some_units_alone_sees_nobody_else() -> None:
    (ward,), without, together = lines(COUNTED, PEOPLE, UNITS[1:], everybody=False)

    assert (ward.people, ward.have) == (together.people, together.have) == (10, {RULE: 3})
    assert (without.people, without.have) == (0, {})
