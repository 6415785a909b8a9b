"""Days in words, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from lrs.certificates.day import in_words, months_after


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        (date(2026, 5, 3), "ngày 03 tháng 5 năm 2026", "3 May 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026", "28 February 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026", "31 December 2026"),
    ],
)
def test_a_day_in_words(day: date, vi: str, en: str) -> None:
    assert in_words(day, "vi") == vi
    assert in_words(day, "en") == en


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 5, 3), 24, date(2028, 5, 3)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later
