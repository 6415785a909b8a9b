"""Figures and findings as an author reads them: sizes, durations, a bar of what weighs how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, format_decimal
from flask_babel import lazy_gettext as _

from packages.doctor import Report
from packages.findings import HURTS, REFUSED, REPAIRED, WARNING

NAMES: dict[str, LazyString] = {
    REFUSED: _("Why it cannot be used"),
    HURTS: _("What will bother learners"),
    WARNING: _("Worth a look"),
    REPAIRED: _("Put right for you"),
}

_SORTS: dict[str, LazyString] = {
    "video": _("Films"),
    "sound": _("Sound"),
    "images": _("Pictures"),
    "pages": _("Pages"),
    "scripts": _("Programs and styles"),
    "fonts": _("Fonts"),
    "documents": _("Documents"),
    "captions": _("Captions"),
    "other": _("Other files"),
}

_KILO = 1000
_MINUTE = 60
WIDTH = 600
"""Units that the bar is wide."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What belongs under one heading."""

    severity: str
    name: LazyString
    found: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """A sort of files in the chart: its name, its figures, and where it stands in the bar."""

    sort: str
    name: LazyString
    files: int
    size: int
    start: float
    width: float


def chart(report: Report) -> list[Bar]:
    """Lay the sorts of files side by side, each as wide as it is heavy."""
    whole, at, bars = max(1, report.size), 0.0, []
    for share in report.shares:
        width = WIDTH * share.size / whole
        bars.append(Bar(share.sort, _SORTS[share.sort], share.files, share.size, round(at, 1), round(width, 1)))
        at += width
    return bars


def size(count: int) -> str:
    """Write a number of bytes as people read it."""
    if count < _KILO:
        return str(_("%(count)s bytes", count=count))
    if count < _KILO * _KILO:
        return f"{format_decimal(round(count / _KILO))} KB"
    return f"{format_decimal(round(count / _KILO / _KILO, 1))} MB"


def duration(seconds: float) -> str:
    """Write a time as people read it."""
    minutes, rest = divmod(round(seconds), _MINUTE)
    if not minutes:
        return str(_("%(seconds)s seconds", seconds=rest))
    if not rest:
        return str(_("%(minutes)s minutes", minutes=minutes))
    return str(_("%(minutes)s minutes %(seconds)s seconds", minutes=minutes, seconds=rest))
