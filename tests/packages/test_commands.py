"""`haidang package`."""

from pathlib import Path

from tests.parts.installations import Installation
from tests.parts.zips import scorm12


def test_a_refused_file_does_not_stop_the_others(installation: Installation, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(scorm12("Bài"))
    bad.write_bytes(b"no zip")

    told = installation.haidang("package", "add", str(bad), str(good), "--space", "haiphong", code=1)["files"]

    assert [one["status"] for one in told] == ["refused", "published"]
    assert told[0]["findings"][0]["code"] == "no-zip"
    assert (told[1]["kind"], told[1]["edition"], told[1]["title"]) == ("scorm12", "1.2", "Bài")
    listed = installation.haidang("package", "list", "--space", "haiphong")["packages"]
    assert [one["version"] for one in listed] == [told[1]["version"]]
