"""Somebody who learns while things go wrong: the lesson that says much, the ways in which its page goes, and what is on disk afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from tests.journeys.walking import Lesson, Log, Service, enter, eventually, lesson_on, open_lesson
from tests.parts.lessons import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.parts.line import Line

PLACE, STATUS, TEXT, TIME = (
    "cmi.core.lesson_location",
    "cmi.core.lesson_status",
    "cmi.suspend_data",
    "cmi.core.session_time",
)

# Says its last words when its page goes, as many authoring tools do.
LAST_WORDS = """<!doctype html><meta charset="utf-8"><title>Bài</title><p>Bài học</p><script>
const api = parent.API;
api.LMSInitialize("");
let said = false;
function end() {
  if (said) return;
  said = true;
  api.LMSSetValue("cmi.core.session_time", "00:05:00");
  api.LMSSetValue("cmi.suspend_data", window.last ?? "trang=7;điểm=9");
  api.LMSSetValue("cmi.core.exit", "suspend");
  api.LMSFinish("");
}
addEventListener("WHEN", end);
</script>"""

# What an outbox without a journal and without beacons would be: the control of every count.
WITHOUT = """
  Navigator.prototype.sendBeacon = () => true;
  IDBFactory.prototype.open = () => { throw new DOMException("", "SecurityError"); };
"""


@dataclass
class Wired:
    """A service behind a line that can be cut."""

    service: Service
    line: Line

    @property
    def arrangement(self) -> str:
        """Name its arrangement."""
        return self.service.environ["HAIDANG_ARRANGEMENT"]

    def cut(self, context: BrowserContext) -> None:
        """Cut the line; the browser knows of it, as it knows when a cable is pulled."""
        self.line.cut()
        context.set_offline(offline=True)

    def mend(self, context: BrowserContext) -> None:
        """Let everything through again, and the browser know."""
        self.line.mend()
        context.set_offline(offline=False)


@dataclass
class Learner:
    """Somebody who has a lesson open."""

    page: Page
    account: UUID
    address: str
    lesson: Lesson
    log: Log

    @property
    def apart(self) -> bool:
        """Tell whether the lesson stands alone."""
        return self.lesson.shell is self.lesson.page

    @property
    def home(self) -> str:
        """The page from which the lesson is opened in a window of its own."""
        return self.address if self.apart else self.address.split("lessons/")[0]

    def values(self) -> dict[str, str]:
        """Read what is on disk."""
        return self.log.values_of(self.account)

    def said(self) -> dict[str, str]:
        """Read what was said last of each element, in whatever visit."""
        return self.log.said_by(self.account)

    def arrived(self, element: str, value: str) -> bool:
        """Say whether a value reached the disk within the time one waits for it."""
        return eventually(lambda: self.values().get(element) == value)

    def open_again(self, state: str = "saved") -> None:
        """Open the lesson once more, and wait until it goes on."""
        self.lesson = open_lesson(self.page, self.address)
        self.lesson.wait_until(state)

    def open_in_a_window(self, page: Page) -> None:
        """Open the lesson in a window that a script has opened, so that a script may close it: from its page, or from a list of lessons."""
        with page.context.expect_page() as opened:
            if page.locator("#open").count():
                page.locator("#open").click()
            else:
                page.evaluate("(address) => { window.open(address); }", self.address)
        self.lesson = lesson_on(opened.value)
        self.lesson.wait_until("saved")


def sign_in(page: Page, service: Service) -> UUID:
    """Come in as somebody new."""
    return UUID(enter(page, service, "learner"))


def begin(page: Page, service: Service, package: bytes, account: UUID | None = None, state: str = "saved") -> Learner:
    """Open a package's lesson, as somebody new or as who is signed in."""
    account = account or sign_in(page, service)
    version = publish(service.installation, package)
    address = f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{version}"
    lesson = open_lesson(page, address)
    lesson.wait_until(state)
    return Learner(page, account, address, lesson, Log(service))


def close(lesson: Lesson) -> None:
    """Press the tab's own button."""
    lesson.page.close(run_before_unload=True)


def leave(lesson: Lesson) -> None:
    """Go elsewhere in the same tab."""
    lesson.page.evaluate("() => { location.href = 'about:blank'; }")


def reload(lesson: Lesson) -> None:
    """Load the page anew."""
    lesson.page.reload(wait_until="commit")


def close_by_script(lesson: Lesson) -> None:
    """Let the page close itself, as a way out does that a lesson brings along."""
    lesson.page.evaluate("() => { window.close(); }")


WAYS: dict[str, Callable[[Lesson], None]] = {
    "the tab is closed": close,
    "elsewhere is gone": leave,
    "the page is loaded anew": reload,
    "the window is closed by script": close_by_script,
}


def cripple(context: BrowserContext) -> None:
    """Take journal and beacons away from every page of a context."""
    context.add_init_script(WITHOUT)
