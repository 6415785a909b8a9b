"""A zip from outside, read with suspicion: only plain files, with names that stay where they belong, and no more bytes than allowed."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from flask_babel import lazy_gettext as _

from packages.findings import PackageRefused

MOST_FILES = 20_000
MOST_BYTES = 4 * 1024**3
MOST_RATIO = 200
_SMALL = 1024 * 1024
"""Below this size a high ratio is harmless: a file of blanks compresses well."""

_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ENCRYPTED = 0x1


class Archive:
    """The files of a zip by their names; opening one counts its real bytes."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self._files = {info.filename: info for info in _plain_files(zipped)}
        self._left = MOST_BYTES

    @property
    def names(self) -> list[str]:
        """The names of all files, as the zip writes them."""
        return list(self._files)

    def size(self, name: str) -> int:
        """Tell how large a file says it is."""
        return self._files[name].file_size

    def read(self, name: str, most: int) -> bytes:
        """Read a small file whole."""
        if self.size(name) > most:
            raise PackageRefused("too-large", _("This file is too large for what it is."), name)
        with self.file(name) as file:
            return file.read()

    @contextmanager
    def file(self, name: str) -> Iterator["CountedFile"]:
        """Open a file; one that is larger than it says is refused when that shows."""
        try:
            with self._zip.open(self._files[name]) as file:
                counted = CountedFile(file, name, min(self._files[name].file_size, self._left))
                yield counted
                self._left -= counted.seen
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
            raise PackageRefused("damaged", _("This file in the zip is damaged."), name) from error


class CountedFile:
    """A file in a zip whose real bytes are counted while they are read: what the zip says of itself is a claim."""

    def __init__(self, file: IO[bytes], name: str, most: int) -> None:
        self._file = file
        self._name = name
        self._most = most
        self.seen = 0

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes."""
        room = self._most - self.seen + 1
        data = self._file.read(room if size < 0 else min(size, room))
        self.seen += len(data)
        if self.seen > self._most:
            raise PackageRefused(
                "too-large", _("This file is larger than the zip says or than is allowed."), self._name
            )
        return data


@contextmanager
def opened(source: IO[bytes]) -> Iterator[Archive]:
    """Open a zip."""
    try:
        zipped = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise PackageRefused("no-zip", _("This is not a zip file, or it did not arrive whole.")) from error
    with zipped:
        yield Archive(zipped)


def _plain_files(zipped: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    entries = zipped.infolist()
    if len(entries) > MOST_FILES:
        raise PackageRefused("too-many-files", _("The zip holds too many files."))
    seen: set[str] = set()
    for info in entries:
        name = info.filename
        if name.endswith("/") or name.startswith("__MACOSX/"):
            continue
        _check_name(name)
        _check_entry(info)
        folded = name.casefold()
        if folded in seen:
            raise PackageRefused("same-name", _("Two files in the zip have the same name."), name)
        seen.add(folded)
        yield info


def _check_name(name: str) -> None:
    segments = name.replace("\\", "/").split("/")
    outside = name.startswith(("/", "\\")) or ":" in segments[0] or any(part in {"", ".", ".."} for part in segments)
    if outside or "\0" in name or any(_DEVICE.fullmatch(part) for part in segments):
        raise PackageRefused("bad-name", _("This name points outside the package or is not allowed."), name)


def _check_entry(info: zipfile.ZipInfo) -> None:
    mode = info.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        raise PackageRefused("no-plain-file", _("The zip holds a link or another special file."), info.filename)
    if info.flag_bits & _ENCRYPTED:
        raise PackageRefused("encrypted", _("The zip is protected with a password."), info.filename)
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > MOST_BYTES or (info.file_size > _SMALL and ratio > MOST_RATIO):
        raise PackageRefused("bomb", _("This file unpacks to far more than it should."), info.filename)
