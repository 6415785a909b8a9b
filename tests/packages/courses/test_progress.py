"""A line counts its unit with all below, and the last line counts everybody once."""

from __future__ import annotations

from uuid import UUID

from lrs.people.tree import Unit
from packages.courses.progress import Column, Counts, columns, in_batch, lines
from storage.tallies import Tally

CITY, WARD, GONE = (UUID(int=n) for n in range(1, 4))
BATCH = UUID(int=9)
UNITS = [Unit(CITY, "Thành phố", 0, frozenset({CITY, WARD})), Unit(WARD, "Phường", 1, frozenset({WARD}))]
TALLIES = [
    Tally(CITY, None, 1, 1, 1),
    Tally(WARD, None, 4, 2, 1),
    Tally(WARD, BATCH, 10, 5, 5),
    Tally(None, None, 2, 0, 0),
    Tally(GONE, None, 1, 1, 0),  # of a unit that is no longer there
]


def test_units_count_with_those_below_them() -> None:
    (city, ward), without, together = lines(TALLIES, UNITS)

    assert (city.all, ward.all) == (Counts(15, 8, 7), Counts(14, 7, 6))
    assert (without.all, together.all) == (Counts(3, 1, 0), Counts(18, 9, 7))
    assert in_batch(city, BATCH).all == in_batch(together, BATCH).all == Counts(10, 5, 5)
    assert in_batch(without, BATCH).all.share is None
    assert ward.all.share == 6 / 14


def test_batches_stand_side_by_side_where_there_are_several_columns() -> None:
    (city, _), _, together = lines(TALLIES, UNITS)
    found = columns({BATCH: "đợt 01"}, together, "không thuộc đợt nào")

    assert found == (Column(BATCH, "đợt 01"), Column(None, "không thuộc đợt nào"))
    assert [one.counts(city) for one in found] == [Counts(10, 5, 5), Counts(5, 3, 2)]
    assert sum((one.counts(together) for one in found), Counts()) == together.all
    assert columns({}, together, "") == ()  # all of them are in none: one column would say nothing new


def test_nobody_is_nothing() -> None:
    assert lines([], [])[2].all == Counts()
