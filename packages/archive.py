"""A zip from outside, read with suspicion: only plain files, with names that stay where they belong, and no more bytes than allowed."""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import unquote

from packages.encodings import decode_names, text_of
from packages.findings import Finding, PackageRefused, refused

MOST_FILES = 20_000
MOST_BYTES = 4 * 1024**3
MOST_RATIO = 200
MOST_NAME = 800
"""Bytes in a name with its folders: what a key of the object store leaves room for."""

_MOST_SEGMENT = 255
_SMALL = 1024 * 1024
_SMALL_ZIP = 64 * _SMALL
"""Below this size a high ratio is harmless: a file of blanks compresses well."""

_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])[ .]*(\..*)?", re.IGNORECASE)
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ENCRYPTED = 0x1
_UTF8 = 0x800
_MOST_DESCRIPTORS = 8
_LOCAL_HEADER = struct.Struct("<4s2xHH16xHH")
"""What stands before a file's bytes: signature, flags, method, and how long its name and its extra field are."""

_SIGNATURE = b"PK\x03\x04"

# Packages are zips of PKZIP 2.04g (Content Packaging 1.1.2): stored or deflated. The other methods unpack without a limit.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_BROKEN = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
"""What Python's zipfile raises for a zip that is none, is cut, or contradicts itself."""


class Archive:
    """The files of a zip by their names, with `/` between folders; opening one counts its real bytes."""

    alone = False

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self._files: dict[str, zipfile.ZipInfo] = {}
        self.findings: tuple[Finding, ...] = ()
        self._take_in()

    @property
    def names(self) -> list[str]:
        """The names of all files."""
        return list(self._files)

    def size(self, name: str) -> int:
        """Tell how large a file says it is."""
        return self._files[name].file_size

    def read(self, name: str, most: int) -> bytes:
        """Read a small file whole."""
        if self.size(name) > most:
            raise refused("too-large", name)
        with self.file(name) as file:
            return file.read()

    def _take_in(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_FILES:
            raise refused("too-many-files")
        _check_places(self._zip, entries)
        _check_whole(entries)
        spelled, encoding = _spelled(self._zip, entries)
        if encoding:
            self.findings = (Finding("names-decoded", about=encoding),)
        self._files = dict(_plain_files(entries, spelled))

    @contextmanager
    def file(self, name: str) -> Iterator["CountedFile"]:
        """Open a file."""
        try:
            file = self._zip.open(self._files[name])
        except _BROKEN as error:
            raise _damaged(name) from error
        with file:
            yield CountedFile(file, name, self._files[name].file_size)


class CountedFile:
    """A file in a zip whose real bytes are counted while they are read: what the zip says of itself is a claim."""

    def __init__(self, file: IO[bytes], name: str, size: int) -> None:
        self._file = file
        self._name = name
        self._left = size

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes; a file that has other than the zip says is refused when that shows."""
        wanted = self._left + 1 if size < 0 else min(size, self._left + 1)
        try:
            data = self._file.read(wanted)
        except _BROKEN as error:
            raise _damaged(self._name) from error
        self._left -= len(data)
        ended = len(data) < wanted  # zipfile reads on until it has what was asked, or the end
        if self._left < 0 or (ended and self._left):
            raise _damaged(self._name)
        return data


@contextmanager
def opened(source: IO[bytes]) -> Iterator[Archive]:
    """Open a zip."""
    try:
        zipped = zipfile.ZipFile(source)
    except (*_BROKEN, OSError) as error:
        raise refused("no-zip") from error
    with zipped:
        yield Archive(zipped)


def _damaged(name: str) -> PackageRefused:
    return refused("damaged", name)


def _plain_files(entries: list[zipfile.ZipInfo], spelled: dict[str, str]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    seen: dict[str, bool] = {}
    """Names that are taken, without their case, and whether by a folder: several files may be in one."""
    for info in entries:
        # Some tools on Windows write backslashes between folders. `orig_filename` is the name before Python cut it at a NUL.
        name = spelled.get(info.orig_filename, info.orig_filename).replace("\\", "/")
        if name.startswith("__MACOSX/"):
            continue
        _check_name(name)
        _check_entry(info, name)
        if name.endswith("/"):
            continue
        folded = unicodedata.normalize("NFC", name).casefold()
        folders = [folded[:at] for at, sign in enumerate(folded) if sign == "/"]
        if folded in seen or not all(seen.setdefault(folder, True) for folder in folders):
            raise refused("same-name", name)
        seen[folded] = False
        yield name, info


def _spelled(zipped: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[dict[str, str], str]:
    """Spell the names that do not say how they are written; name the encoding if it is one that nobody should use any more."""
    silent = [one.orig_filename for one in entries if not one.flag_bits & _UTF8 and not one.orig_filename.isascii()]
    if not silent:
        return {}, ""
    names, encoding = decode_names([name.encode("cp437") for name in silent], _descriptors(zipped, entries))
    return dict(zip(silent, names, strict=True)), "" if encoding == "utf-8" else encoding


def _descriptors(zipped: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    """Read what may name the files of the package, as far as it can be read without knowing anything."""
    texts = []
    for info in entries:
        if (
            info.filename.lower().endswith((".xml", ".au"))
            and info.file_size <= _SMALL
            and not info.flag_bits & _ENCRYPTED
        ):
            try:
                with zipped.open(info) as file:
                    texts.append(text_of(file.read(_SMALL)))
            except _BROKEN:
                continue
        if len(texts) == _MOST_DESCRIPTORS:
            break
    known = "\n".join(texts)
    return unicodedata.normalize("NFC", f"{known}\n{unquote(known)}")


def _check_name(name: str) -> None:
    segments = name.removesuffix("/").split("/")
    outside = ":" in segments[0] or any(part in {"", ".", ".."} for part in segments)
    device = any(_DEVICE.fullmatch(part) for part in segments)
    if outside or device or _UNWRITABLE.search(name):
        raise refused("bad-name", _readable(name))
    if len(name.encode()) > MOST_NAME or any(len(part.encode()) > _MOST_SEGMENT for part in segments):
        raise refused("long-name", _readable(name))


def _readable(name: str) -> str:
    """Write a name so that an author sees what is wrong with it."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", name[:_MOST_SEGMENT])


