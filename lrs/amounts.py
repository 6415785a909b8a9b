"""Amounts as people read them, in the reader's language: numbers, bytes."""

from flask_babel import format_decimal
from flask_babel import gettext as _

_KILO = 1000
_UNITS = ((_KILO**3, "GB", 1), (_KILO**2, "MB", 1), (_KILO, "KB", 0))


def number(count: int) -> str:
    """Write a number with the marks that its thousands have here: 14.464 in Việt Nam."""
    return str(format_decimal(count))


def size(count: int) -> str:
    """Write a number of bytes."""
    for unit, name, digits in _UNITS:
        if count >= unit:
            return f"{format_decimal(round(count / unit, digits))} {name}"
    return str(_("%(count)s bytes", count=count))
