"""Quarantine: where uploads wait until they are judged, in folders that nobody serves. What a killed process left there is found again."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_LOCK = "lock"


@dataclass(slots=True)
class Stay:
    """The folder of one import, removed when the import is over."""

    folder: Path
    owing: bool = False
    """Whether something may be left elsewhere: then the folder stays behind, empty, for a sweep to look after that."""


class Quarantine:
    """A folder with a stay in it for each import under way, locked by its process: the system lets go of a dead one's."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def file(self) -> IO[bytes]:
        """Open a file without a name: it goes with the process that has it, however that ends."""
        self._root.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=self._root)

    @contextmanager
    def stay(self, name: str) -> Iterator[Stay]:
        """Give a folder to an import for as long as it takes."""
        stay = Stay(self._root / name)
        with self._alone():
            stay.folder.mkdir(mode=0o700)
            held = _hold(stay.folder)
        try:
            yield stay
        finally:
            _empty(stay.folder)
            if not stay.owing:
                _remove(stay.folder)
            os.close(held)

    def sweep(self, settle: Callable[[str], bool]) -> None:
        """Find the stays that nobody is behind any more; remove those of which `settle` says that nothing is owing."""
        for folder in sorted(self._root.glob("*/")):
            held = None
            with self._alone(), suppress(BlockingIOError, FileNotFoundError):
                held = _hold(folder)
            if held is None:
                continue
            try:
                _empty(folder)
                if settle(folder.name):
                    _remove(folder)
            finally:
                os.close(held)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others from making or taking a stay: one that is made and not held yet would look left."""
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / _LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _hold(folder: Path) -> int:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(opened)
        raise
    return opened


def _empty(folder: Path) -> None:
    for entry in [*folder.iterdir()]:
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with suppress(OSError):
                entry.unlink()


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
