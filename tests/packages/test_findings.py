"""A refusal tells an author what was found, and a program what it means."""

from packages.findings import REFUSED, PackageRefused


def test_a_refusal_carries_its_finding() -> None:
    refused = PackageRefused("bomb", "This unpacks to too much.", "a.bin")

    assert (refused.status, refused.detail) == (422, "This unpacks to too much.")
    finding = refused.finding
    assert (finding.code, finding.severity, finding.file) == ("bomb", REFUSED, "a.bin")
