"""Objects in a folder: durable when acknowledged, whole or absent to whoever reads."""

import errno
import heapq
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from storage.blobs.blob import PIECE, Blob, Reading
from storage.blobs.conditions import Range, judge
from storage.blobs.errors import BlobMissing, StoreAway, StoreFull, StoreRefused
from storage.blobs.keys import check_folder, check_key, check_prefix, is_key
from storage.blobs.source import Readable, Source
from storage.media_types import media_type

_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_LINKS = {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS}
_IN_USE = {errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY}
_TRIES = 100
_LEFT_BEHIND = 24 * 60 * 60


class Folder:
    """A store whose objects are files: `a/b.png` is `2/a/b.png`, two segments deep in the tree of that depth.

    A name in a tree is either a file or a folder in all keys, so `a` and `a/b` never meet and no name is escaped.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._trees = str(root)
        self._incoming = root / "incoming"

    def __str__(self) -> str:
        return f"the folder {self._root}"

    def path(self, key: str) -> Path:
        """Say which file holds an object, or would."""
        return Path(self._file(key))

    def _file(self, key: str) -> str:
        check_key(key)
        return f"{self._trees}/{key.count('/') + 1}/{key}"

    def prepare(self) -> None:
        """Make the folder if it isn't there, and remove what killed writers left in it."""
        with self._trouble():
            self._make()
            old = time.time() - _LEFT_BEHIND
            for temporary in self._incoming.iterdir():
                with suppress(FileNotFoundError):
                    if temporary.stat().st_mtime < old:
                        temporary.unlink()

    def put(self, key: str, source: bytes | Readable, *, sha256: str = "") -> Blob:  # noqa: ARG002 - a file has no place for it
        """Store an object whole, in place of the one before, or not at all."""
        path = self.path(key)
        reader = Source(source)
        with self._new_file() as (file, temporary):
            while piece := reader.read(PIECE):  # not our trouble if it raises
                with self._trouble():
                    _write(file, piece)
            with self._trouble():
                # The kernel's clock stands still for milliseconds: two puts of one size would have one etag.
                now = time.time_ns()
                os.utime(file.fileno(), ns=(now, now))
                os.fsync(file.fileno())
                blob = _blob(key, os.fstat(file.fileno()))
                self._move(temporary, path)
        return blob

    def get(
        self, key: str, wanted: Range | None = None, *, if_match: str | None = None, if_none_match: str | None = None
    ) -> Reading:
        """Open an object for reading; conditions are taken as the header fields have them."""
        with self._trouble(key):
            file = FileIO(self._file(key))
        try:
            with self._trouble():
                blob = _blob(key, os.fstat(file.fileno()))
            judge(key, blob.etag, if_match, if_none_match)
            start, stop = wanted.resolve(blob.size) if wanted else (0, blob.size)
        except BaseException:
            file.close()
            raise
        return Reading(blob, (start, stop), self._pieces(file, start, stop), file.close, file)

    def stat(self, key: str) -> Blob:
        """Say what is known of an object."""
        with self._trouble(key):
            return _blob(key, self.path(key).stat())

    def list(self, prefix: str) -> Iterator[Blob]:
        """Find the objects whose keys begin so, in the order of their keys."""
        check_prefix(prefix)
        return self._list(prefix)

    def delete(self, key: str) -> None:
        """Remove an object if it is there."""
        path = self.path(key)
        with self._trouble():
            with suppress(FileNotFoundError):
                path.unlink()
            _sync(self._prune(path.parent))

    def delete_all(self, folder: str) -> int:
        """Remove each object below a folder, `a/b/`, and count them."""
        check_folder(folder)
        count = 0
        emptied = set()
        for blob in self._list(folder):
            path = self.path(blob.key)
            with self._trouble(), suppress(FileNotFoundError):
                path.unlink()
                count += 1
                emptied.add(path.parent)
        with self._trouble():
            for left in {self._prune(parent) for parent in emptied}:
                _sync(left)
        return count

    def copy(self, source: str, target: str) -> None:
        """Store an object a second time, under another key."""
        check_key(target)
        if source == target:
            self.stat(source)
        elif not self._link(source, target):
            with self.get(source) as reading:
                self.put(target, reading)

    def _link(self, source: str, target: str) -> bool:
        """Give a file a second name, if the file system can: what is put later under either replaces that name alone."""
        temporary = self._new_name()
        try:
            with self._trouble(source):
                self._make()
                try:
                    temporary.hardlink_to(self.path(source))
                except OSError as error:
                    if error.errno in _NO_LINKS:
                        return False
                    raise
            with self._trouble():
                self._move(temporary, self.path(target))
        finally:
            with suppress(OSError):
                temporary.unlink()  # still there if both were one file already
        return True

    @contextmanager
    def _trouble(self, key: str | None = None) -> Iterator[None]:
        """Say what the file system's errors mean."""
        try:
            yield
        except OSError as error:
            if key is not None and error.errno == errno.ENOENT:
                raise BlobMissing(key) from None
            if error.errno in _FULL:
                raise StoreFull(f"{self} is full") from error
            if error.errno in _REFUSED:
                raise StoreRefused(f"{self} may not be used by this user: {error.strerror}") from error
            raise StoreAway(f"{self} fails: {error.strerror}") from error

    @contextmanager
    def _new_file(self) -> Iterator[tuple[FileIO, Path]]:
        """Make a file that nobody sees, and remove it unless it was moved."""
        temporary = self._new_name()
        with self._trouble():
            try:
                file = FileIO(temporary, "x")
            except FileNotFoundError:
                self._make()
                file = FileIO(temporary, "x")
        try:
            # Unbuffered: closing a buffered file after a failed write writes, and fails, a second time.
            with file:
                yield file, temporary
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise

    def _new_name(self) -> Path:
        return self._incoming / f"{os.getpid()}-{secrets.token_hex(8)}"

    def _make(self) -> None:
        missing = [folder for folder in (self._incoming, *self._incoming.parents) if not folder.exists()]
        self._incoming.mkdir(parents=True, exist_ok=True)
        for folder in missing:
            _sync(folder.parent)

    def _move(self, temporary: Path, path: Path) -> None:
        for again in range(_TRIES, -1, -1):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary.replace(path)
                break
            except (FileNotFoundError, FileExistsError):  # a delete removed the folder in between
                if not again:
                    raise
        # All of them: another put may have made a folder a moment ago and not have synced it yet.
        for folder in path.parents:
            _sync(folder)
            if folder == self._root:
                break

    def _prune(self, folder: Path) -> Path:
        """Remove a folder and those above it as far as they are empty, and give the first that stays."""
        while folder != self._root:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError as error:
                if error.errno not in _IN_USE:
                    raise
                break
            folder = folder.parent
        return folder

    def _pieces(self, file: FileIO, start: int, stop: int) -> Iterator[bytes]:
        with self._trouble():
            file.seek(start)
            while start < stop and (piece := file.read(min(PIECE, stop - start))):
                start += len(piece)
                yield piece

    def _list(self, prefix: str) -> Iterator[Blob]:
        with self._trouble():
            depths = [int(entry.name) for entry in _entries(self._root) if entry.name.isdecimal()]
            trees = (_walk(self._root / str(depth), "", prefix, depth) for depth in depths)
            yield from heapq.merge(*trees, key=lambda blob: blob.key)


