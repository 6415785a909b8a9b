"""A lesson that is opened again on the same day is in the browser already: its files are not asked for a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.walking import enter, eventually, open_lesson
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

FILE = '"route":"/c/<token>/<path:name>"'
PAGE = b"""<!doctype html><meta charset="utf-8"><title>Page</title><link rel="stylesheet" href="look.css">
<script src="act.js"></script><img src="drawing.svg" alt=""><p>Page</p>"""
FILES = {
    "index.html": PAGE,
    "look.css": b"p { color: teal }",
    "act.js": b"window.acted = true;",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
}


def test_a_relaunch_asks_for_no_file_again(service: Service, screen: Screens) -> None:
    page = screen.open()
    enter(page, service, "learner")
    version = publish(service.installation, scorm12(more=FILES))
    address = f"{service.installation.public_url}/s/haiphong/lessons/{version}"
    before = service.log().count(FILE)

    token = _open(page, address)
    assert eventually(lambda: service.log().count(FILE) == before + len(FILES))
    assert _open(page, address) == token
    other = screen.open()  # a device that has nothing of it, so that what is asked for is seen to be counted
    enter(other, service, "learner")
    assert _open(other, address) != token

    assert eventually(lambda: service.log().count(FILE) >= before + 2 * len(FILES))
    assert service.log().count(FILE) == before + 2 * len(FILES)
    assert token not in service.log()


def _open(page: Page, address: str) -> str:
    """Open the lesson, wait until all of it is there, and give the token in its address."""
    lesson = open_lesson(page, address)
    lesson.frame.wait_for_function("window.acted && document.images[0].complete")
    return lesson.frame.url.split("/c/")[1].split("/")[0]
