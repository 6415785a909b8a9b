"""What an import tells the author: the doctor's report, and everything that was found. It is kept with the version."""

from dataclasses import astuple, dataclass
from typing import Any

from packages.codes import CODES, REPAIRED
from packages.doctor import Report
from packages.findings import Finding, PackageRefused


@dataclass(frozen=True, slots=True)
class Told:
    """A report and findings."""

    report: Report
    findings: tuple[Finding, ...] = ()

    @classmethod
    def refused(cls, refusal: PackageRefused) -> "Told":
        """Tell about a package that was not taken in: what it looks like; nothing was put right that is still there."""
        return cls(
            Report.from_json(refusal.report or {}),
            tuple(finding for finding in refusal.findings if finding.severity != REPAIRED),
        )

    def of(self, severity: str) -> list[Finding]:
        """List the findings of one severity."""
        return [finding for finding in self.findings if finding.severity == severity]

    def to_json(self) -> dict[str, Any]:
        """Write what is kept: codes, not sentences, which are the reader's language's."""
        return {"report": self.report.to_json(), "findings": [astuple(finding) for finding in self.findings]}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Told":
        """Read what `to_json` wrote, or what a version has that was imported before there were reports."""
        findings = (Finding(*each) for each in value.get("findings", ()))
        known = tuple(finding for finding in findings if finding.code in CODES)  # a later version may have dropped one
        return cls(Report.from_json(value.get("report", {})), known)