def _walk(folder: Path, before: str, prefix: str, depth: int) -> Iterator[Blob]:
    """Find what begins so below a folder; `before` is the part of the keys that led here."""
    name, slash, rest = prefix.partition("/")
    found = [
        entry
        for entry in _entries(folder)
        if (entry.name == name if slash else entry.name.startswith(name)) and (entry.is_dir() or depth == 1)
    ]
    if depth > 1:
        # A slash follows the name in each key, and some signs come before a slash: "a-b/c" before "a/c".
        for entry in sorted(found, key=lambda entry: f"{entry.name}/"):
            yield from _walk(folder / entry.name, f"{before}{entry.name}/", rest, depth - 1)
    elif not slash:
        for entry in sorted(found, key=lambda entry: entry.name):
            with suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and is_key(before + entry.name):
                    yield _blob(before + entry.name, status)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [*entries]
    except FileNotFoundError:
        return []


def _blob(key: str, status: os.stat_result) -> Blob:
    # No inode in the etag: it would change when a folder is restored from a backup.
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    modified = datetime.fromtimestamp(status.st_mtime_ns // 1_000_000_000, UTC)
    return Blob(key, status.st_size, etag, media_type(key), modified)


def _write(file: FileIO, piece: bytes) -> None:
    left = memoryview(piece)
    while left:
        left = left[file.write(left) :]


def _sync(folder: Path) -> None:
    """Bring a folder's entries to the disk; one that a delete took away needs no syncing."""
    with suppress(FileNotFoundError):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
