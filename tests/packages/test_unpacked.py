"""An unpacked package: its files under numbers, with their hashes, and everything as JSON and back."""

import io
import json
from hashlib import sha256
from pathlib import Path

import pytest

from packages import unpacked
from packages.doctor import Report
from packages.findings import PackageRefused
from packages.unpacked import File, Unpacked
from tests.parts.zips import scorm12, zipped


def test_files_lie_under_their_numbers_with_their_hashes(tmp_path: Path) -> None:
    files = {"bài/imsmanifest.xml": b"", "bài/ảnh/một.png": b"\0\1", "ngoài.txt": b"outside"}
    data = scorm12(more={"ảnh/một.png": b"\0\1"})

    found = unpacked.unpack(io.BytesIO(data), tmp_path)

    assert found.files[2] == File("ảnh/một.png", 2, sha256(files["bài/ảnh/một.png"]).hexdigest())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1", "2"]
    assert (tmp_path / "2").read_bytes() == b"\0\1"


def test_names_count_from_the_folder_of_the_descriptor(tmp_path: Path) -> None:
    manifest = b'<tincan><activities><activity id="http://x.example/a" type="course"><name>A</name>'
    manifest += b"<launch>a.html</launch></activity></activities></tincan>"
    data = zipped({"readme.txt": b"outside", "bai/tincan.xml": manifest, "bai/a.html": b"<p>"})

    assert [file.name for file in unpacked.unpack(io.BytesIO(data), tmp_path).files] == ["tincan.xml", "a.html"]
    assert len(list(tmp_path.iterdir())) == 2


def test_everything_comes_back_from_json(tmp_path: Path) -> None:
    found = unpacked.unpack(io.BytesIO(scorm12("Bài")), tmp_path)

    assert Unpacked.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_what_is_refused_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(PackageRefused):
        unpacked.unpack(io.BytesIO(zipped({"a.txt": b"x"})), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_refused_package_is_told_as_far_as_it_can_be(tmp_path: Path) -> None:
    with pytest.raises(PackageRefused) as told:
        unpacked.unpack(io.BytesIO(zipped({"a.html": b"<!-- Created with iSpring --><p>"})), tmp_path)

    assert told.value.report is not None
    assert Report.from_json(told.value.report).tool == "iSpring"


def test_a_package_on_which_the_doctor_fails_is_published_without_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(unpacked, "examine", fail)

    found = unpacked.unpack(io.BytesIO(scorm12("Bài")), tmp_path)

    assert (found.report, [finding.code for finding in found.findings]) == (Report(), ["not-examined"])
    assert found.trouble is not None
    assert found.trouble["kind"] == "ZeroDivisionError"
    assert Unpacked.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_reading_alone_leaves_the_source_where_it_can_be_read_again() -> None:
    source = io.BytesIO(scorm12("Bài"))

    assert unpacked.read(source) == unpacked.read(source)
