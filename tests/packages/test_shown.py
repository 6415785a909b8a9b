"""Figures as an author reads them, in both languages."""

import pytest

from packages.doctor import Report, Share
from packages.doctor.sorts import sort_of
from packages.findings import CODES, Finding
from packages.shown import _SORTS, NAMES, PLACES, WIDTH, chart, duration, grouped, size
from packages.told import Told
from tests.parts.installations import Installation


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("vi", 12, "12 byte"),
        ("en", 999, "999 bytes"),
        ("vi", 1_500, "2 KB"),
        ("vi", 4_326_519, "4,3 MB"),
        ("en", 4_326_519, "4.3 MB"),
    ],
)
def test_a_size_is_written_as_people_read_it(embedded: Installation, language: str, count: int, words: str) -> None:
    with embedded.app.test_request_context(f"/?lang={language}"):
        assert size(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 giây"), (59.6, "1 phút"), (61, "1 phút 1 giây"), (120, "2 phút"), (3605, "60 phút 5 giây")],
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
    assert {severity for severity, _ in CODES.values()} == set(NAMES)
    assert {sort_of(f"a.{end}") for end in ("mp4", "mp3", "png", "html", "js", "ttf", "pdf", "vtt", "x")} == set(_SORTS)
