"""What hurts learners is told, and its harmless twin is not."""

from __future__ import annotations

import pytest

from packages.findings import MOST_OF_A_KIND, Finding
from packages.model import SCORM2004, Launch
from tests.packages.doctor.making import GOOD, codes, contents, examined, mp4, package, page

FINE = page()
PLAIN = b"<!doctype html><p>"


@pytest.mark.parametrize(
    ("hurting", "twin", "code"),
    [
        ({"a.html": PLAIN}, {"a.html": FINE}, "no-viewport"),
        ({"a.html": page("<embed src=a.swf>"), "a.swf": b""}, {"a.html": page("<a href=a.swf>F</a>")}, "flash"),
        ({"a.html": page("<applet>")}, {"a.html": page("<p>applet")}, "java"),
        ({"a.html": page("<object type='application/x-silverlight'>")}, {"a.html": page("<object>")}, "plugin"),
        ({"a.html": page("<script>window.open('b')</script>")}, {"a.html": page("<script>open()</script>")}, "popup"),
        (
            {"a.html": page("<script src='https://cdn.example/a.js'>")},
            {"a.html": page("<a href='https://x.example'>")},
            "outside-file",
        ),
        (
            {"a.html": page("<a href='http://x.example'>")},
            {"a.html": page("<a href='https://x.example'>")},
            "insecure-link",
        ),
        ({"a.html": page("<img src=b.png>")}, {"a.html": page("<img src=b.png>"), "B.png": b""}, "lost-file"),
    ],
)
def test_a_page_that_hurts_is_named_and_its_twin_is_not(
    hurting: dict[str, bytes], twin: dict[str, bytes], code: str
) -> None:
    assert codes(hurting) == [(code, "a.html")]
    assert codes(twin) == []


def test_a_film_that_hurts_is_named_and_its_twin_is_not() -> None:
    assert codes({"a.html": FINE, "b.mp4": mp4()}) == [("no-captions", "b.mp4")]
    assert codes({"a.html": FINE, "b.mp4": mp4(), "b.vtt": b"WEBVTT"}) == []
    assert codes({"a.html": FINE, "b.mp4": mp4(9, b"vide", codec=b"hvc1"), "b.vtt": b""}) == [("old-medium", "b.mp4")]


def test_a_package_that_is_too_heavy_is_told_and_one_that_just_is_not() -> None:
    report, heavy = examined({"a.html": FINE, "b.bin": bytes(15_000_000)})

    assert heavy == [Finding("heavy", about="15 MB")]
    assert report.heavy
    assert codes({"a.html": FINE, "b.bin": bytes(14_990_000)}) == []


def test_a_film_brings_its_own_time() -> None:
    film = {"a.html": FINE, "b.mp4": mp4(60).ljust(20_000_000, b"\0"), "b.vtt": b""}

    assert codes(film) == []
    assert codes(film | {"b.mp4": mp4(10).ljust(20_000_000, b"\0")}) == [("heavy", "")]


def test_a_lesson_in_a_window_of_its_own_is_told() -> None:
    own, beside = Launch("a.html", "au", method="OwnWindow"), Launch("a.html", "au", method="AnyWindow")

    assert codes({"a.html": FINE}, package(own)) == [("popup", "a.html")]
    assert codes({"a.html": FINE}, package(beside)) == []


def test_a_flash_film_as_a_lesson_is_told() -> None:
    assert codes({"a.swf": b"FWS"}, package(Launch("a.swf", "asset"))) == [("flash", "a.swf")]


def test_a_lesson_at_a_plain_address_is_told() -> None:
    assert codes({}, package(Launch("http://x.example/", "au"))) == [("insecure-link", "")]
    assert codes({}, package(Launch("https://x.example/", "au"))) == []


@pytest.mark.parametrize(
    ("edition", "tool", "told"),
    [("2nd", "Xerte Online Toolkits", True), ("4th", "Xerte Online Toolkits", False), ("2nd", "H5P", False)],
)
def test_a_tool_that_remembers_much_in_a_standard_that_keeps_little_is_told(
    edition: str, tool: str, *, told: bool
) -> None:
    marks = {"Xerte Online Toolkits": {"template.xml": b"", "common_html5/a.js": b""}, "H5P": {"h5p.json": b""}}
    files = {"a.html": FINE} | marks[tool]
    made = package(kind=SCORM2004, edition=edition)

    report, findings = examined(files, made)

    assert report.tool == tool
    assert findings == ([Finding("long-notes", about=tool)] if told else [])


def test_a_thing_is_said_once_of_the_first_page_with_the_count_of_the_others() -> None:
    files = {f"{n}.html": PLAIN + b"\n<applet>" for n in range(4)}
    made = package(*(Launch(f"{n}.html", "sco") for n in (2, 0, 1)), listed=files)

    assert examined(files, made)[1] == [Finding("java", "2.html", 2, more=3), Finding("no-viewport", "2.html", more=2)]


def test_each_lost_file_is_said_once_and_not_if_it_is_missed_already() -> None:
    files = {"a.html": page("<img src=x.png>\n<img src=x.png><img src='y%20z.png'>")}
    told = [Finding("lost-file", "a.html", 1, "x.png"), Finding("lost-file", "a.html", 2, "y z.png")]

    assert examined(files)[1] == told


def test_lost_files_come_to_an_end() -> None:
    files = {"a.html": page("".join(f"<img src={n}.png>" for n in range(MOST_OF_A_KIND + 5)))}

    assert len(examined(files)[1]) == MOST_OF_A_KIND


def test_a_good_page_is_good() -> None:
    assert codes({"a.html": GOOD.encode(), "imsmanifest.xml": b""}) == []
    assert contents({"a": b"1"}).beginning("a", 5) == b"1"
