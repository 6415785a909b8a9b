"""What an import tells is kept with its version, and read again by whatever version of the program."""

import pytest

from packages.codes import SEVERITIES
from packages.doctor import Report
from packages.findings import Finding, refused
from packages.told import Told

TOLD = Told(Report(tool="iSpring", lessons=1), (Finding("no-title", "imsmanifest.xml", 7, "i"), Finding("heavy")))


def test_it_comes_back_as_it_was() -> None:
    assert Told.from_json(TOLD.to_json()) == TOLD


@pytest.mark.parametrize("kept", [{}, {"findings": [["a-code-of-tomorrow", "", 0, ""]]}])
def test_what_is_not_known_is_left_out(kept: dict[str, object]) -> None:
    assert Told.from_json(kept) == Told(Report())


def test_findings_are_sorted_by_how_much_they_matter() -> None:
    assert {severity: [one.code for one in TOLD.of(severity)] for severity in SEVERITIES} == {
        "refused": [],
        "hurts": ["heavy"],
        "warning": [],
        "repaired": ["no-title"],
    }


def test_a_refusal_has_findings_and_no_report() -> None:
    assert Told.refused(refused("no-zip")) == Told(Report(), (Finding("no-zip"),))
