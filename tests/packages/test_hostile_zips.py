"""Hostile zips: each is refused by name and leaves nothing behind, and its harmless twin imports."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from random import Random
from typing import TYPE_CHECKING

import pytest

from lrs.commands import enter
from packages import archive, courses
from packages.findings import PackageRefused
from tests.packages.hostile import Case, cases, named, package

if TYPE_CHECKING:
    from tests.parts.installations import Installation

CASES = cases()


def read(data: bytes) -> dict[str, bytes]:
    """Read all of a zip."""
    with archive.opened(io.BytesIO(data)) as opened:
        return {name: opened.read(name, 10**9) for name in opened.names}


@pytest.mark.parametrize("case", [case for case in CASES if case.code != "no-manifest"], ids=str)
def test_a_hostile_zip_is_refused_by_name(case: Case) -> None:
    with pytest.raises(PackageRefused) as refused:
        read(case.zip)
    assert refused.value.finding.code == case.code


@pytest.mark.parametrize("case", CASES, ids=str)
def test_its_harmless_twin_is_read(case: Case) -> None:
    assert "index.html" in read(case.twin)


def test_a_refusal_names_the_file_so_that_it_can_be_read() -> None:
    with pytest.raises(PackageRefused) as refused:
        read(package(named("..\\ảnh\x01.png")))
    assert refused.value.finding.file == "../ảnh\N{REPLACEMENT CHARACTER}.png"


def test_nothing_of_a_refused_zip_remains_and_its_twin_is_published(embedded: Installation) -> None:
    blobs = embedded.services.blobs
    remains = []
    with embedded.app.app_context():
        enter("haiphong")
        for case in CASES:
            with pytest.raises(PackageRefused) as refused:
                courses.publish(io.BytesIO(case.zip))
            assert refused.value.finding.code == case.code, case.name
            assert str(refused.value.finding.text)
            remains += [(case.name, blob.key) for blob in blobs.list("spaces/")]
    assert remains == []
    assert embedded.haidang("package", "list", "--space", "haiphong") == {"packages": []}

    with embedded.app.app_context():
        enter("haiphong")
        for twin in {case.twin for case in CASES}:
            courses.publish(io.BytesIO(twin))
    listed = embedded.haidang("package", "list", "--space", "haiphong")["packages"]
    assert len(listed) == len({case.twin for case in CASES})


def test_reading_stops_where_the_zip_said_the_file_ends() -> None:
    case = next(case for case in CASES if case.name == "larger than it says")
    with archive.opened(io.BytesIO(case.zip)) as opened, opened.file("a.txt") as file:
        seen: list[bytes] = []
        with pytest.raises(PackageRefused):
            seen.extend(iter(lambda: file.read(30), b""))
    assert sum(len(piece) for piece in seen) <= 100


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_large_file_is_read_piece_by_piece(method: int) -> None:
    large = Random(7).randbytes(16 * 1024 * 1024)
    data = io.BytesIO(package(named("film.mp4", large, method=method)))
    tracemalloc.start()
    try:
        with archive.opened(data) as opened, opened.file("film.mp4") as file:
            size = 0
            while piece := file.read(64 * 1024):
                size += len(piece)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size == len(large)
    assert peak < 2 * 1024 * 1024
