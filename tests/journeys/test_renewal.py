"""A session that expires in mid-lesson: the learner goes on in place, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.learning import PLACE, begin
from tests.journeys.walking import shoot
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

    from tests.journeys.learning import Learner
    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]


def expire(learner: Learner) -> list[str]:
    """Let the service take the learner's present token for expired, as it is after four hours; give the tokens that come."""
    tokens: list[str] = []

    def answer(route: Route) -> None:
        token = (route.request.post_data_json or {})["token"]
        tokens.append(token)
        if token == tokens[0]:
            route.fulfill(status=401)
        else:
            route.continue_()

    learner.page.context.route("**/commit", answer)
    return tokens


def sign_in_again(context: BrowserContext, service: Service, learner: Learner) -> None:
    """Come in by a new link for the same account, in a tab of its own."""
    told = service.haidang("account", "link", "--space", "haiphong", "--account", str(learner.account))
    tab = context.new_page()
    tab.goto(told["url"])
    tab.get_by_role("main").get_by_role("button").click()
    tab.wait_for_url("**/s/haiphong/")
    tab.close()


@pytest.mark.parametrize("service", ["sibling"], indirect=True)
def test_a_framed_lesson_gets_a_fresh_token_unnoticed(screen: Screens, service: Service) -> None:
    learner = begin(screen.open("phone"), service, scorm12())
    tokens = expire(learner)

    learner.lesson.call("LMSSetValue", PLACE, "sau bốn giờ")
    learner.lesson.wait_until("saved")

    assert learner.values()[PLACE] == "sau bốn giờ"
    assert len(set(tokens)) == 2


def test_who_is_signed_out_signs_in_again_in_place(screen: Screens, service: Service) -> None:
    page = screen.open("phone")
    learner = begin(page, service, scorm12())
    context = page.context
    expire(learner)
    context.clear_cookies()

    learner.lesson.call("LMSSetValue", PLACE, "chưa mất")
    learner.lesson.wait_until("signin")
    shoot(learner.lesson.page, service.environ["HAIDANG_ARRANGEMENT"], "signin")
    assert PLACE not in learner.values()
    sign_in_again(context, service, learner)
    with context.expect_page() as opened:
        learner.lesson.shell.locator("#line button").first.click()
    window: Page = opened.value
    learner.lesson.wait_until("saved")

    assert learner.values()[PLACE] == "chưa mất"
    assert learner.lesson.call("LMSGetValue", PLACE) == "chưa mất"
    if not window.is_closed():
        window.wait_for_event("close")
