"""Amounts as people read and write them, in the reader's language: numbers, bytes."""

import re
from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import gettext as _

_KILO = 1000
_UNITS = {"TB": _KILO**4, "GB": _KILO**3, "MB": _KILO**2, "KB": _KILO}
MOST = 2**63 - 1
"""What the database can count."""

_WRITTEN = re.compile(r"([0-9]{1,15}(?:[.,][0-9]{1,2})?)\s*(TB|GB|MB|KB)?", re.IGNORECASE)


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
        if count and not count * 100 % unit and count >= unit:
            return f"{Decimal(count) / unit:f} {name}"
    return str(count)


def read_size(text: str) -> int:
    """Read a number of bytes: 500 MB, 20GB, 1,5 TB, 1.5 TB, or just digits; anything else is a ValueError.

    Three digits after a mark are none: 1.500 GB is a thousand and a half to one reader, and one and a half to another.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text} is no size")
    count = int(Decimal(found[1].replace(",", ".")) * _UNITS.get((found[2] or "").upper(), 1))
    if count > MOST:
        raise ValueError(f"{text} is more than there is")
    return count
