"""A course that says what comes next, in a browser: in one request from lesson to lesson, without a line, on another day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from playwright.sync_api import expect

from storage import sequences, tracks
from tests.journeys.test_accessible import RUN, SAID
from tests.journeys.test_accessible import axe as axe  # noqa: PLC0414 - a fixture
from tests.journeys.walking import Eye, Log, Service, enter, eventually, lesson_on, open_lesson, shell_on
from tests.parts.led import three_lessons
from tests.parts.lessons import publish
from tests.parts.screens import Screens

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

    from tests.journeys.learning import Wired

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

FIRST, SECOND, TEST = "Bài 1. Mở đầu", "Bài 2. Thực hành", "Bài kiểm tra"

SHAPES = {"phone": (360, 740), "on its side": (740, 360), "desktop": (1280, 800)}


@dataclass
class Learner:
    """Somebody who goes through a course."""

    home: Page
    address: str
    log: Log
    account: UUID
    page: Page
    """The page that shows the shell, or holds it."""

    @classmethod
    def comes(cls, page: Page, service: Service) -> Learner:
        """Come in as somebody new, and open a course."""
        account = UUID(enter(page, service, "learner"))
        version = publish(service.installation, three_lessons())
        made = cls(page, f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{version}", Log(service), account, page)
        made.opens()
        made.is_at(FIRST)
        return made

    @property
    def shell(self) -> Page | FrameLocator:
        """The shell, framed or by itself."""
        return shell_on(self.page)

    def opens(self) -> None:
        """Open the course, or open it again."""
        self.page = open_lesson(self.home, self.address).page

    def is_at(self, title: str) -> None:
        """Wait until a lesson is open."""
        expect(self.shell.locator("#lesson")).to_have_attribute("title", title)
        lesson_on(self.page).frame.locator("#passed").wait_for()

    def says(self, button: str) -> None:
        """Press a button of the lesson, and wait until that is saved."""
        lesson = lesson_on(self.page)
        lesson.frame.locator(f"#{button}").click()
        self.shell.locator("#saved[data-state=sending]").or_(self.shell.locator("#saved[data-state=saved]")).wait_for()
        lesson.wait_until("saved")

    def button(self, deed: str) -> None:
        """Press a button of the shell."""
        self.shell.locator(f"#bar [data-deed={deed}]").click()

    def card(self, kind: str) -> None:
        """Wait for a card."""
        expect(self.shell.locator(f"#card[data-kind={kind}]")).to_be_visible()

    def states(self) -> list[str]:
        """Open the contents, read the lessons' lines, and close them."""
        self.button("menu")
        read = self.shell.locator("#menu li button .state").all_inner_texts()
        self.page.keyboard.press("Escape")
        return read[1:]

    def asked(self) -> list[tuple[str, str]]:
        """Read what the server was asked, and what was to be opened then."""
        (attempt,) = self.log.attempts_of(self.account)
        with self.log.database.read(self.log.space) as tx:
            return [(row.request, row.delivered) for row in sequences.requests(tx, attempt.id)]

    def wants(self, request: str) -> None:
        """Choose one of the other ways to end, and be asked."""
        self.shell.locator("#bar [data-deed=menu]").click()
        self.shell.locator("#ways summary").click()
        self.shell.locator(f"#ways [data-request={request}]").click()
        self.card("sure")

    def values(self, item: str) -> dict[str, str]:
        """Read what stands of a lesson."""
        (attempt,) = self.log.attempts_of(self.account)
        with self.log.database.read(self.log.space) as tx:
            found = tracks.find(tx, attempt.id, item)
        return {} if found is None else dict(json.loads(found.values))


