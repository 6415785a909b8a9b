"""What a lesson said arrives, however its page goes: closed, left, reloaded, or cut off from the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.journeys.walking import (
    Lesson,
    Log,
    Service,
    enter,
    eventually,
    lesson_on,
    open_lesson,
    shell_on,
    shoot,
)
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.in_a_window, pytest.mark.by_turns]  # a window ends a page in its own way

PLACE, STATUS, TEXT = "cmi.core.lesson_location", "cmi.core.lesson_status", "cmi.suspend_data"

# Says its last words when its page goes, as many authoring tools do.
LAST_WORDS = """<!doctype html><meta charset="utf-8"><title>Bài</title><p>Bài học</p><script>
const api = parent.API;
api.LMSInitialize("");
let said = false;
function end() {
  if (said) return;
  said = true;
  api.LMSSetValue("cmi.core.session_time", "00:05:00");
  api.LMSSetValue("cmi.suspend_data", "trang=7;điểm=9");
  api.LMSSetValue("cmi.core.exit", "suspend");
  api.LMSFinish("");
}
addEventListener("WHEN", end);
</script>"""


@dataclass
class Learner:
    """Somebody who has a lesson open."""

    page: Page
    account: UUID
    address: str
    lesson: Lesson
    log: Log

    def arrived(self, element: str, value: str) -> bool:
        """Say whether a value reached the disk within the time one waits for it."""
        return eventually(lambda: self.log.values_of(self.account).get(element) == value)


@pytest.fixture
def begin(service: Service, screen: Screens) -> Callable[[bytes], Learner]:
    """Give the means to open a package's lesson as somebody new."""

    def open_it(package: bytes) -> Learner:
        page = screen.open("phone")
        account = UUID(enter(page, service, "learner"))
        version = publish(service.installation, package)
        address = f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{version}"
        lesson = open_lesson(page, address)
        lesson.wait_until("saved")
        return Learner(page, account, address, lesson, Log(service))

    return open_it


def close(learner: Learner) -> None:
    learner.lesson.page.close(run_before_unload=True)


def leave(learner: Learner) -> None:
    """Take the shell's own way out."""
    page = learner.lesson.page
    shell_on(page).locator("#bar [data-deed=leave]").click()
    page.wait_for_url("**/s/haiphong/")


def reload(learner: Learner) -> None:
    learner.lesson.page.reload()


WAYS = (close, leave, reload)


@pytest.mark.parametrize("way", WAYS)
def test_a_value_that_was_set_a_moment_before(
    begin: Callable[[bytes], Learner], way: Callable[[Learner], None]
) -> None:
    learner = begin(scorm12())
    learner.lesson.call("LMSSetValue", PLACE, "trang 7")
    way(learner)
    assert learner.arrived(PLACE, "trang 7")


@pytest.mark.parametrize(
    ("way", "event"), [(close, "pagehide"), (close, "unload"), (leave, "pagehide"), (reload, "unload")]
)
def test_the_last_words_of_a_lesson(
    begin: Callable[[bytes], Learner], way: Callable[[Learner], None], event: str
) -> None:
    learner = begin(scorm12(more={"index.html": LAST_WORDS.replace("WHEN", event).encode()}))
    way(learner)
    assert learner.arrived(TEXT, "trang=7;điểm=9")
    # The reloaded page in a frame is a launch anew, and resumes.
    assert learner.log.verbs_of(learner.account)[:2] == ["initialized", "suspended"]


def test_a_status_beside_a_text_too_long_to_be_taken_along(begin: Callable[[bytes], Learner]) -> None:
    learner = begin(scorm12())
    learner.lesson.call("LMSSetValue", TEXT, "ế" * 64_000)
    learner.lesson.call("LMSSetValue", STATUS, "completed")
    close(learner)
    assert learner.arrived(STATUS, "completed")


def test_a_long_text_comes_back_whole(begin: Callable[[bytes], Learner]) -> None:
    learner = begin(scorm12())
    text = "Bài học số 7: mật khẩu mạnh. " * 2206
    assert learner.lesson.call("LMSSetValue", TEXT, text) == "true"
    learner.lesson.call("LMSCommit", "")
    assert learner.arrived(TEXT, text)
    assert open_lesson(learner.page, learner.address).call("LMSGetValue", TEXT) == text


def test_a_lesson_goes_on_after_its_page_was_reloaded(begin: Callable[[bytes], Learner]) -> None:
    learner = begin(scorm12())
    for place in ("1", "2", "3"):
        learner.lesson.call("LMSSetValue", PLACE, place)
        learner.lesson.call("LMSCommit", "")
        assert learner.arrived(PLACE, place)
    reload(learner)
    again = lesson_on(learner.lesson.page)
    assert again.call("LMSGetValue", PLACE) == "3"
    again.call("LMSSetValue", PLACE, "4")
    assert learner.arrived(PLACE, "4")


def test_a_second_window_takes_over_and_the_first_says_so(begin: Callable[[bytes], Learner]) -> None:
    learner = begin(scorm12())
    second = open_lesson(learner.page.context.new_page(), learner.address)
    second.call("LMSSetValue", PLACE, "second")
    assert learner.arrived(PLACE, "second")
    learner.lesson.wait_until("superseded")
    assert learner.log.values_of(learner.account)[PLACE] == "second"


@pytest.mark.parametrize("service", ["sibling"], indirect=True)
def test_a_service_that_is_away_is_waited_for(service: Service, begin: Callable[[bytes], Learner]) -> None:
    learner = begin(scorm12())
    service.stop()
    learner.lesson.call("LMSSetValue", PLACE, "meanwhile")
    learner.lesson.call("LMSCommit", "")
    learner.lesson.wait_until("device")
    shoot(learner.lesson.page, "sibling", "device")
    assert PLACE not in learner.log.values_of(learner.account)
    service.start()
    learner.lesson.wait_until("saved")
    assert learner.log.values_of(learner.account)[PLACE] == "meanwhile"
