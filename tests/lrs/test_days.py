"""Days begin where the space is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lrs import days
from lrs.days import NotADay


def test_today_is_the_day_in_vietnam() -> None:
    assert days.today() in {(datetime.now(UTC) + timedelta(hours=7, minutes=late)).date() for late in (-1, 0, 1)}


def test_a_day_is_read_as_forms_write_it() -> None:
    assert days.read("2025-07-01", date.min) == date(2025, 7, 1)
    assert days.read("", date.min) == date.min


@pytest.mark.parametrize(
    "text", ["3/5/2026", "03/05/2026", " 3-5-2026 ", "3.5.2026", "3 5 2026", "03052026", "2026-05-03"]
)
def test_a_day_is_read_as_people_write_it_the_day_before_the_month(text: str) -> None:
    assert days.read(text, date.min) == date(2026, 5, 3)


@pytest.mark.parametrize(
    "text",
    [
        "5/30/2026",
        "30/2/2026",
        "2025-02-30",
        "x",
        "2025-07",
        "3/5/26",
        "3/5",
        "352026",
        "20260503",
        "0/0/0000",
        "٣/٥/٢٠٢٦",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADay, match="3/5/2026"):
        days.read(text, date.min)
