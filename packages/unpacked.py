"""A package that was read and unpacked: what it is, and its files, under numbers instead of names, each with its hash."""

from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import astuple, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from lrs.logs import place
from packages import archive, bare, manifest
from packages.doctor import Contents, Report, examine, glance
from packages.findings import Finding, PackageRefused
from packages.manifest import Found, Upload
from packages.model import Package
from storage.blobs import Readable

_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package: its name counted from the folder in which the package begins."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an upload holds, with its files in a folder: the first is called 0."""

    package: Package
    findings: tuple[Finding, ...]
    files: tuple[File, ...]
    report: Report = field(default_factory=Report)
    """What the doctor says of it."""
    trouble: dict[str, Any] | None = None
    """Where the doctor failed: a mistake of ours, which goes into the log, and no reason to refuse a package."""

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON value."""
        return {
            "package": self.package.to_json(),
            "findings": [astuple(finding) for finding in self.findings],
            "files": [astuple(file) for file in self.files],
            "report": self.report.to_json(),
            "trouble": self.trouble,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Unpacked":
        """Read it from a JSON value that `to_json` wrote."""
        return cls(
            Package.from_json(value["package"]),
            tuple(Finding(*finding) for finding in value["findings"]),
            tuple(File(*file) for file in value["files"]),
            Report.from_json(value["report"]),
            value["trouble"],
        )


def opened(source: IO[bytes]) -> AbstractContextManager[Upload]:
    """Open what was sent as what it is by its first bytes."""
    source.seek(0)
    beginning = source.read(bare.BEGINNING)
    source.seek(0)
    if bare.is_structure(beginning):
        return nullcontext(bare.Bare(source.read(bare.MOST_BYTES + 1)))
    return archive.opened(source)


def read(source: IO[bytes]) -> Found:
    """Read what was sent without keeping anything of it."""
    with opened(source) as upload:
        return manifest.read(upload)


def unpack(source: IO[bytes], folder: Path) -> Unpacked:
    """Read what was sent, and unpack its files into a folder: no name from outside ever meets the file system."""
    with opened(source) as upload:
        found = _read(upload)
        inside = [name for name in upload.names if name.startswith(found.folder)]
        files = []
        for number, name in enumerate(inside):
            with upload.file(name) as file:
                size, digest = _write(file, folder / str(number))
            files.append(File(name.removeprefix(found.folder), size, digest))
    numbers = {file.name: str(number) for number, file in enumerate(files)}
    sizes = {file.name: file.size for file in files}
    return _examined(
        found, tuple(files), Contents(sizes, lambda name: (folder / numbers[name]).open("rb"), found.folder)
    )


def _read(upload: Upload) -> Found:
    """Read what was sent; of what is refused the doctor tells at least what it looks like."""
    try:
        return manifest.read(upload)
    except PackageRefused as refusal:
        with suppress(Exception):  # it is refused already, for a better reason
            refusal.report = glance({name: upload.size(name) for name in upload.names}, upload.file).to_json()
        raise


def _examined(found: Found, files: tuple[File, ...], contents: Contents) -> Unpacked:
    try:
        report, more = examine(found.package, contents, found.findings)
    except Exception as error:  # noqa: BLE001 - the package can be opened, whatever the doctor makes of it
        return Unpacked(found.package, (*found.findings, Finding("not-examined")), files, trouble=place(error))
    return Unpacked(found.package, (*found.findings, *more), files, report)


def _write(file: Readable, path: Path) -> tuple[int, str]:
    """Write a file; tell its size and its hash."""
    digest, size = sha256(), 0
    with path.open("xb", buffering=0) as out:
        while piece := file.read(_PIECE):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()
