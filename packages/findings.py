"""What an author is told about a package: one table of codes (docs/packages.md), and findings that point into it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.errors import Trouble

MOST_OF_A_KIND = 1000
"""Nobody reads further, and a manifest may name a million files that are not there."""

REPAIRED = "repaired"
HURTS = "hurts"
WARNING = "warning"
REFUSED = "refused"

CODES: dict[str, tuple[str, LazyString]] = {
    "manifest-in-folder": (REPAIRED, _("The package begins in a folder of the zip.")),
    "several-manifests": (REPAIRED, _("The zip holds several packages; the outermost one was taken.")),
    "wrong-encoding": (REPAIRED, _("This file is written in another encoding than it says.")),
    "names-decoded": (REPAIRED, _("Names in the zip are written in the encoding of an old Windows.")),
    "no-schemaversion": (REPAIRED, _("The manifest does not name its edition; it was told by what it uses.")),
    "no-scorm-type": (REPAIRED, _("A resource does not say whether it is a SCO; it is taken for one.")),
    "no-organisation": (REPAIRED, _("The manifest has no table of contents; each SCO became a lesson.")),
    "default-organisation": (REPAIRED, _("The table of contents to begin with is not there; another one was taken.")),
    "no-title": (REPAIRED, _("A title is missing; the identifier stands in for it.")),
    "backslash": (REPAIRED, _("A path was written with backslashes.")),
    "wrong-case": (REPAIRED, _("This file is written with other capitals in the manifest.")),
    "wrong-form": (REPAIRED, _("The letters of this file's name are composed otherwise in the manifest.")),
    "prerequisites": (REPAIRED, _("Prerequisites were written with AND and OR instead of & and |.")),
    "file-missing": (WARNING, _("This file is listed and is not in the zip.")),
    "resource-missing": (WARNING, _("An item points to a resource that is not there; it stays as a heading.")),
    "dependency-missing": (WARNING, _("A resource depends on one that is not there.")),
    "duplicate-id": (WARNING, _("An identifier is used twice.")),
    "sequencing-missing": (WARNING, _("An item takes its sequencing from a collection that does not hold it.")),
    "unreadable-value": (WARNING, _("A value is none that the standard allows; it was left out.")),
    "unreadable-prerequisites": (WARNING, _("Prerequisites cannot be read; the lesson opens without them.")),
    "launch-elsewhere": (WARNING, _("A lesson opens at an address outside the package.")),
    "aicc-unread": (WARNING, _("This file has columns that AICC does not know; they were left out.")),
    "aicc-lesson-as-block": (WARNING, _("A lesson is given members as if it were a block.")),
    "aicc-not-in-structure": (WARNING, _("A lesson stands nowhere in the course's structure and is not shown.")),
    "not-played-yet": (WARNING, _("The package is kept, but not all of it can be played here yet.")),
    "heavy": (HURTS, _("On a slow line the lesson takes long to load.")),
    "no-captions": (HURTS, _("A film has no captions: who cannot hear it, or must not, misses what is said.")),
    "old-medium": (HURTS, _("Browsers on phones cannot play this film or sound.")),
    "flash": (HURTS, _("The page needs Flash, which no browser has any more.")),
    "java": (HURTS, _("The page needs Java, which no browser has any more.")),
    "outside-file": (HURTS, _("The page fetches files from elsewhere; where that is blocked or away, it is broken.")),
    "insecure-file": (HURTS, _("The page fetches files without https; browsers refuse that.")),
    "no-viewport": (HURTS, _("On a phone the page is shown as on a large screen, with tiny letters.")),
    "popup": (HURTS, _("The lesson opens a window of its own, which phones and browsers often block.")),
    "long-notes": (
        HURTS,
        _("Lessons of this tool note down more than SCORM 1.2 allows; other systems may cut it and lose the place."),
    ),
    "no-zip": (REFUSED, _("This is not a zip file, or it did not arrive whole.")),
    "damaged": (REFUSED, _("This file in the zip is damaged.")),
    "bad-name": (REFUSED, _("This name points outside the package or is not allowed.")),
    "long-name": (REFUSED, _("This name is too long.")),
    "same-name": (REFUSED, _("Two files in the zip have the same name.")),
    "no-plain-file": (REFUSED, _("The zip holds a link or another special file.")),
    "encrypted": (REFUSED, _("The zip is protected with a password.")),
    "method": (REFUSED, _("This file is compressed in a way that lessons do not use.")),
    "bomb": (REFUSED, _("This unpacks to far more than it should.")),
    "too-many-files": (REFUSED, _("The zip holds too many files.")),
    "too-large": (REFUSED, _("This file is too large for what it is.")),
    "overlap": (REFUSED, _("The files in the zip overlap.")),
    "too-slow": (REFUSED, _("Reading this took too long, and was stopped.")),
    "too-heavy": (REFUSED, _("Reading this takes more memory than a lesson may.")),
    "unreadable": (REFUSED, _("This could not be read. It has been noted, and will be looked at.")),
    "no-manifest": (REFUSED, _("The zip holds no lesson of a known standard: SCORM, cmi5, xAPI or AICC.")),
    "bad-xml": (REFUSED, _("The manifest is not readable as XML.")),
    "dtd": (REFUSED, _("The manifest holds a DTD, which is not allowed.")),
    "bad-address": (REFUSED, _("The manifest holds an address that cannot be read.")),
    "nothing-to-launch": (REFUSED, _("The manifest names no lesson that can be opened.")),
    "launch-file-missing": (REFUSED, _("A lesson's first page is missing from the zip.")),
    "aicc-incomplete": (REFUSED, _("Of the AICC course's .crs, .au, .des and .cst files some are missing.")),
    "cmi5-structure": (REFUSED, _("The course structure has something missing or in the wrong place.")),
    "cmi5-iri": (REFUSED, _("An identifier in the course structure is not a full address.")),
    "cmi5-duplicate-id": (REFUSED, _("An identifier in the course structure is used twice.")),
    "cmi5-url": (REFUSED, _("The address of a lesson is not a valid one.")),
    "cmi5-relative-url": (REFUSED, _("The course structure came without its files.")),
    "cmi5-reserved-name": (REFUSED, _("The address of a lesson uses a name that is reserved for its launch.")),
}
"""Each code's severity and sentence."""