def test_from_lesson_to_lesson_to_the_end(screen: Screens, service: Service) -> None:
    learner = Learner.comes(screen.open("phone"), service)
    eye = Eye(learner.home.context)
    following = learner.shell.locator("#bar [data-deed=next]")

    learner.says("failed")
    expect(following).to_be_disabled()
    assert learner.states() == ["Đang mở – Chưa đạt", f"Mở sau khi xong: “{FIRST}”", f"Mở sau khi xong: “{SECOND}”"]
    learner.says("passed")
    expect(following).to_be_enabled()
    learner.button("next")
    learner.is_at(SECOND)
    learner.says("passed")
    learner.button("leave")
    # On the next day
    learner.opens()
    learner.is_at(SECOND)
    lesson_on(learner.page).frame.locator("#next").click()  # the lesson's own button
    learner.is_at(TEST)
    expect(learner.shell.locator("#bar [data-deed=previous]")).to_be_hidden()
    learner.says("failed")
    before = lesson_on(learner.page).frame
    learner.button("next")
    assert eventually(before.is_detached)
    learner.is_at(TEST)  # until it is passed
    learner.says("passed")
    learner.button("next")
    learner.card("over")
    expect(learner.shell.locator("#card-text")).to_have_text(
        "Bạn đã đạt. Chúc mừng bạn! Số phần đã học xong: 3 trên 3."
    )

    assert [request for request, _ in learner.asked()] == [
        *("begin", "continue", "suspendAll", "resume", "", "continue", "continue")
    ]
    assert eye.seen == []


def test_who_goes_on_without_a_line_is_told_so_and_goes_on_when_it_is_back(screen: Screens, wired: Wired) -> None:
    learner = Learner.comes(screen.open("phone"), wired.service)
    learner.says("passed")
    wired.cut(learner.home.context)

    learner.button("next")
    learner.card("waiting")
    Screens.save(learner.page, "next-waiting")
    wired.mend(learner.home.context)

    learner.is_at(SECOND)
    assert learner.asked() == [("begin", "bai-1"), ("continue", "bai-2")]


def test_an_end_that_cannot_be_taken_back_is_asked_once_more(screen: Screens, service: Service) -> None:
    learner = Learner.comes(screen.open("phone"), service)

    learner.wants("exitAll")
    Screens.save(learner.page, "next-sure")
    learner.shell.locator("#card .deeds button").first.click()
    learner.says("passed")  # it is open as before
    learner.wants("exitAll")
    learner.shell.locator("#card .deeds button").last.click()

    learner.card("over")
    assert learner.asked() == [("begin", "bai-1"), ("exitAll", "")]


def test_long_last_words_and_a_request_survive_a_tab_that_is_closed(screen: Screens, service: Service) -> None:
    learner = Learner.comes(screen.open("desktop"), service)
    words = "đường " * 10_600  # 106 KB: more than a page that goes may take along
    last = {"cmi.suspend_data": words, "cmi.completion_status": "completed", "adl.nav.request": "continue"}
    lesson_on(learner.page).frame.evaluate("(last) => { window.last = last; }", last)
    learner.home = learner.page.context.new_page()
    learner.page.close(run_before_unload=True)

    learner.opens()

    learner.is_at(SECOND)
    assert learner.values("bai-1")["cmi.suspend_data"] == words


@pytest.mark.parametrize(
    ("language", "scheme"), [("vi-VN", "light"), ("vi-VN", "dark"), ("en-GB", "light")], ids=["vi", "dark", "en"]
)
def test_the_contents_can_be_used_by_everybody(
    screen: Screens, service: Service, axe: str, language: str, scheme: str
) -> None:
    learner = Learner.comes(screen.open("desktop", locale=language, color_scheme=scheme), service)
    learner.says("failed")
    shell = lesson_on(learner.page).frame.parent_frame
    assert shell is not None
    shell.evaluate(axe)
    for shape, (width, height) in SHAPES.items():
        learner.page.set_viewport_size({"width": width, "height": height})
        Screens.save(learner.page, f"next-lesson-{language}-{scheme}-{shape}")
        learner.shell.locator("#bar [data-deed=menu]").press("Enter")
        assert shell.evaluate("document.activeElement.getAttribute('aria-current')") == "step"
        Screens.save(learner.page, f"next-contents-{language}-{scheme}-{shape}")
        learner.shell.locator("#ways summary").press("Enter")
        Screens.save(learner.page, f"next-ways-{language}-{scheme}-{shape}")
        assert shell.evaluate(f"async () => ({SAID})(await ({RUN})())") == []
        assert shell.evaluate("document.documentElement.scrollWidth <= innerWidth")
        learner.page.keyboard.press("Escape")
