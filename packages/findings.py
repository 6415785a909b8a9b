"""What is found in a package: findings that point into the table of codes, and the refusal that is made of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask_babel import LazyString

from lrs.errors import Trouble
from packages.codes import CODES, REFUSED

MOST_OF_A_KIND = 1000
"""Nobody reads further, and a manifest may name a million files that are not there."""


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
    more: int = 0
    """Of how many other files the same is true."""

    @property
    def severity(self) -> str:
        """How much it matters."""
        return CODES[self.code].severity

    @property
    def text(self) -> LazyString:
        """What an author reads."""
        return CODES[self.code].text

    @property
    def why(self) -> LazyString:
        """What follows from it."""
        return CODES[self.code].why

    @property
    def advice(self) -> LazyString | str:
        """What to change, where something must be."""
        return CODES[self.code].advice

    def to_json(self) -> dict[str, Any]:
        """Write it for a program."""
        said = {"code": self.code, "severity": self.severity, "file": self.file, "text": str(self.text)}
        said["why"] = str(self.why)
        more = {"line": self.line, "about": self.about, "more": self.more, "advice": str(self.advice)}
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
        self.report: dict[str, Any] | None = None
        """What the doctor could tell of it all the same, as JSON."""
        self.reasons = [finding for finding in findings if finding.severity == REFUSED]
        self.finding = self.reasons[0]
        super().__init__(self.finding.text)


def refused(code: str, file: str = "", about: str = "") -> PackageRefused:
    """Make a refusal for one reason."""
    return PackageRefused(Finding(code, file, about=about))
