"""What somebody has in hand: their certificates, and whether each still counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lrs.people.held import held
from tests.lrs.certificates.issued import issued, renamed

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_sheet_that_was_replaced_is_no_more_in_the_list(embedded: Installation) -> None:
    person = embedded.person("learner").account
    row = renamed(embedded, issued(embedded, person, months=1), "Nguyễn Thị Hạnh")

    with embedded.services.database.read(1) as tx:
        (now,) = held(tx, UUID(person), date(2020, 1, 1))
        (later,) = held(tx, UUID(person), row.day + timedelta(days=40))

    assert (now.row.id, now.course, now.expired, later.expired) == (row.id, "An toàn số", False, True)