def _check_entry(info: zipfile.ZipInfo, name: str) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR if name.endswith("/") else 0}:
        raise refused("no-plain-file", name)
    if info.flag_bits & _ENCRYPTED:
        raise refused("encrypted", name)
    if info.compress_type not in _METHODS:
        raise refused("method", name)
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > _SMALL and ratio > MOST_RATIO:
        raise refused("bomb", name)


def _check_whole(entries: list[zipfile.ZipInfo]) -> None:
    size, packed = sum(info.file_size for info in entries), sum(info.compress_size for info in entries)
    if size > MOST_BYTES or (size > _SMALL_ZIP and size > MOST_RATIO * packed):
        raise refused("bomb")


def _check_places(zipped: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share their bytes: a small zip can thus claim to hold petabytes."""
    following = zipped.start_dir
    for info in sorted(entries, key=lambda info: info.header_offset, reverse=True):
        start = info.header_offset + _LOCAL_HEADER.size
        if info.header_offset < 0 or start + info.compress_size > following:
            raise refused("overlap", _readable(info.filename))
        if start + _before_bytes(zipped, info) + info.compress_size > following:
            raise refused("overlap", _readable(info.filename))
        following = info.header_offset


def _before_bytes(zipped: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """Tell how long the name and the extra field before a file's bytes are.

    What stands there is what programs go by that unpack a zip while it arrives: it must not tell of another file than the directory does.
    """
    assert zipped.fp is not None  # noqa: S101 - it is open
    zipped.fp.seek(info.header_offset)
    try:
        signature, flags, method, name, extra = _LOCAL_HEADER.unpack(zipped.fp.read(_LOCAL_HEADER.size))
    except struct.error:
        raise _damaged(_readable(info.filename)) from None
    if signature != _SIGNATURE or method != info.compress_type:
        raise _damaged(_readable(info.filename))
    if flags & _ENCRYPTED:
        raise refused("encrypted", _readable(info.filename))
    return int(name) + int(extra)
