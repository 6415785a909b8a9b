"""A number that is missing is seen; who waits for a certificate is named version by version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import certificate_lists, certificates
from storage.certificate_lists import EXPIRED, Taking, Wanted
from tests.storage.issuers import YEAR
from tests.storage.test_certificates import UNIT, Place

if TYPE_CHECKING:
    from tests.parts.databases import Ground


def test_a_number_that_is_nobodys_is_seen(ground: Ground) -> None:
    place = Place(ground)
    with ground.app.write(place.space) as tx:
        assert certificates.take(tx, UNIT, YEAR, 3) == 1
        certificates.add(tx, [place.row(1), place.row(3)])

        [counted] = certificate_lists.numbers(tx, YEAR)

    assert (counted.last, counted.there, counted.missing, counted.revoked) == (3, 2, 1, 0)


def test_valid_ones_come_in_the_order_of_their_numbers_from_behind_a_place(ground: Ground) -> None:
    place = Place(ground)
    with ground.app.write(place.space) as tx:
        rows = [place.row(number) for number in range(1, 6)]
        certificates.add(tx, rows[::-1])
        certificates.leave_valid(tx, rows[3].id, certificates.REVOKED)

        first = certificate_lists.some(tx, Taking(), UNIT, (0, 0), 2)
        rest = certificate_lists.some(tx, Taking(year=YEAR), UNIT, (YEAR, 2), 9)

        assert [row.counted for row in (*first, *rest)] == [1, 2, 3, 5]
        assert certificate_lists.some(tx, Taking(year=YEAR + 1), UNIT, (0, 0), 9) == []
        assert certificate_lists.by_unit(tx, Taking()) == {UNIT: 4}
        assert certificate_lists.by_unit(tx, Taking(), []) == {}
        assert certificate_lists.page(tx, Wanted(EXPIRED), 9) == []
        assert certificate_lists.years(tx) == []
