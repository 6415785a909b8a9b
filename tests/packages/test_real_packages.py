"""Every package from elsewhere comes to what is expected of it, and an expectation that is wrong would be noticed."""

from __future__ import annotations

import io
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from packages import unpacked
from packages.codes import HURTS, REFUSED
from packages.findings import Finding, PackageRefused
from packages.model import (
    Condition,
    ControlMode,
    DeliveryControls,
    Objective,
    ObjectiveMap,
    Rollup,
    Rule,
    Sequencing,
)
from packages.placing import Place, list_key, prefix
from storage.blobs import open_blobs
from storage.media_types import media_type
from tests.packages.expectations import Findings, Item, Organisation, Outcome, load
from tests.storage.blobs.stores import folder_url, new_bucket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packages.model import Item as ModelItem
    from packages.model import Package
    from storage.blobs import Blobs
    from tests.parts.installations import Installation
    from tests.parts.s3 import S3Server

EXPECTED = load()
ABOUT_US = {"not-played-yet"}
"""Codes that tell of our player, not of the package."""

Imports = dict[str, tuple[Outcome, Outcome]]
"""By package: what came of it, and what was expected."""


def read(data: bytes) -> Outcome:
    """Read a package and say what came of it in the words of the expectations."""
    try:
        with TemporaryDirectory() as folder:
            found = unpacked.unpack(io.BytesIO(data), Path(folder))
    except PackageRefused as refused:
        kept = [finding for finding in refused.findings if finding.severity != REFUSED]
        return Outcome("refused", findings=said(kept), refused=said(set(refused.findings) - set(kept)))
    hurts = [finding for finding in found.findings if finding.severity == HURTS]
    return Outcome(
        "published",
        found.package.kind,
        found.package.edition,
        organisations(found.package),
        said(set(found.findings) - set(hurts)),
        hurts=said(hurts),
    )


def said(findings: Iterable[Finding]) -> Findings:
    return frozenset((one.code, one.file) for one in findings)


def organisations(package: Package) -> tuple[Organisation, ...]:
    return tuple(Organisation(str(one.title), items(one.items)) for one in package.organisations)


def items(found: tuple[ModelItem, ...]) -> tuple[Item, ...]:
    return tuple(Item(str(one.title), one.address or None, items(one.items), not one.visible) for one in found)


