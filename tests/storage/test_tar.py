"""All objects below a prefix as one tar, written and read as a stream."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from storage import tar
from storage.blobs import Blobs, open_blobs
from storage.blobs.folder import Folder
from tests.storage.blobs.stores import MIB, folder_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.blobs import Blob

OBJECTS = {
    "spaces/1/versions/a/index.html": b"<p>Xin ch\xc3\xa0o",
    "spaces/1/versions/a/ảnh/Ảnh chụp #1.png": b"\x89PNG" + bytes(511),
    "spaces/1/versions/a/" + "/".join(["đường"] * 30) + "/xa.txt": b"far",
    "spaces/1/versions/a/ leading and trailing /.hidden": b"",
    "spaces/1/versions/a/\u0303e": b"x" * 512,
    "spaces/2/versions/b/film.mp4": b"y" * (2 * MIB + 1),
}


@pytest.fixture
def source(tmp_path: Path) -> Blobs:
    """Fill a store."""
    blobs = open_blobs(folder_url(tmp_path / "source"))
    for key, content in {**OBJECTS, "service/probe": b"not of a space"}.items():
        blobs.put(key, content)
    return blobs


@pytest.fixture
def target(tmp_path: Path) -> Blobs:
    return open_blobs(folder_url(tmp_path / "target"))


def contents(blobs: Blobs) -> dict[str, bytes]:
    found = {}
    for blob in blobs.list(""):
        with blobs.get(blob.key) as reading:
            found[blob.key] = reading.read()
    return found


def written(blobs: Blobs) -> bytes:
    out = io.BytesIO()
    assert tar.write(blobs, "spaces/", out) == len(OBJECTS)
    return out.getvalue()


def test_every_object_comes_back(source: Blobs, target: Blobs) -> None:
    assert tar.read(io.BytesIO(written(source)), target) == len(OBJECTS)

    assert contents(target) == OBJECTS


def test_of_nothing_nothing_comes_back(target: Blobs) -> None:
    out = io.BytesIO()

    assert tar.write(target, "spaces/", out) == 0
    assert tar.read(io.BytesIO(out.getvalue()), target) == 0
    assert contents(target) == {}


def test_the_same_objects_are_the_same_bytes(source: Blobs, target: Blobs) -> None:
    first = written(source)
    tar.read(io.BytesIO(first), target)

    assert written(target) == first


def test_other_programs_can_read_it(source: Blobs, tmp_path: Path) -> None:
    (tmp_path / "objects.tar").write_bytes(written(source))

    program = shutil.which("tar")
    assert program is not None
    subprocess.run([program, "xf", "objects.tar"], cwd=tmp_path, check=True)

    assert {key: (tmp_path / key).read_bytes() for key in OBJECTS} == OBJECTS


class Losing(Folder):
    """A folder from which somebody deletes an object as soon as it is listed."""

    def list(self, prefix: str) -> Iterator[Blob]:
        for blob in super().list(prefix):
            if blob.key.endswith("film.mp4"):
                self.delete(blob.key)
            yield blob


def test_an_object_that_is_deleted_meanwhile_is_left_out(source: Blobs, target: Blobs, tmp_path: Path) -> None:
    out = io.BytesIO()

    assert tar.write(Losing(tmp_path / "source"), "spaces/", out) == len(OBJECTS) - 1
    assert tar.read(io.BytesIO(out.getvalue()), target) == len(OBJECTS) - 1


def test_an_object_that_is_cut_is_an_error_and_not_put(source: Blobs, target: Blobs) -> None:
    with pytest.raises(tarfile.ReadError):
        tar.read(io.BytesIO(written(source)[:-MIB]), target)

    assert contents(target).keys() == OBJECTS.keys() - {"spaces/2/versions/b/film.mp4"}


def test_what_is_no_file_is_an_error(target: Blobs) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("spaces/1/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    with pytest.raises((tarfile.TarError, KeyError)):
        tar.read(io.BytesIO(out.getvalue()), target)


def test_memory_does_not_grow_with_the_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # which takes long, and no memory
    source, target = (open_blobs(folder_url(tmp_path / name)) for name in ("source", "target"))
    for number in range(400):
        source.put(f"spaces/{'few' if number < 40 else 'many'}/{number // 20}/{number}.html", b"<p>")

    def peak(prefix: str) -> int:
        tracemalloc.start()
        with (tmp_path / "objects.tar").open("w+b") as file:
            tar.write(source, prefix, file)
            file.seek(0)
            tar.read(file, target)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak("spaces/")  # so that what is made once is made
    few, many = peak("spaces/few/"), peak("spaces/many/")

    assert many < few + 64 * 1024  # a list of them would take twice that
