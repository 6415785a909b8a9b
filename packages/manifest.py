"""The descriptor of a package: found among its files, told apart by standard, handed to the reader of that standard."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from packages import aicc, cmi5, grammar, scorm12, scorm2004, tincan, tree
from packages.encodings import text_of
from packages.files import Files
from packages.findings import Finding, Notes, refused
from packages.model import Package
from packages.tree import Element
from storage.blobs import Readable

MOST_BYTES = 16 * 1024 * 1024

_NAMES = ("imsmanifest.xml", "cmi5.xml", "tincan.xml")
"""Descriptors, in the order in which they count where several stand in one folder."""

_ROOT_ONLY = "cmi5.xml"
"""cmi5 wants its structure at the root, and zips refused that have it elsewhere (14.1)."""


class Upload(Protocol):
    """What was sent: a zip, or a course structure alone."""

    @property
    def alone(self) -> bool:
        """Whether it is a descriptor without a zip."""

    @property
    def names(self) -> "list[str] | tuple[str, ...]":
        """The names of all files."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was repaired in opening it."""

    def size(self, name: str, /) -> int:
        """Tell how large a file says it is."""

    def read(self, name: str, most: int, /) -> bytes:
        """Read a small file whole."""

    def file(self, name: str, /) -> AbstractContextManager[Readable]:
        """Open a file."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an upload holds: the folder its package begins in, the package, and what is to be said about it."""

    folder: str
    package: Package
    findings: tuple[Finding, ...]


def read(upload: Upload) -> Found:
    """Find the descriptor and read the package; refuse it with all reasons there are."""
    places = sorted((name for name in upload.names if _is_descriptor(name)), key=_rank)
    if not places:
        return _read_aicc(upload)
    place = places[0]
    folder, name = _split(place)
    notes = Notes("" if upload.alone else place)
    _say_where(folder, places, notes)
    root = tree.parse(upload.read(place, MOST_BYTES), notes)
    files = Files.below(folder, upload.names)
    if name == "imsmanifest.xml":
        grammar.check(root, notes)
        package = (scorm2004 if is_2004(root) else scorm12).read(root, files, notes)
    elif name == "cmi5.xml":
        package = cmi5.read(root, files, notes, alone=upload.alone)
    else:
        package = tincan.read(root, files, notes)
    return _found(upload, folder, package, notes)


def _found(upload: Upload, folder: str, package: Package, notes: Notes) -> Found:
    notes.check()
    return Found(folder, package, (*upload.findings, *notes))


def _split(place: str) -> tuple[str, str]:
    folder, slash, name = place.rpartition("/")
    return folder + slash, name.lower()


def _is_descriptor(place: str) -> bool:
    folder, name = _split(place)
    return name in _NAMES and (name != _ROOT_ONLY or not folder)


def _rank(place: str) -> tuple[int, int, str]:
    return place.count("/"), _NAMES.index(_split(place)[1]), place


def _say_where(folder: str, places: list[str], notes: Notes) -> None:
    if folder:
        notes.say("manifest-in-folder")
    for other in places[1:]:
        notes.say("several-manifests", file=other)


def _read_aicc(upload: Upload) -> Found:
    """Read a course of AICC: of the shallowest folder with files of it, the first of each kind."""
    marks = sorted(
        (name for name in upload.names if name.lower().endswith((".crs", ".cst"))),
        key=lambda one: (one.count("/"), one),
    )
    if not marks:
        raise refused("no-manifest")
    folder = _split(marks[0])[0]
    notes = Notes(marks[0])
    _say_where(folder, marks[:1], notes)
    texts: dict[str, tuple[str, str]] = {}
    for name in sorted(upload.names):
        extension = f".{name.lower().rpartition('.')[2]}"
        if extension in aicc.EXTENSIONS and _split(name)[0] == folder and extension not in texts:
            texts[extension] = name.removeprefix(folder), text_of(upload.read(name, MOST_BYTES))
    return _found(upload, folder, aicc.read(texts, Files.below(folder, upload.names), notes), notes)


def is_2004(root: Element) -> bool:
    """Tell the generation of a manifest: by the namespace of adlcp, then by what it says, then by the other namespaces."""
    names = {uri for element in root.iter() for uri in element.nsmap.values()}
    said = " ".join(tree.words(one) for one in tree.within(root, "schemaversion"))
    if any("adlcp_v1p3" in uri for uri in names):
        return True
    if any("adlcp_rootv1p2" in uri for uri in names):
        return False
    if said:
        return "2004" in said or "CAM 1.3" in said
    return any(mark in uri for uri in names for mark in ("imscp_v1p1", "imsss", "adlseq_v1p3", "adlnav_v1p3"))
