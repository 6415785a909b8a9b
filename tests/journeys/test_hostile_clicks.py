"""What a hostile lesson can do with a click of the learner's, which browsers allow more; and a cookie that it tosses at the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.journeys.hostility import files
from tests.journeys.walking import Lesson, Service, enter, open_lesson
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

TRAP = files("trap", attacker="http://127.0.0.1:1")  # nobody is there, so nothing is tried before the click
WITHOUT_SANDBOX = """new MutationObserver(() => document.querySelector("iframe[name=lesson]")?.removeAttribute("sandbox"))
    .observe(document, { childList: true, subtree: true });
const { setAttribute } = Element.prototype;
Element.prototype.setAttribute = function (name, value) { if (name !== "sandbox") setAttribute.call(this, name, value); };"""
TOSS = """() => {
    const domain = location.hostname.split(".").slice(1).join(".");
    for (const name of ["__Host-haidang-session-haiphong", "__Host-haidang-form", "haidang-session-haiphong"]) {
        document.cookie = `${name}=tossed; Domain=${domain}; Path=/; Secure`;
    }
}"""


@dataclass
class Scene:
    """An administrator who looks at a hostile lesson."""

    service: Service
    page: Page
    app: str
    lesson: Lesson

    def signed_in(self) -> bool:
        """Say whether the app still knows who it is."""
        start = self.page.context.new_page()
        start.goto(f"{self.app}/s/haiphong/")
        return start.locator("form[action$=sign-out]").count() == 1


def look(page: Page, service: Service) -> Scene:
    """Come in, and open the trap."""
    enter(page, service, "administrator")
    app = service.installation.public_url
    version = publish(service.installation, scorm12("Bẫy", TRAP))
    return Scene(service, page, app, open_lesson(page, f"{app}/s/haiphong/lessons/{version}"))


@pytest.fixture
def scene(service: Service, screen: Screens) -> Scene:
    return look(screen.open("desktop"), service)


def test_a_tossed_cookie_arrives_and_changes_nothing(scene: Scene) -> None:
    scene.lesson.frame.evaluate(TOSS)

    names = [cookie.get("name") for cookie in scene.page.context.cookies(scene.app)]
    sibling = scene.lesson.page == scene.page
    assert ("haidang-session-haiphong" in names) == sibling
    assert scene.signed_in()


def test_a_click_in_a_lesson_leads_the_apps_page_nowhere(scene: Scene) -> None:
    before = scene.page.url
    player = scene.lesson.page.url
    with scene.lesson.page.expect_console_message(lambda said: "navigat" in said.text):
        scene.lesson.frame.locator("#away").click()
    assert scene.lesson.page.evaluate("location.href") == player
    assert scene.page.evaluate("location.href") == before


@pytest.mark.parametrize("service", ["sibling"], indirect=True)
def test_without_the_sandbox_the_same_click_leads_it_away(service: Service, screen: Screens) -> None:
    page = screen.open()
    page.add_init_script(WITHOUT_SANDBOX)
    lesson = look(page, service).lesson
    with page.expect_request("**/owned"):
        lesson.frame.locator("#away").click()


def test_a_popup_of_a_lesson_leads_the_apps_page_nowhere(scene: Scene) -> None:
    before = scene.page.url
    with scene.page.context.expect_page() as opened:
        scene.lesson.frame.locator("#popup").click()
    opened.value.wait_for_function("document.title === 'tried'")
    assert scene.page.evaluate("location.href") == before
