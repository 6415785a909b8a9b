"""A package that was read and unpacked: what it is, and its files, under numbers instead of names, each with its hash."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import astuple, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from packages import archive, bare, manifest
from packages.doctor import Report, examine
from packages.findings import Finding
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

    def to_json(self) -> dict[str, Any]:
        """Write it as a JSON value."""
        return {
            "package": self.package.to_json(),
            "findings": [astuple(finding) for finding in self.findings],
            "files": [astuple(file) for file in self.files],
            "report": self.report.to_json(),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Unpacked":
        """Read it from a JSON value that `to_json` wrote."""
        return cls(
            Package.from_json(value["package"]),
            tuple(Finding(*finding) for finding in value["findings"]),
            tuple(File(*file) for file in value["files"]),
            Report.from_json(value["report"]),
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
        found = manifest.read(upload)
        inside = [name for name in upload.names if name.startswith(found.folder)]
        files = []
        for number, name in enumerate(inside):
            with upload.file(name) as file:
                size, digest = _write(file, folder / str(number))
            files.append(File(name.removeprefix(found.folder), size, digest))
    report, hurts = _examine(found, files, folder)
    return Unpacked(found.package, (*found.findings, *hurts), tuple(files), report)


def _examine(found: Found, files: list[File], folder: Path) -> tuple[Report, list[Finding]]:
    """Let the doctor look at the files that were unpacked."""
    numbers = {file.name: number for number, file in enumerate(files)}
    sizes = {file.name: file.size for file in files}
    report, hurts = examine(found.package, sizes, lambda name: (folder / str(numbers[name])).open("rb"))
    # Findings name files as they are called in the zip.
    return report, [replace(one, file=f"{found.folder}{one.file}") if one.file else one for one in hurts]


def _write(file: Readable, path: Path) -> tuple[int, str]:
    """Write a file; tell its size and its hash."""
    digest, size = sha256(), 0
    with path.open("xb", buffering=0) as out:
        while piece := file.read(_PIECE):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()
