"""Days: in words, as papers of an office have them (with a zero before what somebody could write into), and months later."""

from calendar import monthrange
from datetime import date

_ZEROED = 3
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def in_words(day: date, language: str) -> str:
    """Write a day: ngày 03 tháng 5 năm 2026, or 3 May 2026."""
    return _SAID[language](day)


def _vi(day: date) -> str:
    month = f"{day.month:02}" if day.month < _ZEROED else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _en(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_SAID = {"vi": _vi, "en": _en}


def months_after(day: date, months: int) -> date:
    """Count months on; where the month is too short for the day, it is the month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
