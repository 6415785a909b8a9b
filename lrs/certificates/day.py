"""A day in words, as papers of an office have it; days under ten and the first two months with a zero, which nobody can write into."""

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
