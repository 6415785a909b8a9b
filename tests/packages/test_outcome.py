"""What became of a file, as a program reads it."""

import io
from typing import Any

import pytest

from lrs.commands import enter
from packages import outcome
from tests.parts.installations import Installation
from tests.parts.zips import MANIFEST, scorm12, zipped

UNTITLED = zipped({"imsmanifest.xml": MANIFEST.format(title="").encode(), "index.html": b"<p>"})


def publish(installation: Installation, data: bytes) -> dict[str, Any]:
    with installation.app.app_context():
        enter("haiphong")
        return outcome.publish("bai.zip", io.BytesIO(data))


def test_a_published_file_is_told_with_what_it_became_and_what_was_found(embedded: Installation) -> None:
    one = publish(embedded, UNTITLED)

    (listed,) = embedded.haidang("package", "list", "--space", "haiphong")["packages"]
    assert listed.items() <= one.items()
    assert (one["file"], one["status"], one["kind"], one["edition"]) == ("bai.zip", "published", "scorm12", "1.2")
    assert {finding["code"] for finding in one["findings"]} == {"no-title", "no-viewport"}
    assert one["report"]["lessons"] == 1
    assert {"code", "severity", "file", "text"} <= one["findings"][0].keys()


@pytest.mark.parametrize(("data", "code"), [(b"no zip", "no-zip"), (zipped({"a.txt": b""}), "no-manifest")])
def test_a_refused_file_is_told_with_the_reason_alone(embedded: Installation, data: bytes, code: str) -> None:
    one = publish(embedded, data)

    assert (set(one), one["status"]) == ({"file", "status", "findings", "report"}, "refused")
    assert [finding["code"] for finding in one["findings"]] == [code]


def test_a_file_without_a_fault_has_no_findings(embedded: Installation) -> None:
    assert publish(embedded, scorm12())["findings"] == []