_PUBLISH_HTML5 = _("Publish it as HTML5 in a newer version of your authoring tool.")
_ZIP_AGAIN = _("Zip the files again with the usual settings, or export the lesson again.")
_EXPORT_AGAIN = _("Export the lesson again from your authoring tool, and upload that zip as it is.")
_RENAME = _("Rename this file in your authoring tool, then export again.")
_SMALLER = _("Split the lesson into several packages.")
_CORRECT = _("Correct it in your authoring tool, then export again.")
_ALL_FILES = _("Export again so that all files are in the zip.")

ADVICE: dict[str, LazyString] = {
    "heavy": _(
        "Make films and pictures smaller, or split the lesson: up to 10 MB for each loads in about a minute and a half."
    ),
    "no-captions": _("Add captions in your authoring tool, or a .vtt file called as the film is."),
    "old-medium": _("Convert it to MP4 (H.264) or MP3."),
    "flash": _PUBLISH_HTML5,
    "java": _PUBLISH_HTML5,
    "outside-file": _("Put these files into the package, if your authoring tool lets you."),
    "insecure-file": _("Put these files into the package, or write their addresses with https."),
    "no-viewport": _("Choose the setting for phones (responsive) in your authoring tool, then export again."),
    "popup": _("Choose to open in the same window when exporting."),
    "long-notes": _("Here nothing is lost. For other systems export as SCORM 2004."),
    "no-zip": _EXPORT_AGAIN,
    "damaged": _ZIP_AGAIN,
    "bad-name": _RENAME,
    "long-name": _RENAME,
    "same-name": _("Rename one of them; capitals alone make no difference."),
    "no-plain-file": _("Leave it out, or put the file itself in its place."),
    "encrypted": _("Make the zip without a password."),
    "method": _ZIP_AGAIN,
    "bomb": _ZIP_AGAIN,
    "too-many-files": _SMALLER,
    "too-large": _EXPORT_AGAIN,
    "overlap": _ZIP_AGAIN,
    "too-slow": _SMALLER,
    "too-heavy": _SMALLER,
    "unreadable": _EXPORT_AGAIN,
    "no-manifest": _EXPORT_AGAIN,
    "bad-xml": _EXPORT_AGAIN,
    "dtd": _EXPORT_AGAIN,
    "bad-address": _CORRECT,
    "nothing-to-launch": _("Check that the lesson has pages, then export again."),
    "launch-file-missing": _ALL_FILES,
    "aicc-incomplete": _ALL_FILES,
    "cmi5-structure": _EXPORT_AGAIN,
    "cmi5-iri": _("Write it with its scheme, such as https://, then export again."),
    "cmi5-duplicate-id": _("Give one of them another identifier, then export again."),
    "cmi5-url": _CORRECT,
    "cmi5-relative-url": _("Upload the whole zip, or write the full address of each lesson."),
    "cmi5-reserved-name": _CORRECT,
}
"""What to change, for each refusal and for what hurts."""


