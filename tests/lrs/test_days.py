"""Days begin where the space is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lrs import days
from lrs.errors import Malformed


def test_today_is_the_day_in_vietnam() -> None:
    assert days.today() in {(datetime.now(UTC) + timedelta(hours=7, minutes=late)).date() for late in (-1, 0, 1)}


def test_a_day_is_read_as_forms_write_it() -> None:
    assert days.read("2025-07-01", date.min) == date(2025, 7, 1)
    assert days.read("", date.min) == date.min


@pytest.mark.parametrize("text", ["1/7/2025", "2025-02-30", "x", "2025-07"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        days.read(text, date.min)
