"""Real packages of SCORM 1.2: each that is published opens in Chromium, its first page and all that belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.walking import Eye, enter, open_lesson, serving, shoot

if TYPE_CHECKING:
    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser


def test_each_published_package_opens(
    request: pytest.FixtureRequest, tmp_path: Path, screen: Screens, cases: Path
) -> None:
    files = sorted(str(path) for path in cases.rglob("*.zip") if "adl-cts" not in path.parts)
    with serving(request, tmp_path, "embedded", "sibling") as service:
        told = service.haidang("package", "add", *files, "--space", "haiphong", code=1)["files"]
        published = [one for one in told if one["status"] == "published"]
        page = screen.open("phone")
        eye = Eye(page.context)
        enter(page, service, "learner")
        app = page.url.split("/s/")[0]
        for one in published:
            lesson = open_lesson(page, f"{app}/s/haiphong/lessons/{one['version']}")
            page.wait_for_load_state("networkidle")
            assert (one["file"], eye.seen) == (one["file"], [])
            assert lesson.frame.evaluate("document.body !== null"), one["file"]
            shoot(page, f"case-{Path(one['file']).stem}")
    assert len(published) >= 6
