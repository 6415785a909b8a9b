"""The zips of our lessons: small, the same each time, and nothing in them hurts learners."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from lrs.commands import enter
from packages import publishing
from packages.lessons.lesson import FILM, HERE, SHELF, Lesson, read
from packages.lessons.zipper import files, modules, package, zipped

if TYPE_CHECKING:
    from tests.parts.installations import Installation

LESSONS = [read(slug) for slug in SHELF]
FILMS_AT_MOST, OTHERS_AT_MOST = 4_000_000, 1_000_000


def name(lesson: Lesson) -> str:
    return lesson.folder.name


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_a_zip_is_small_and_the_same_each_time(lesson: Lesson) -> None:
    made = package(lesson)

    assert made == package(lesson)
    assert len(made) <= (FILMS_AT_MOST if lesson.kind == FILM else OTHERS_AT_MOST)


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_a_zip_holds_its_own_kind_alone(lesson: Lesson) -> None:
    held = files(lesson)

    kinds = {f"kit/{one.kind}.js" for one in LESSONS}
    assert kinds & set(held) == {f"kit/{lesson.kind}.js"}
    assert ("kit/theatre.js" in held, "kit/record.js" in held) == (lesson.kind == FILM, True)
    assert ("film.mp4" in held, "film.vtt" in held) == (lesson.kind == FILM, lesson.kind == FILM)


def test_every_module_of_the_kit_is_in_some_lesson() -> None:
    used = {module for lesson in LESSONS for module in modules(lesson.kind)}

    assert used == {path.stem for path in (HERE / "kit").glob("*.js")}


def test_the_order_in_which_files_come_is_nobodys_concern() -> None:
    held = {"b.txt": b"2", "a.txt": b"1", "film.mp4": b"3"}

    made = zipped(held)
    assert made == zipped(dict(reversed(held.items())))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry: archive.read(entry) for entry in archive.namelist()} == held


@pytest.mark.parametrize("lesson", LESSONS, ids=name)
def test_nothing_is_found_that_an_author_would_have_to_mend(lesson: Lesson, embedded: Installation) -> None:
    with embedded.app.app_context():
        enter("haiphong")
        published = publishing.publish(io.BytesIO(package(lesson)))

    report = published.told.report
    assert published.told.findings == ()
    assert published.package.identifier == lesson.identifier
    assert (report.lessons, report.languages, report.whole) == (1, ("vi",), True)
    assert (report.films == 1) == (lesson.kind == FILM)
