"""What a page tells in advance of how a learner will fare with it: each trouble beside a twin without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packages.doctor.page import MOST, Page, read

TROUBLES = [
    ("outside", '<script src="https://example.org/a.js"></script>', '<a href="https://example.org/">read on</a>'),
    ("outside", '<link rel="stylesheet" href="//example.org/a.css">', '<link rel="canonical" href="//example.org/">'),
    ("insecure", '<img src="http://example.org/a.png">', '<img src="https://example.org/a.png">'),
    ("flash", '<object data="a.swf"></object>', '<object data="a.svg"></object>'),
    ("flash", '<embed type="application/x-shockwave-flash">', "<embed>"),
    ("java", '<applet code="A.class"></applet>', "<p>applet</p>"),
    ("popup", "<script>window.open('a.html')</script>", "<script>window.close()</script>"),
    ("tracks", '<video src="a.mp4"><track src="a.vtt"></video>', '<video src="a.mp4"></video>'),
    ("viewport", '<meta name="viewport" content="width=device-width">', '<meta name="author" content="viewport">'),
]


@pytest.mark.parametrize(("what", "has", "has_not"), TROUBLES)
def test_a_page_has_it_and_its_twin_has_not(what: str, has: str, has_not: str) -> None:
    pages = [read(f"<!doctype html><html><body>{inner}</body></html>".encode()) for inner in (has, has_not)]

    assert [getattr(page, what) for page in pages] == [True, False]


def test_language_and_generator_are_read() -> None:
    page = read(b'<html lang="vi"><meta name="Generator" content="iSpring"><body>')

    assert (page.language, page.generator) == ("vi", "iSpring")


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"<" * 10_000, b"<div>" * 20_000, b"\xff\xfe<\0h\0t\0m\0l\0>\0"])
def test_what_is_no_page_says_nothing(data: bytes) -> None:
    assert read(data) == Page()


@given(st.binary(max_size=2000))
def test_whatever_it_is_reading_it_ends_well(data: bytes) -> None:
    assert isinstance(read(data), Page)


def test_only_the_beginning_is_looked_at() -> None:
    late = b" " * MOST + b'<meta name="viewport">'

    assert not read(b"<p>" + late).viewport
