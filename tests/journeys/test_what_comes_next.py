"""A course that says what comes next, in a browser: from lesson to lesson in one request, locked and opened, away and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Eye, Log, Service, enter, lesson_on, open_lesson, shell_on, shoot
from tests.parts.led import three_lessons

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FrameLocator, Page

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]


@dataclass
class Learner:
    """Somebody who goes through a course."""

    page: Page
    """The page of the course, which may hold the shell."""
    address: str
    account: UUID

    @property
    def shell(self) -> Page | FrameLocator:
        """The shell, framed or by itself."""
        return shell_on(self.page)

    def opens(self) -> None:
        """Open the course, or open it again."""
        home = self.page.context.pages[0]
        self.page = open_lesson(home, self.address).page

    def is_at(self, title: str) -> None:
        """Wait until a lesson is open."""
        expect(self.shell.locator("#lesson")).to_have_attribute("title", title)
        lesson_on(self.page)

    def says(self, button: str) -> None:
        """Press a button of the lesson, and wait until that is saved."""
        lesson_on(self.page).frame.locator(f"#{button}").click()
        lesson_on(self.page).wait_until("saved")

    def presses(self, deed: str) -> None:
        """Press a button of the shell."""
        self.shell.locator(f"#bar [data-deed={deed}]").click()

    def states(self) -> list[str]:
        """Open the contents, and read each line."""
        self.presses("menu")
        return self.shell.locator("#menu li button .state").all_inner_texts()


@pytest.fixture
def learner(service: Service, screen: Screens, tmp_path: Path) -> Learner:
    package = tmp_path / "khoa.zip"
    package.write_bytes(three_lessons())
    (told,) = service.haidang("package", "add", str(package), "--space", "haiphong")["files"]
    page = screen.open("phone")
    account = UUID(enter(page, service, "learner"))
    return Learner(page, f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{told['version']}", account)


def test_from_lesson_to_lesson_to_the_end(service: Service, learner: Learner) -> None:
    eye = Eye(learner.page.context)
    learner.opens()
    learner.is_at("Bài 1. Mở đầu")
    learner.says("failed")
    expect(learner.shell.locator("#bar [data-deed=next]")).to_be_disabled()
    learner.presses("menu")
    shoot(learner.page, "next", "contents")
    learner.page.keyboard.press("Escape")
    learner.says("passed")
    learner.presses("next")
    learner.is_at("Bài 2. Thực hành")
    learner.says("passed")
    # The next day
    learner.presses("leave")
    learner.opens()
    learner.is_at("Bài 2. Thực hành")
    lesson_on(learner.page).frame.locator("#next").click()
    learner.is_at("Bài kiểm tra")
    learner.says("failed")
    shoot(learner.page, "next", "test")
    learner.presses("menu")
    shoot(learner.page, "next", "contents2")
    learner.page.keyboard.press("Escape")
    learner.presses("next")
    learner.is_at("Bài kiểm tra")
    learner.says("passed")
    learner.presses("next")
    expect(learner.shell.locator("#card[data-kind=over]")).to_be_visible()
    shoot(learner.page, "next", "over")
    assert eye.seen == []
    assert Log(service).verbs_of(learner.account).count("passed") >= 3
