"""Amounts of bytes, as people write and read them."""

import re
from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import gettext as _

_KILO = 1000
_UNITS = ("KB", "MB", "GB", "TB")
_WRITTEN = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,3})?)\s*(KB|MB|GB|TB)?", re.IGNORECASE)


def size(count: int) -> str:
    """Write a number of bytes as people read it."""
    if count < _KILO:
        return str(_("%(count)s bytes", count=count))
    if count < _KILO * _KILO:
        return f"{format_decimal(round(count / _KILO))} KB"
    power = next(power for power in range(2, 5) if count < _KILO ** (power + 1) or power == len(_UNITS))
    return f"{format_decimal(round(count / _KILO**power, 1))} {_UNITS[power - 1]}"


def read_size(text: str) -> int:
    """Read a number of bytes: 500 MB, 20GB, 1.5 TB, or just digits; anything else is a ValueError."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text} is no size")
    power = 0 if found[2] is None else _UNITS.index(found[2].upper()) + 1
    return int(Decimal(found[1]) * _KILO**power)
