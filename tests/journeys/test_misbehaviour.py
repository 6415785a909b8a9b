"""A lesson that loops for ever stops itself alone: the app's page around it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.walking import enter, open_lesson
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser

LOOP = b"""<!doctype html><meta charset="utf-8"><title>Loop</title><p>Loop</p><script>
addEventListener("message", () => { for (;;); });
</script>"""


@pytest.mark.parametrize("service", ["sibling"], indirect=True)
def test_the_apps_page_goes_on_around_a_lesson_that_loops(service: Service, screen: Screens) -> None:
    page = screen.open()
    enter(page, service, "learner")
    version = publish(service.installation, scorm12(more={"index.html": LOOP}))
    lesson = open_lesson(page, f"{service.installation.public_url}/s/haiphong/lessons/{version}")

    lesson.frame.evaluate("setTimeout(() => postMessage('now', '*'), 200)")

    page.wait_for_timeout(1000)  # by then it loops
    page.wait_for_function("document.querySelector('.tools a') !== null", timeout=5000)
    page.locator(".tools a").first.click(timeout=5000)
    page.wait_for_url("**/s/haiphong/", timeout=10_000)
