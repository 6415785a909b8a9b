"""Placing files into either store: all of them, several at a time, what is known already without sending it."""

from __future__ import annotations

import uuid
from hashlib import sha256
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from packages.placing import AT_ONCE, LARGE, Place, list_key, prefix
from packages.unpacked import File
from storage.blobs import StoreAway, open_blobs
from tests.storage.blobs.stores import folder_url, new_bucket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.blobs import Blob, Blobs, Readable

NAMES = ("index.html", "ảnh/một.png", "ảnh/hai.png")


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Blobs]:
    if request.param == "folder":
        yield open_blobs(folder_url(tmp_path / "objects"))
    else:
        server = request.getfixturevalue("s3")
        with new_bucket(server) as name:
            yield open_blobs(server.url(name))


class Counted:
    """A store that counts what it is sent, and may go away."""

    def __init__(self, blobs: Blobs, lasts: int = 10_000) -> None:
        self._blobs = blobs
        self._lasts = lasts
        self.put_keys: list[str] = []
        self.copied: list[str] = []
        self._silence = Event()

    def put(self, key: str, source: bytes | Readable, *, sha256: str = "") -> Blob:
        self.put_keys.append(key)
        if len(self.put_keys) > self._lasts:
            self._silence.wait(0.05)  # as long as a store takes to be away
            raise StoreAway("away")
        return self._blobs.put(key, source, sha256=sha256)

    def copy(self, source: str, target: str) -> None:
        self.copied.append(target)
        self._blobs.copy(source, target)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._blobs, name)


def unpacked_in(folder: Path, *contents: bytes) -> list[File]:
    """Lay files under their numbers."""
    folder.mkdir(exist_ok=True)
    for number, data in enumerate(contents):
        (folder / str(number)).write_bytes(data)
    names = (*NAMES, *(f"{n}.txt" for n in range(100)))
    return [File(name, len(data), sha256(data).hexdigest()) for name, data in zip(names, contents, strict=False)]


def stored(blobs: Blobs) -> dict[str, bytes]:
    return {blob.key: blobs.get(blob.key).read() for blob in blobs.list("spaces/")}


def test_files_and_their_list_lie_under_the_version(blobs: Blobs, tmp_path: Path) -> None:
    version = uuid.uuid4()
    files = unpacked_in(tmp_path / "stay", b"<p>", b"1", b"x" * (LARGE + 1))

    Place(blobs, 7, version).fill(files, tmp_path / "stay", {})

    found = stored(blobs)
    assert found.pop(list_key(7, version))
    place = prefix(7, version)
    assert found == {place + NAMES[0]: b"<p>", place + NAMES[1]: b"1", place + NAMES[2]: b"x" * (LARGE + 1)}
    assert Place(blobs, 7, version).known() == {file.sha256: place + file.name for file in files}


def test_what_an_earlier_version_has_is_not_sent_again(blobs: Blobs, tmp_path: Path) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    Place(blobs, 7, first).fill(unpacked_in(tmp_path / "a", b"<p>", b"1", b"2"), tmp_path / "a", {})
    known = Place(blobs, 7, first).known()

    counted = Counted(blobs)
    files = unpacked_in(tmp_path / "b", b"<p>", b"changed", b"1")
    Place(counted, 7, second).fill(files, tmp_path / "b", known)

    place = prefix(7, second)
    assert counted.put_keys == [place + NAMES[1], list_key(7, second)]
    assert sorted(counted.copied) == sorted([place + NAMES[0], place + NAMES[2]])
    found = stored(blobs)
    assert [found[place + name] for name in NAMES] == [b"<p>", b"changed", b"1"]


def test_what_stands_twice_in_a_package_is_sent_once(blobs: Blobs, tmp_path: Path) -> None:
    counted, version = Counted(blobs), uuid.uuid4()
    files = unpacked_in(tmp_path / "a", b"<p>", b"1", b"1", b"1")

    Place(counted, 7, version).fill(files, tmp_path / "a", {})

    place = prefix(7, version)
    assert sorted(counted.put_keys) == sorted([place + NAMES[0], place + NAMES[1], list_key(7, version)])
    assert [stored(blobs)[place + file.name] for file in files] == [b"<p>", b"1", b"1", b"1"]


def test_a_known_file_that_is_gone_is_sent(blobs: Blobs, tmp_path: Path) -> None:
    files = unpacked_in(tmp_path / "a", b"<p>")
    version = uuid.uuid4()

    Place(blobs, 7, version).fill(files, tmp_path / "a", {files[0].sha256: "spaces/7/versions/gone/a.html"})

    assert stored(blobs)[prefix(7, version) + NAMES[0]] == b"<p>"


def test_nothing_is_begun_after_a_put_that_failed(blobs: Blobs, tmp_path: Path) -> None:
    files = unpacked_in(tmp_path / "a", *(b"%d" % n for n in range(60)))
    counted = Counted(blobs, lasts=0)

    with pytest.raises(StoreAway):
        Place(counted, 7, uuid.uuid4()).fill(files, tmp_path / "a", {})

    assert len(counted.put_keys) <= 3 * AT_ONCE


def test_a_place_is_cleared_of_everything_and_of_nothing_else(blobs: Blobs, tmp_path: Path) -> None:
    files = unpacked_in(tmp_path / "a", b"<p>")
    kept, gone = uuid.uuid4(), uuid.uuid4()
    for version in (kept, gone):
        Place(blobs, 7, version).fill(files, tmp_path / "a", {})

    Place(blobs, 7, gone).clear()

    assert sorted(stored(blobs)) == sorted([list_key(7, kept), prefix(7, kept) + NAMES[0]])
    assert Place(blobs, 7, gone).known() == {}
