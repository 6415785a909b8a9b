"""Figures and findings as an author reads them: sizes, durations, a bar of what weighs how much."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString, format_decimal
from flask_babel import lazy_gettext as _

from packages.doctor import Report
from packages.findings import ADVICE, CODES, HURTS, REFUSED, REPAIRED, WARNING, Finding
from packages.told import SEVERITIES, Told

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


PLACES = 20
"""Places that are named for one thing: who has mended these looks again."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was found, and the places where it was."""

    code: str
    places: Sequence[Finding] = ()

    @property
    def text(self) -> LazyString:
        """What it is."""
        return CODES[self.code][1]

    @property
    def advice(self) -> LazyString | str:
        """What to change."""
        return ADVICE.get(self.code, "")

    @property
    def named(self) -> Sequence[Finding]:
        """Some of the places, of those that can be named."""
        return [place for place in self.places if place.file or place.about][:PLACES]

    @property
    def more(self) -> int:
        """How many places are not named."""
        return max(0, len(self.places) - PLACES)


@dataclass(frozen=True, slots=True)
class Shown:
    """What belongs under one heading."""

    severity: str
    name: LazyString
    found: Sequence[Thing]


def grouped(told: Told) -> list[Shown]:
    """Sort findings for a reader: what matters most first, each thing once, and nothing of what there is not."""
    return [Shown(severity, NAMES[severity], _things(found)) for severity in SEVERITIES if (found := told.of(severity))]


def explained() -> list[Shown]:
    """List everything there is to be found."""
    by_severity = {severity: [code for code, (kind, _) in CODES.items() if kind == severity] for severity in SEVERITIES}
    return [Shown(severity, NAMES[severity], [*map(Thing, codes)]) for severity, codes in by_severity.items()]


def _things(findings: Sequence[Finding]) -> list[Thing]:
    places: dict[str, list[Finding]] = {}
    for finding in findings:
        places.setdefault(finding.code, []).append(finding)
    return [Thing(code, found) for code, found in places.items()]


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
