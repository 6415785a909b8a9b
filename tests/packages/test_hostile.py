"""Hostile packages: each is refused by name, soon and with little memory, and leaves nothing anywhere; its harmless twin imports."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pytest

from lrs.commands import enter
from packages import archive, publishing, reading
from packages.findings import PackageRefused
from packages.reading import Ended, Reader
from tests.packages.hostile import Case, cases
from tests.packages.hostile.case import named, package
from tests.parts.installations import environment, make_installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.parts.installations import Installation

CASES = cases()
SECONDS = 10
MEMORY = 256 * 2**20


@dataclass(frozen=True)
class Tried:
    """What came of an import: the code of its refusal and what it says, how long it took, how its reading ended, what it left."""

    code: str
    said: tuple[str, ...]
    seconds: float
    ended: Ended
    left: frozenset[str]


class Watched(Reader):
    """A reader that keeps how its last reading ended."""

    last: Ended

    def read(self, upload: int, folder: Path, seconds: float) -> Ended:
        self.last = super().read(upload, folder, seconds)
        return self.last


def files(folder: Path) -> frozenset[str]:
    """List everything below a folder, and how large it is, but for what SQLite writes beside its file when it is read."""
    return frozenset(
        f"{path.relative_to(folder)} {path.stat().st_size}"
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    )


@pytest.fixture(scope="module")
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Tried]]:
    """Import every hostile package into one installation."""
    folder = tmp_path_factory.mktemp("hostile")
    reader = Watched()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_reader", reader)
        for environ in environment(request, "embedded", folder):
            made = make_installation(environ)
            made.haidang("space", "add", "haiphong")
            with made.app.app_context():
                enter("haiphong")
                before = files(folder)
                yield {case.name: _try(case.zip, reader, folder, before) for case in CASES}
            made.services.database.dispose()
    reader.close()


def _try(data: bytes, reader: Watched, folder: Path, before: frozenset[str]) -> Tried:
    begun = time.monotonic()
    code, said = "published", ("", "")
    try:
        publishing.publish(io.BytesIO(data))
    except PackageRefused as refused:
        code, said = refused.finding.code, (str(refused.finding.text), str(refused.finding.advice))
    left = files(folder) - before - {"data/quarantine/lock 0"}
    return Tried(code, said, time.monotonic() - begun, reader.last, left)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_hostile_package_is_refused_by_name_soon_and_leaves_nothing(case: Case, tried: dict[str, Tried]) -> None:
    came = tried[case.name]

    assert came.code == case.code
    assert all(came.said)
    assert came.seconds < SECONDS
    assert came.ended.memory < MEMORY
    assert came.left == frozenset()


def test_the_harmless_twin_of_each_imports(embedded: Installation) -> None:
    twins = {case.twin: case.name for case in CASES}
    with embedded.app.app_context():
        enter("haiphong")
        for data, name in twins.items():
            assert publishing.publish(io.BytesIO(data)).package.lessons, name

    assert len(embedded.haidang("package", "list", "--space", "haiphong")["packages"]) == len(twins) >= 30


def test_there_are_enough_of_them() -> None:
    assert len({case.zip for case in CASES}) == len({case.name for case in CASES}) == len(CASES) >= 90


def test_control_what_a_package_leaves_would_be_seen(tmp_path: Path) -> None:
    before = files(tmp_path)
    (tmp_path / "passwd").write_bytes(b"x")

    assert files(tmp_path) - before == {"passwd 1"}


def test_a_refusal_names_the_file_so_that_it_can_be_read() -> None:
    with pytest.raises(PackageRefused) as refused, archive.opened(io.BytesIO(package(named("..\\ảnh\x01.png")))):
        pass
    assert refused.value.finding.file == "../ảnh\N{REPLACEMENT CHARACTER}.png"


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
