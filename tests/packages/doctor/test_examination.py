"""An examination: small packages, and the whole report that is expected of each."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from packages.doctor import Large, Report, Share, examine, glance
from packages.findings import Finding
from packages.model import Item, Launch, Organisation, Package, Resource, Text
from packages.model.metadata import Metadata
from tests.packages.doctor.making import contents, examined, mp3, mp4, package, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.blobs import Readable


def test_a_lesson_with_a_film_and_a_sound() -> None:
    files = {
        "index.html": page("<video src=phim.mp4><track kind=captions src=phim.vtt></video>"),
        "phim.mp4": mp4(60),
        "phim.vtt": b"WEBVTT",
        "doc.mp3": mp3(30),
    }
    sizes = {name: len(data) for name, data in files.items()}

    report, findings = examined(files, package(Launch("index.html", "sco"), listed=["index.html"]))

    assert findings == []
    assert report == Report(
        lessons=1,
        pages=1,
        films=1,
        seconds=90.0,
        languages=("vi",),
        shares=(
            Share("sound", 1, sizes["doc.mp3"]),
            Share("video", 1, sizes["phim.mp4"]),
            Share("pages", 1, sizes["index.html"]),
            Share("captions", 1, sizes["phim.vtt"]),
        ),
        film_seconds=60.0,
        earned=round((sizes["doc.mp3"] + sizes["phim.mp4"]) * 8 / 1_000_000, 1),
        largest=tuple(Large(name, sizes[name]) for name in ("doc.mp3", "phim.mp4", "index.html", "phim.vtt")),
    )


def test_names_are_told_as_in_the_zip_and_what_was_noted_is_not_said_again() -> None:
    held = contents({"a.html": b"<img src=x.png><img src=y.png>"}, "bài/")

    _, findings = examine(package(), held, [Finding("file-missing", "bài/x.png")])

    assert findings == (Finding("lost-file", "bài/a.html", 1, "y.png"), Finding("no-viewport", "bài/a.html"))


def test_languages_are_told_the_most_frequent_first() -> None:
    items = (
        Item("i", Text.of("A"), Launch("a.html", "sco")),
        Item("j", Text((("vi-VN", "B"), ("fr", "C"))), Launch("b.html", "sco")),
    )
    metadata = Metadata(languages=("vi", "x-none", "no language at all"))
    files = {"a.html": b"<html lang=en-US>", "b.html": b"<html lang=EN>", "c.html": b"<html lang=en>"}
    made = Package(
        "scorm12", "1.2", "p", (Organisation("o", Text.of("K"), items),), (Resource("r", "sco", files=("c.html",)),)
    )

    report, _ = examined(
        files, Package(made.kind, made.edition, "p", made.organisations, made.resources, metadata=metadata)
    )

    assert report.languages == ("en", "vi", "fr")


def test_a_glance_at_a_refused_package_tells_its_maker_and_its_sizes() -> None:
    files = {"a.html": b"<!-- Created with iSpring --><p>", "b.png": b"123"}

    @contextmanager
    def opened(name: str) -> Iterator[Readable]:
        yield io.BytesIO(files[name])

    report = glance({name: len(data) for name, data in files.items()}, opened)

    assert (report.tool, report.whole) == ("iSpring", False)
    assert [share.sort for share in report.shares] == ["pages", "images"]
