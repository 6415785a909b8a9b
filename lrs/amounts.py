"""Amounts as people read and write them, in the reader's language: numbers, bytes."""

import re
from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import gettext as _

_KILO = 1000
_UNITS = {"TB": _KILO**4, "GB": _KILO**3, "MB": _KILO**2, "KB": _KILO}
_WRITTEN = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,3})?)\s*(TB|GB|MB|KB)?", re.IGNORECASE)


def number(count: int) -> str:
    """Write a number with the marks that its thousands have here: 14.464 in Việt Nam."""
    return str(format_decimal(count))


def size(count: int) -> str:
    """Write a number of bytes."""
    for name, unit in _UNITS.items():
        if count >= unit:
            return f"{format_decimal(round(count / unit, 0 if name == 'KB' else 1))} {name}"
    return str(_("%(count)s bytes", count=count))


def written(count: int) -> str:
    """Write a number of bytes so that `read_size` reads just that number."""
    for name, unit in _UNITS.items():
        if count and not count * _KILO % unit and count >= unit:
            return f"{Decimal(count) / unit:f} {name}"
    return str(count)


def read_size(text: str) -> int:
    """Read a number of bytes: 500 MB, 20GB, 1.5 TB, or just digits; anything else is a ValueError."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text} is no size")
    return int(Decimal(found[1]) * _UNITS.get((found[2] or "").upper(), 1))
