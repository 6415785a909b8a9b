"""Figures as an author reads them, in both languages."""

import pytest

from packages.codes import CODES
from packages.doctor import Report, Share
from packages.doctor.sorts import sort_of
from packages.findings import Finding
from packages.shown import _SORTS, NAMES, PLACES, WIDTH, chart, duration, explained, grouped, languages
from packages.told import Told
from tests.parts.installations import Installation


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 giây"),
        (0.4, "chưa đến một giây"),
        (59.6, "1 phút"),
        (61, "1 phút 1 giây"),
        (120, "2 phút"),
        (3605, "60 phút 5 giây"),
    ],
)
def test_a_time_is_written_as_people_read_it(embedded: Installation, seconds: float, words: str) -> None:
    with embedded.app.test_request_context("/"):
        assert duration(seconds) == words


def test_the_bar_is_filled_from_end_to_end() -> None:
    bars = chart(Report(shares=(Share("video", 1, 750), Share("pages", 3, 250))))

    assert [(bar.start, bar.width) for bar in bars] == [(0, WIDTH * 0.75), (WIDTH * 0.75, WIDTH * 0.25)]


def test_a_package_of_empty_files_has_a_bar_too() -> None:
    assert [bar.width for bar in chart(Report(shares=(Share("pages", 1, 0),)))] == [0]


def test_each_thing_is_told_once_with_its_places() -> None:
    findings = [Finding("file-missing", f"{n}.html") for n in range(PLACES + 5)] + [Finding("heavy")]

    groups = grouped(Told(Report(), tuple(findings)))

    assert [(group.severity, [thing.code for thing in group.found]) for group in groups] == [
        ("hurts", ["heavy"]),
        ("warning", ["file-missing"]),
    ]
    assert [(len(thing.named), thing.more) for group in groups for thing in group.found] == [(0, 0), (PLACES, 5)]


def test_everything_has_a_name() -> None:
    assert {said.severity for said in CODES.values()} == set(NAMES)
    assert {sort_of(f"a.{end}") for end in ("mp4", "mp3", "png", "html", "js", "ttf", "pdf", "vtt", "x")} == set(_SORTS)


def test_findings_are_sorted_by_how_much_they_matter_each_thing_once() -> None:
    told = Told(
        Report(tool="Articulate Storyline"),
        (
            Finding("no-title", "m.xml", 3),
            Finding("heavy"),
            Finding("java", "a.html", more=4),
            Finding("java", "b.html"),
        ),
    )

    shown = grouped(told)

    assert [(group.severity, [thing.code for thing in group.found]) for group in shown] == [
        ("hurts", ["heavy", "java"]),
        ("repaired", ["no-title"]),
    ]
    assert shown[0].found[1].count == 6
    assert "Storyline" in str(shown[0].found[0].remedy)


def test_everything_that_can_be_found_is_there_once() -> None:
    assert sorted(thing.code for group in explained() for thing in group.found) == sorted(CODES)


def test_languages_are_named_in_the_readers_own(embedded: Installation) -> None:
    with embedded.app.test_request_context("/?lang=vi"):
        assert languages(Report(languages=("vi", "en", "xyz"))) == ["Tiếng Việt", "Tiếng Anh", "xyz"]