class Placed(Protocol):
    """An element that knows its line."""

    @property
    def sourceline(self) -> Any:
        """The line on which it begins."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a package: what it is, in which file and line, and which name it is about."""

    code: str
    file: str = ""
    line: int = 0
    about: str = ""

    @property
    def severity(self) -> str:
        """How much it matters."""
        return CODES[self.code][0]

    @property
    def text(self) -> LazyString:
        """What an author reads."""
        return CODES[self.code][1]

    @property
    def advice(self) -> LazyString | str:
        """What to change, where something must be."""
        return ADVICE.get(self.code, "")

    def to_json(self) -> dict[str, Any]:
        """Write it for a program."""
        said = {"code": self.code, "severity": self.severity, "file": self.file, "text": str(self.text)}
        more = {"line": self.line, "about": self.about, "advice": str(self.advice)}
        return said | {name: value for name, value in more.items() if value}


@dataclass(slots=True)
class Notes:
    """What a reader notes down while it reads a descriptor; the same thing is noted once."""

    place: str
    """The descriptor, which a finding is about unless it names another file."""
    _findings: dict[tuple[str, str, str], Finding] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def say(self, code: str, at: Placed | None = None, *, file: str | None = None, about: str = "") -> None:
        """Note a finding."""
        line = at.sourceline if at is not None and file is None else None
        finding = Finding(code, self.place if file is None else file, line or 0, about)
        key = code, finding.file, about
        if key not in self._findings and self._counts[code] < MOST_OF_A_KIND:
            self._counts[code] += 1
            self._findings[key] = finding

    def of(self, place: str) -> "Notes":
        """Go on noting, about another file unless one is named."""
        return Notes(place, self._findings, self._counts)

    def has(self, code: str, file: str) -> bool:
        """Tell whether something was noted about a file already."""
        return (code, file, "") in self._findings

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings.values())

    def check(self) -> None:
        """Refuse the package if anything noted refuses it, and tell everything else with it."""
        if any(finding.severity == REFUSED for finding in self):
            raise PackageRefused(*self)


class PackageRefused(Trouble):
    """A package cannot be taken in; its findings say why, and which files they are about."""

    status = 422

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        self.reasons = [finding for finding in findings if finding.severity == REFUSED]
        self.finding = self.reasons[0]
        super().__init__(self.finding.text)


def refused(code: str, file: str = "", about: str = "") -> PackageRefused:
    """Make a refusal for one reason."""
    return PackageRefused(Finding(code, file, about=about))
