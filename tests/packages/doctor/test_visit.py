"""A visit comes to the pages that learners come to, and to no others."""

from __future__ import annotations

import pytest

from packages.doctor import visit as visits
from packages.doctor.visit import visit
from packages.model import CMI5, Launch
from tests.packages.doctor.making import contents, package, page

FILES = {
    "a.html": page('<a href="b.html?x=1">B</a><a href="b.html">B</a><a href="https://x.example/z.html">Z</a>'),
    "b.html": page('<iframe src="trang%20c.htm"></iframe>'),
    "trang c.htm": page('<a href="a.html">A</a><a href="not-there.html">?</a>'),
    "listed.html": page(),
    "library/demo.html": page(),
    "a.js": b"",
}


def test_learners_come_to_what_opens_what_is_listed_and_what_these_lead_to() -> None:
    seen = visit(package(listed=["listed.html", "a.js"]), contents(FILES))

    assert list(seen.pages) == ["a.html", "listed.html", "b.html", "trang c.htm"]
    assert seen.whole


def test_where_a_descriptor_cannot_list_files_every_page_counts_the_shallow_ones_first() -> None:
    seen = visit(package(Launch("b.html", "au"), kind=CMI5, edition="1.0"), contents(FILES))

    assert list(seen.pages) == ["b.html", "a.html", "listed.html", "trang c.htm", "library/demo.html"]


@pytest.mark.parametrize(("limit", "value"), [("MOST_BYTES", 10), ("MOST_ELEMENTS", 2), ("MOST_PAGES", 1)])
def test_a_visit_ends_and_says_that_there_was_more(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(visits, limit, value)

    seen = visit(package(), contents(FILES))

    assert (list(seen.pages), seen.whole) == (["a.html"], False)


def test_of_a_long_page_only_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "MOST_OF_A_PAGE", 50)

    assert list(visit(package(listed=[]), contents(FILES)).pages) == ["a.html"]


def test_a_lesson_elsewhere_has_no_page_here() -> None:
    assert visit(package(Launch("https://x.example/a.html", "sco"), listed=[]), contents(FILES)).pages == {}
