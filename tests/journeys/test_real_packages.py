"""Real packages of SCORM 1.2: each that is published opens in Chromium, its first page and all that belongs to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.walking import Eye, Service, enter, open_lesson
from tests.parts.screens import Screens

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("service", ["sibling"], indirect=True)
def test_each_published_package_opens(service: Service, screen: Screens, cases: Path) -> None:
    files = sorted(str(path) for path in cases.rglob("*.zip") if "scorm12" in path.name.lower())
    told = service.haidang("package", "add", *files, "--space", "haiphong", code=1)["files"]
    published = [one for one in told if one["status"] == "published"]
    assert len(published) >= 6

    page = screen.open("phone")
    eye = Eye(page.context)
    enter(page, service, "learner")
    app = page.url.split("/s/")[0]
    for one in published:
        lesson = open_lesson(page, f"{app}/s/haiphong/lessons/{one['version']}")
        page.wait_for_load_state("networkidle")
        assert (one["file"], eye.seen) == (one["file"], [])
        assert lesson.frame.evaluate("document.body !== null"), one["file"]
        Screens.save(page, f"case-{Path(one['file']).stem}")
