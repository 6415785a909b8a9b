"""From a lesson's folder to its zip: text alone is put together, a film is taken as it lies there. The same sources give the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping

from packages.lessons.captions import webvtt
from packages.lessons.lesson import FILM, HERE, Lesson
from packages.lessons.manifest import manifest
from packages.lessons.page import page

_KIT = HERE / "kit"
_IMPORT = re.compile(r'from "\./([\w-]+)\.js"')
_DAY = (2025, 1, 1, 0, 0, 0)
"""A zip holds dates; ours say nothing."""

_PLAIN_FILE = 0o100644 << 16


def files(lesson: Lesson) -> dict[str, bytes]:
    """List what is in a lesson's package, by name."""
    kit = ["kit.css", *(f"{name}.js" for name in modules(lesson.kind))]
    found = {f"kit/{name}": (_KIT / name).read_bytes() for name in kit} | {"index.html": page(lesson).encode()}
    if lesson.kind == FILM:
        found["film.mp4"] = (lesson.folder / "film.mp4").read_bytes()
        found["film.vtt"] = webvtt(lesson).encode()
    return found | {"imsmanifest.xml": manifest(lesson, found).encode()}


def modules(kind: str) -> set[str]:
    """Name the modules of the kit that a kind of lesson runs on: its own, and all that these import."""
    found, waiting = set[str](), [kind]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _IMPORT.findall((_KIT / f"{name}.js").read_text("utf-8"))
    return found


def package(lesson: Lesson) -> bytes:
    """Make the zip of a lesson."""
    return zipped(files(lesson))


def zipped(held: Mapping[str, bytes]) -> bytes:
    """Zip files in the order of their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(held):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.external_attr = _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".mp4") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, held[name], compresslevel=9)
    return made.getvalue()