def with_files(data: bytes, names: tuple[str, ...]) -> bytes:
    """Add files that a package names and lacks."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        for name in names:
            archive.writestr(name, b"<!doctype html>")
    return made.getvalue()


def wrong(imports: Imports) -> dict[str, tuple[Outcome, Outcome]]:
    return {name: (came, wanted) for name, (came, wanted) in imports.items() if came != wanted}


@pytest.fixture(scope="module")
def imports(cases: Path) -> Imports:
    made: Imports = {}
    for name, expectation in EXPECTED.items():
        data = (cases / name).read_bytes()
        made[name] = read(data), expectation.outcome
        if expectation.completed:
            # What the pages that we add lack is no fault of the package.
            came = read(with_files(data, expectation.added))
            made[f"{name}, completed"] = replace(came, hurts=frozenset()), expectation.completed
    return made


def test_every_package_comes_to_what_is_expected(imports: Imports) -> None:
    assert wrong(imports) == {}
    assert len(imports) > len(EXPECTED) > 150


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("golf/RuntimeBasicCalls_SCORM12.zip", {"edition": "1.3"}),
        ("golf/RuntimeBasicCalls_SCORM12.zip", {"findings": frozenset({("no-title", "imsmanifest.xml")})}),
        ("golf/RuntimeBasicCalls_SCORM12.zip", {"organisations": (Organisation("Golf", ()),)}),
        ("moodle/badscorm.zip", {"status": "published", "refused": frozenset()}),
        ("moodle/badscorm.zip", {"refused": frozenset({("bad-xml", "imsmanifest.xml")})}),
        ("other/complex.zip", {"findings": frozenset()}),
        ("other/complex.zip", {"hurts": frozenset()}),
        ("other/basic_course.zip", {"hurts": frozenset({("no-viewport", "index.html")})}),
    ],
)
def test_control_an_expectation_that_is_wrong_is_noticed(imports: Imports, name: str, changes: dict[str, Any]) -> None:
    came, wanted = imports[name]

    assert list(wrong(imports | {name: (came, replace(wanted, **changes))})) == [name]


def test_the_sequencing_of_a_real_course_is_read_with_its_collection(cases: Path) -> None:
    with (cases / "golf/SequencingForcedSequential_SCORM20043rdEdition.zip").open("rb") as file:
        organisation = unpacked.read(file).package.organisations[0]

    one = "com.scorm.golfsamples.sequencing.forcedsequential."
    unmet = tuple(
        Condition(condition, negated=True, objective="previous_sco_satisfied")
        for condition in ("satisfied", "objectiveStatusKnown")
    )
    reads = {"read_satisfied_status": True, "read_normalized_measure": True}
    written = ObjectiveMap(f"{one}etiquette_satisfied", write_satisfied_status=True, **reads)
    assert (organisation.objectives_global, organisation.sequencing) == (False, Sequencing(ControlMode(flow=True)))
    assert organisation.items[1].sequencing == Sequencing(
        before=(Rule("disabled", unmet, "any"),),
        rollup=Rollup(measure_weight=0.0),
        objectives=(
            Objective("etiquette_satisfied", primary=True, maps=(written,)),
            Objective("previous_sco_satisfied", maps=(ObjectiveMap(f"{one}playing_satisfied", **reads),)),
        ),
        delivery=DeliveryControls(completion_by_content=True, objective_by_content=True),
    )


FEW_FILES = [name for name in EXPECTED if name.startswith(("moodle/", "other/", "cmi5/invalid/", "cmi5/valid/1"))]
FEW_FILES.remove("other/xerte_2004_3rd.zip")


@pytest.mark.parametrize("names", [FEW_FILES, pytest.param(list(EXPECTED), marks=pytest.mark.long)], ids=["few", "all"])
def test_the_command_tells_of_each_what_is_expected(embedded: Installation, cases: Path, names: list[str]) -> None:
    told = embedded.haidang("package", "add", *(str(cases / name) for name in names), "--space", "haiphong", code=1)

    for name, one in zip(names, told["files"], strict=True):
        wanted = EXPECTED[name].outcome
        findings = {(finding["code"], finding["file"]) for finding in one["findings"]}
        assert (name, one["status"]) == (name, wanted.status)
        assert (one.get("kind", ""), one.get("edition", "")) == (wanted.kind, wanted.edition)
        assert {pair for pair in findings if pair[0] not in ABOUT_US} == wanted.findings | wanted.refused | wanted.hurts
    listed = embedded.haidang("package", "list", "--space", "haiphong")["packages"]
    assert len(listed) == sum(EXPECTED[name].outcome.status == "published" for name in names)


@pytest.mark.timeout(1800)  # Swift on a busy machine takes minutes for some thousands of files
@pytest.mark.parametrize("names", [FEW_FILES, pytest.param(list(EXPECTED), marks=pytest.mark.long)], ids=["few", "all"])
def test_a_folder_and_s3_hold_equal_objects(s3: S3Server, cases: Path, tmp_path: Path, names: list[str]) -> None:
    with new_bucket(s3) as bucket:
        stores = [open_blobs(folder_url(tmp_path / "objects")), open_blobs(s3.url(bucket))]
        for name in names:
            if EXPECTED[name].outcome.status == "published":
                with TemporaryDirectory() as folder, (cases / name).open("rb") as file:
                    files, version = unpacked.unpack(file, Path(folder)).files, uuid.uuid4()
                    for blobs in stores:
                        Place(blobs, 1, version).fill(files, Path(folder), {})
                held = [objects(blobs, prefix(1, version)) for blobs in stores]
                assert held[0] == held[1] == {one.name: (one.sha256, media_type(one.name)) for one in files}, name
                lists = [blobs.get(list_key(1, version)).read() for blobs in stores]
                assert lists[0] == lists[1], name


def objects(blobs: Blobs, place: str) -> dict[str, tuple[str, str]]:
    """Hash what lies in a place, and say what browsers are told that it is."""

    def read(key: str) -> tuple[str, tuple[str, str]]:
        with blobs.get(key) as reading:
            return key.removeprefix(place), (sha256(reading.read()).hexdigest(), reading.blob.media_type)

    with ThreadPoolExecutor(8) as readers:
        return dict(readers.map(read, [blob.key for blob in blobs.list(place)]))


@pytest.mark.long
def test_a_large_package_is_published(embedded: Installation, cases: Path) -> None:
    file = cases / "other/xerte_2004_3rd.zip"

    told = embedded.haidang("package", "add", str(file), "--space", "haiphong")["files"][0]

    codes = [finding["code"] for finding in told["findings"]]
    assert (told["status"], codes) == ("published", ["heavy", "lost-file", "outside-file"])
    stored = {blob.key.rpartition("/versions/")[2][33:] for blob in embedded.services.blobs.list("spaces/1/versions/")}
    with zipfile.ZipFile(file) as archive:
        assert stored == {info.filename for info in archive.infolist() if not info.is_dir()}
