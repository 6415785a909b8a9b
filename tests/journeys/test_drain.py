"""What a device has kept is sent from the lessons' page: quietly, for its own learner alone, and to that attempt alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.learning import PLACE, begin, sign_in
from tests.journeys.walking import shoot
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.learning import Learner, Wired
    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser

SIBLING = pytest.mark.parametrize("wired", ["sibling"], indirect=True)
APART = pytest.mark.parametrize("wired", ["apart"], indirect=True)

# The lessons' page has asked all its frames.
QUIET = "() => document.getElementById('device').dataset.asked === 'yes'"


def left_behind(page: Page, wired: Wired) -> Learner:
    """Learn without a line, and close the tab."""
    learner = begin(page, wired.service, scorm12())
    tab = page.context.new_page()
    learner.page = tab
    learner.open_again()
    wired.cut(page.context)
    learner.lesson.call("LMSSetValue", PLACE, "trang 9")
    learner.lesson.wait_until("device")
    tab.close(run_before_unload=True)
    page.goto("about:blank")
    page.wait_for_timeout(300)
    wired.mend(page.context)
    assert PLACE not in learner.values()
    return learner


def lessons(page: Page, wired: Wired) -> None:
    page.goto(f"{wired.service.public_url}/s/haiphong/")


@SIBLING
def test_the_lessons_page_sends_what_a_lesson_has_left_and_says_so(screen: Screens, wired: Wired) -> None:
    page = screen.open("phone")
    learner = left_behind(page, wired)

    lessons(page, wired)
    page.locator("#device[data-state=sent]").wait_for()

    assert learner.values()[PLACE] == "trang 9"
    assert page.locator("#device").inner_text().endswith("Đã gửi xong kết quả lưu trên máy này.")
    shoot(page, "sibling", "drained")


@SIBLING
def test_a_page_that_has_nothing_to_send_says_nothing(screen: Screens, wired: Wired) -> None:
    page = screen.open("phone")
    begin(page, wired.service, scorm12())
    for _ in range(2):  # what the lesson said when it went is confirmed the first time
        lessons(page, wired)
        page.wait_for_function(QUIET)

    assert page.locator("#device").is_hidden()


@SIBLING
def test_what_could_not_be_sent_is_said_to_be_kept(screen: Screens, wired: Wired) -> None:
    page = screen.open("phone")
    learner = left_behind(page, wired)
    page.context.route("**/commit", lambda route: route.fulfill(status=503))

    lessons(page, wired)
    page.locator("#device[data-state=away]").wait_for()

    assert PLACE not in learner.values()
    shoot(page, "sibling", "not-drained")


@SIBLING
def test_what_belongs_to_another_learner_stays_and_nobody_is_told(screen: Screens, wired: Wired) -> None:
    page = screen.open("phone")
    learner = left_behind(page, wired)
    page.context.clear_cookies()
    sign_in(page, wired.service)

    asked = []
    page.on("response", lambda answer: asked.append(answer.status) if answer.url.endswith("/token") else None)
    lessons(page, wired)
    page.wait_for_function(QUIET)

    assert asked == [404]
    assert page.locator("#device").is_hidden()
    assert PLACE not in learner.values()


@SIBLING
def test_a_lesson_that_is_open_in_another_tab_sends_by_itself(screen: Screens, wired: Wired) -> None:
    page = screen.open("phone")
    learner = begin(page, wired.service, scorm12())
    page.context.route("**/commit", lambda route: route.fulfill(status=503))
    learner.lesson.call("LMSSetValue", PLACE, "trang 9")
    learner.lesson.wait_until("device")
    other = page.context.new_page()
    lessons(other, wired)
    other.wait_for_function(QUIET)
    assert other.locator("#device").is_hidden()
    page.context.unroute_all()
    assert learner.arrived(PLACE, "trang 9")


@APART
def test_apart_the_page_says_that_the_lesson_must_be_opened_and_that_sends(screen: Screens, wired: Wired) -> None:
    page = screen.open("phone")
    learner = left_behind(page, wired)

    lessons(page, wired)
    page.locator("#device[data-state=reopen]").wait_for()
    shoot(page, "apart", "reopen")
    learner.page = page
    learner.open_again()

    assert learner.values()[PLACE] == "trang 9"
    assert learner.lesson.call("LMSGetValue", PLACE) == "trang 9"


# A lesson of one version says that it has words of an attempt at another, to be given the token of that one.
FORGES = """(attempt) => new Promise((resolve) => {
  const asking = indexedDB.open("haidang");
  asking.onsuccess = () => {
    const transaction = asking.result.transaction("said", "readwrite");
    const said = { attempt, session: 1, visit: 1, item: "i1", element: "a", value: "1", at: Date.now(), n: 0 };
    transaction.objectStore("said").put(said);
    transaction.oncomplete = () => resolve(asking.result.close());
  };
})"""

OVERHEAR = """(attempt) => {
  window.heard = [];
  new BroadcastChannel(`haidang ${attempt}`).addEventListener("message", ({ data }) => heard.push(data));
  addEventListener("message", ({ data }) => heard.push(data));
  parent.parent.postMessage({ haidang: "token", attempt }, "*");
}"""


@SIBLING
def test_a_lesson_gets_no_token_for_another_lessons_attempt(screen: Screens, wired: Wired) -> None:
    page = screen.open("phone")
    victim = begin(page, wired.service, scorm12("Bài khác"))
    ((attempt,),) = [victim.log.attempts_of(victim.account)]
    hostile = begin(page, wired.service, scorm12("Bài xấu"), victim.account)
    renewed = []
    page.context.on("response", lambda answer: renewed.append(answer.url) if answer.url.endswith("/token") else None)

    hostile.lesson.frame.evaluate(FORGES, str(attempt.id))
    hostile.lesson.frame.evaluate(OVERHEAR, str(attempt.id))
    other = page.context.new_page()
    lessons(other, wired)
    other.wait_for_function(QUIET)

    assert len(renewed) >= 2  # the page around the lesson asked, and the lessons' page
    assert hostile.lesson.frame.evaluate("() => heard") == []
