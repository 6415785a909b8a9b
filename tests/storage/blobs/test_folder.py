"""What only a folder can get wrong: full and failing disks, temporary files, folders that come and go."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from storage.blobs import BlobMissing, StoreAway, StoreFull, StoreRefused
from storage.blobs.address import parse_folder
from storage.blobs.folder import Folder
from tests.parts.left_out import leave_out
from tests.storage.blobs.stores import MIB, Stream, folder_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(parse_folder(folder_url(tmp_path / "objects")))


def files(below: Path) -> list[str]:
    return sorted(str(path.relative_to(below)) for path in below.rglob("*") if not path.is_dir())


def folders(below: Path) -> list[str]:
    return sorted(str(path.relative_to(below)) for path in below.rglob("*") if path.is_dir())


def test_a_key_lies_in_the_tree_of_its_depth(folder: Folder, tmp_path: Path) -> None:
    folder.put("a", b"1")
    folder.put("a/b", b"2")
    folder.put("haiphong/v1/bài 1/ảnh #1.png", b"4")

    assert files(tmp_path / "objects") == ["1/a", "2/a/b", "4/haiphong/v1/bài 1/ảnh #1.png"]
    assert folder.path("a/b") == tmp_path / "objects/2/a/b"
    assert folder.path("a/b").read_bytes() == b"2"


def test_a_file_may_be_read_by_whom_the_umask_lets(folder: Folder) -> None:
    before = os.umask(0o027)
    try:
        folder.put("a/b", b"")
    finally:
        os.umask(before)

    assert stat.S_IMODE(folder.path("a/b").stat().st_mode) == 0o640


def test_a_put_has_the_time_of_the_fine_clock(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    # Many kernels give a file the time of their last tick: the same one to everything within milliseconds.
    monkeypatch.setattr(time, "time_ns", lambda: 1_234_567_890_123_456_789)

    assert folder.put("a", b"content").modified == datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC)
    assert folder.path("a").stat().st_mtime_ns == 1_234_567_890_123_456_789


def test_a_put_is_synced_before_it_is_seen_and_every_folder_after(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(descriptor: int) -> None:
        seen = path.exists()
        really_sync(descriptor)
        synced.append((Path(f"/proc/self/fd/{descriptor}").readlink(), seen))

    if not Path("/proc/self/fd").exists():
        leave_out("no /proc: which files are synced can't be told")
    synced: list[tuple[Path, bool]] = []
    path = folder.path("a/b/c")
    folder.prepare()
    really_sync = os.fsync
    monkeypatch.setattr(os, "fsync", fsync)

    folder.put("a/b/c", b"content")

    (temporary, seen), *rest = synced
    root = tmp_path / "objects"
    assert temporary.parent == root / "incoming"
    assert not seen
    assert rest == [(root / "3/a/b", True), (root / "3/a", True), (root / "3", True), (root, True)]


def test_a_folder_is_made_with_those_above_it_and_all_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("storage.blobs.folder._sync", synced.append)

    Folder(tmp_path / "new/data/objects").prepare()

    assert folders(tmp_path) == ["new", "new/data", "new/data/objects", "new/data/objects/incoming"]
    assert set(synced) == {tmp_path, tmp_path / "new", tmp_path / "new/data", tmp_path / "new/data/objects"}


# What is left behind


def test_preparing_removes_what_a_writer_left_a_day_ago(folder: Folder, tmp_path: Path) -> None:
    folder.put("a", b"content")
    incoming = tmp_path / "objects/incoming"
    yesterday = time.time() - 25 * 60 * 60
    for name in ("old", "new"):
        (incoming / name).write_bytes(b"half")
    os.utime(incoming / "old", (yesterday, yesterday))
    os.utime(folder.path("a"), (yesterday, yesterday))

    folder.prepare()

    assert files(tmp_path / "objects") == ["1/a", "incoming/new"]


def test_a_source_that_raises_leaves_no_folder(folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"):
        folder.put("a/b/c", Stream(MIB, fails=ValueError("broken")))

    assert folders(tmp_path / "objects") == ["incoming"]
    assert files(tmp_path) == []


@pytest.mark.parametrize("remove", [lambda f: f.delete("a/b/c/d"), lambda f: f.delete_all("a/b/")])
def test_folders_go_with_their_last_object(folder: Folder, tmp_path: Path, remove: Callable[[Folder], object]) -> None:
    folder.put("a/b/c/d", b"")
    folder.put("a/x/y/z", b"")

    remove(folder)
    assert folders(tmp_path / "objects") == ["4", "4/a", "4/a/x", "4/a/x/y", "incoming"]

    folder.delete("a/x/y/z")
    assert folders(tmp_path / "objects") == ["incoming"]


def test_no_put_is_lost_to_a_delete_in_its_folder(folder: Folder, tmp_path: Path) -> None:
    def come_and_go(name: str) -> int:
        rounds = 0
        while not done.is_set():
            folder.put(f"a/b/c/{name}", b"goes")
            folder.delete(f"a/b/c/{name}")
            rounds += folder.delete_all("a/b/none/") == 0
        return rounds

    def stay(name: str) -> None:
        for number in range(300):
            folder.put(f"a/b/c/{name}", b"stays")
            assert folder.get(f"a/b/c/{name}").read() == b"stays", number
            folder.delete(f"a/b/c/{name}")

    done = threading.Event()
    with ThreadPoolExecutor(4) as threads:
        going = [threads.submit(come_and_go, name) for name in ("x", "y")]
        staying = [threads.submit(stay, name) for name in ("1", "2")]
        for thread in staying:
            thread.exception()  # waits
        done.set()
    assert [thread.result() for thread in staying] == [None, None]
    assert min(thread.result() for thread in going) > 10
    assert folders(tmp_path / "objects") == ["incoming"]
    assert files(tmp_path / "objects") == []


# What others put there


def test_what_is_no_object_is_not_listed(folder: Folder, tmp_path: Path) -> None:
    folder.put("a/b", b"")
    objects = tmp_path / "objects"
    (objects / "lost+found").mkdir()
    (objects / "note.txt").write_text("not ours")
    (objects / "2/stray.txt").write_text("a file where folders are")
    (objects / "2/a/c").mkdir()
    (objects / "2/a/d").symlink_to(objects / "note.txt")
    Path(os.fsdecode(os.fsencode(objects / "2/a") + b"/\xff")).write_text("no UTF-8")

    assert [blob.key for blob in folder.list("")] == ["a/b"]


# Trouble


CALLS: dict[str, Callable[[Folder], object]] = {
    "prepare": lambda folder: folder.prepare(),
    "put": lambda folder: folder.put("a/b", b"new"),
    "get": lambda folder: folder.get("a/b"),
    "stat": lambda folder: folder.stat("a/b"),
    "list": lambda folder: [*folder.list("a")],
    "delete": lambda folder: folder.delete("a/b"),
    "delete_all": lambda folder: folder.delete_all("a/"),
    "copy": lambda folder: folder.copy("a/b", "a/c"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_folder_that_fails_is_away_and_comes_back(
    folder: Folder, tmp_path: Path, call: Callable[[Folder], object]
) -> None:
    folder.put("a/b", b"content")
    (tmp_path / "objects").rename(tmp_path / "elsewhere")
    (tmp_path / "objects").write_text("a file in its place")

    with pytest.raises(StoreAway, match=r"the folder .*objects fails: Not a directory"):
        call(folder)

    (tmp_path / "objects").unlink()
    (tmp_path / "elsewhere").rename(tmp_path / "objects")
    assert folder.get("a/b").read() == b"content"


def test_a_file_that_is_cut_is_never_read_as_whole(folder: Folder) -> None:
    folder.put("a", Stream(MIB))

    with folder.get("a") as reading:
        next(reading)
        os.truncate(folder.path("a"), 700_000)
        with pytest.raises(StoreAway):
            reading.read()


class SmallDisk:
    """A mounted disk of one megabyte."""

    def __init__(self, where: Path) -> None:
        self.path = where
        self._mount = shutil.which("mount")
        self._umount = shutil.which("umount")
        if os.geteuid() != 0 or not self._mount or not self._umount:
            leave_out("no small disk: only root may mount one")

    def __enter__(self) -> Self:
        self.path.mkdir()
        mounted = self._run("-t", "tmpfs", "-o", "size=1m", "tmpfs")
        if mounted.returncode:
            leave_out(f"no small disk: {mounted.stderr.strip()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run([str(self._umount), self.path], check=True)

    def remount(self, options: str) -> None:
        """Mount it again with other options."""
        self._run("-o", f"remount,{options}").check_returncode()

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(self._mount), *arguments, self.path], capture_output=True, text=True, check=False)


def test_a_full_disk_is_told_apart_and_nothing_stays(tmp_path: Path) -> None:
    with SmallDisk(tmp_path / "disk") as disk:
        folder = Folder(disk.path / "objects")
        folder.put("old", b"old")

        for key in ("new", "old"):
            with pytest.raises(StoreFull, match="is full"):
                folder.put(key, Stream(3 * MIB))

        assert files(disk.path / "objects") == ["1/old"]
        assert folder.get("old").read() == b"old"
        folder.put("new", Stream(MIB // 2))
        with pytest.raises(StoreFull):
            folder.put("again", Stream(MIB // 2))
        folder.copy("new", "copy")  # a second name takes no room
        folder.delete("new")
        folder.delete("copy")
        assert folder.put("again", Stream(MIB // 2)).size == MIB // 2


def test_a_disk_that_may_not_be_written_is_told_apart(tmp_path: Path) -> None:
    with SmallDisk(tmp_path / "disk") as disk:
        folder = Folder(disk.path / "objects")
        folder.put("old", b"old")
        disk.remount("ro")

        with pytest.raises(StoreRefused, match="Read-only"):
            folder.put("new", b"new")
        with pytest.raises(StoreRefused):
            folder.delete("old")
        assert folder.get("old").read() == b"old"
        with pytest.raises(BlobMissing):
            folder.get("new")

        disk.remount("rw")
        assert folder.put("new", b"new").size == 3
