"""Figures and findings as an author reads them: durations, a bar of what weighs how much."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _

from packages.codes import CODES, HURTS, REFUSED, REPAIRED, SEVERITIES, WARNING, Code, remedy
from packages.doctor import Report
from packages.findings import Finding
from packages.told import Told

NAMES: dict[str, LazyString] = {
    REFUSED: _("Why it cannot be used"),
    HURTS: _("What will bother learners"),
    WARNING: _("Worth a look"),
    REPAIRED: _("Put right for you"),
}

_SORTS: dict[str, LazyString] = {
    "video": _("Videos"),
    "sound": _("Sound"),
    "images": _("Pictures"),
    "pages": _("Web pages"),
    "scripts": _("Programs and styles"),
    "fonts": _("Fonts"),
    "documents": _("Documents"),
    "captions": _("Captions"),
    "other": _("Other files"),
}

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
    remedy: LazyString | str = ""
    """Where in the tool that made the package it is changed."""

    @property
    def said(self) -> Code:
        """What it is, what follows from it, and what to change."""
        return CODES[self.code]

    @property
    def named(self) -> Sequence[Finding]:
        """Some of the places, of those that can be named."""
        return [place for place in self.places if place.file or place.about][:PLACES]

    @property
    def count(self) -> int:
        """How many places there are: a finding may stand for more of its kind."""
        return sum(1 + place.more for place in self.places)

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
    places: dict[str, list[Finding]] = {}
    for finding in told.findings:
        places.setdefault(finding.code, []).append(finding)
    return _sorted([Thing(code, found, remedy(told.report.tool, code)) for code, found in places.items()])


def explained() -> list[Shown]:
    """List everything there is to be found."""
    return _sorted([*map(Thing, CODES)])


def _sorted(things: Sequence[Thing]) -> list[Shown]:
    groups = [Shown(one, NAMES[one], [thing for thing in things if thing.said.severity == one]) for one in SEVERITIES]
    return [group for group in groups if group.found]


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


def languages(report: Report) -> list[str]:
    """Name the languages of a package in the reader's own."""
    names = get_locale().languages
    return [names.get(tag.partition("-")[0], tag) for tag in report.languages]


def duration(seconds: float) -> str:
    """Write a time as people read it."""
    if 0 < seconds < 1:
        return str(_("less than a second"))
    minutes, rest = divmod(round(seconds), _MINUTE)
    if not minutes:
        return str(_("%(seconds)s seconds", seconds=rest))
    if not rest:
        return str(_("%(minutes)s minutes", minutes=minutes))
    return str(_("%(minutes)s minutes %(seconds)s seconds", minutes=minutes, seconds=rest))
