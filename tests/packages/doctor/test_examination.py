"""What the doctor says of whole packages: each trouble beside a twin that is well."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from packages.doctor.examination import BUDGET, examine
from packages.model import CMI5, SCORM12, Item, Launch, Organisation, Package, Text
from tests.packages.doctor.test_media import header, mp4

if TYPE_CHECKING:
    from packages.findings import Finding

WELL = b'<!doctype html><html lang="vi"><meta name="viewport" content="width=device-width"><p>Bai</p>'


def package(*addresses: str, kind: str = SCORM12, method: str = "") -> Package:
    items = tuple(Item(f"i{n}", Text.of("Bài"), Launch(each, "sco", method=method)) for n, each in enumerate(addresses))
    return Package(kind, "1.2", "p", (Organisation("o", Text.of("Bài"), items),))


def found(about: Package, files: dict[str, bytes], **sizes: int) -> list[tuple[str, str]]:
    weights = {name: len(data) for name, data in files.items()} | {
        name.replace("_", "."): n for name, n in sizes.items()
    }
    _, findings = examine(about, weights, lambda name: io.BytesIO(files.get(name, b"")))
    return said(findings)


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.file) for finding in findings]


def test_a_lesson_that_is_well_has_no_trouble() -> None:
    assert found(package("a.html"), {"a.html": WELL}) == []


def test_a_trouble_of_many_pages_is_told_of_the_first() -> None:
    files = {"a.html": WELL, "b.html": b"<p>", "c.html": b"<p>"}

    assert found(package("a.html", "b.html?x=1", "c.html"), files) == [("no-viewport", "b.html")]


@pytest.mark.parametrize("captions", ["", "a.vtt", "phụ đề/A.vi.vtt", "a-vi.srt", "b.vtt"])
def test_a_film_needs_captions_called_as_it_is(captions: str) -> None:
    files = {"a.html": WELL, "phim/a.mp4": mp4(header(1000, 5000))} | ({captions: b"WEBVTT"} if captions else {})

    silent = captions in {"", "b.vtt"}
    assert found(package("a.html"), files) == ([("no-captions", "phim/a.mp4")] if silent else [])


def test_a_track_in_the_page_is_captions() -> None:
    files = {"a.html": WELL + b'<video><track src="x"></video>', "a.mp4": mp4(header(1000, 5000))}

    assert found(package("a.html"), files) == []


def test_a_film_that_no_phone_plays_is_told() -> None:
    assert ("old-medium", "a.wmv") in found(package("a.html"), {"a.html": WELL, "a.wmv": b"", "a.vtt": b""})


@pytest.mark.parametrize(
    ("lessons", "weight", "heavy"), [(1, BUDGET, False), (1, BUDGET + 1000, True), (2, BUDGET + 1000, False)]
)
def test_each_lesson_has_its_budget(lessons: int, weight: int, *, heavy: bool) -> None:
    about = package(*["a.html"] * lessons)

    assert (("heavy", "") in found(about, {"a.html": WELL}, big_bin=weight - len(WELL))) is heavy


def test_a_lesson_that_wants_a_window_of_its_own_is_told() -> None:
    assert found(package("a.html", kind=CMI5, method="OwnWindow"), {"a.html": WELL}) == [("popup", "a.html")]


def test_a_tool_that_notes_much_is_told_in_the_edition_that_has_no_room() -> None:
    files = {"story.html": WELL, "story_content/a.js": b""}

    assert found(package("story.html"), files) == [("long-notes", "")]
    assert found(replace(package("story.html"), kind="scorm2004"), files) == []


def test_the_figures_are_those_of_the_files() -> None:
    files = {"a.html": WELL, "b.html": WELL, "a.mp4": mp4(header(1000, 61_000)), "a.vtt": b""}
    sizes = {name: len(data) for name, data in files.items()}

    report, _ = examine(package("a.html", "https://example.org/"), sizes, lambda name: io.BytesIO(files[name]))

    assert (report.lessons, report.pages, report.films, report.seconds) == (2, 2, 1, 61.0)
    assert (report.languages, report.size) == (("vi",), sum(sizes.values()))
