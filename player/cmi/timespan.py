"""Spans of time as both editions write them, added up; browser/timespan.js is the twin."""

import re

SECOND = 100
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_CLOCK = re.compile(r"([0-9]+):([0-9]+):([0-9]+)(?:\.([0-9]{1,2}))?")
_DATE = r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
_PERIOD = re.compile(rf"{_DATE}(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{{1,2}}))?S)?)?")
_LONGEST_ON_A_CLOCK = 10_000 * HOUR - 1


def clock(*spans: str) -> str:
    """Add up times such as 0012:30:00.00 (RTE 1.2, 3.4.4)."""
    total = 0
    for span in spans:
        if found := _CLOCK.fullmatch(span):
            hours, minutes, seconds, parts = found.groups()
            total += _time(hours, minutes, seconds, parts)
    hours, rest = divmod(min(total, _LONGEST_ON_A_CLOCK), HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, rest = divmod(rest, SECOND)
    return f"{hours:04}:{minutes:02}:{seconds:02}.{rest:02}"


def period(*spans: str) -> str:
    """Add up times such as P1DT2H3M4.5S (RTE 2004, 4.1.1.7); a month has no length in days, so months stay months."""
    months = total = 0
    for span in spans:
        if found := _PERIOD.fullmatch(span):
            y, m, d, *time = found.groups()
            months += int(y or 0) * 12 + int(m or 0)
            total += int(d or 0) * DAY + _time(*time)
    years, months = divmod(months, 12)
    days, rest = divmod(total, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, rest = divmod(rest, SECOND)
    exact = f"{seconds}.{rest:02}".rstrip("0") if rest else str(seconds)
    date = _written((str(years), "Y"), (str(months), "M"), (str(days), "D"))
    time_ = _written((str(hours), "H"), (str(minutes), "M"), (exact, "S"))
    if not date and not time_:
        return "PT0H0M0S"
    return f"P{date}" + (f"T{time_}" if time_ else "")


def _time(hours: str | None, minutes: str | None, seconds: str | None, parts: str | None) -> int:
    whole = int(hours or 0) * HOUR + int(minutes or 0) * MINUTE + int(seconds or 0) * SECOND
    return whole + int((parts or "0").ljust(2, "0"))


def _written(*counts: tuple[str, str]) -> str:
    return "".join(f"{count}{unit}" for count, unit in counts if count != "0")
