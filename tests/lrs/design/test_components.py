"""The page of components stands on a development server, in both languages and themes, and nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from wsgi import create_app

if TYPE_CHECKING:
    from tests.parts.installations import Installation

PAGE = "/components"


def test_a_development_server_shows_it_in_both_languages(embedded: Installation) -> None:
    vi, en = (embedded.visitor().get(f"{PAGE}?lang={language}").text for language in ("vi", "en"))

    assert "<h1>Thành phần giao diện</h1>" in vi
    assert "<h1>Components</h1>" in en
    assert ("12.133" in vi, "12,133" in en) == (True, True)
    assert "Đã hoàn thành 3 trên 12 bài học" in vi


def test_a_server_that_others_find_does_not(embedded: Installation) -> None:
    public = "https://app.example.org"
    app = create_app({"HAIDANG_PUBLIC_URL": public})

    assert Client(app).get(PAGE, base_url=public).status_code == 404
    assert embedded.visitor().get(PAGE).status_code == 200  # control


@pytest.mark.parametrize(("asked", "theme"), [("dark", ["dark"]), ("light", ["light"]), ("", []), ('"><script>', [])])
def test_it_can_be_dark_on_purpose(embedded: Installation, asked: str, theme: list[str]) -> None:
    page = embedded.visitor().get(PAGE, query_string={"theme": asked}).text

    assert re.findall(r'<html[^>]* data-theme="(\w+)"', page) == theme


def test_a_question_stands_in_the_page_where_there_is_no_script(embedded: Installation) -> None:
    page = embedded.visitor().get(f"{PAGE}?ask=close").text

    assert re.search(r'<dialog[^>]* id="ask-close"[^>]* open>', page)
    assert not re.search(r"<dialog[^>]* open>", embedded.visitor().get(PAGE).text)


def test_its_list_can_be_put_in_order(embedded: Installation) -> None:
    names = re.compile(r'<th scope="row"><a href="#lists">([^<]+)</a>')

    falling, rising = (embedded.visitor().get(f"{PAGE}?sort=learners&order={way}").text for way in ("desc", "asc"))

    assert names.findall(falling) == names.findall(rising)[::-1]
    assert 'aria-sort="descending"' in falling
