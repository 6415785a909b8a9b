"""What became of a file, as a program reads it: `haidang package add --json` prints it, and an upload with a key is answered with it."""

from typing import IO, Any

from packages import publishing
from packages.findings import Finding, PackageRefused

PUBLISHED = "published"
REFUSED = "refused"


def publish(name: str, source: IO[bytes]) -> dict[str, Any]:
    """Publish a file as a package of its own, and tell what became of it."""
    told: dict[str, Any] = {"file": name}
    try:
        published = publishing.publish(source)
    except PackageRefused as refused:
        return told | {"status": REFUSED, "findings": _explained(refused.findings), "report": refused.report}
    return told | {
        "status": PUBLISHED,
        "package": str(published.package_id),
        "version": str(published.version_id),
        "kind": published.package.kind,
        "edition": published.package.edition,
        "title": published.package.title,
        "findings": _explained(published.told.findings),
        "report": published.told.report.to_json(),
    }


def _explained(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [publishing.explained(finding) for finding in findings]
