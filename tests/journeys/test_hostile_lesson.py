"""A hostile lesson, played by an administrator, gets at nothing of the app's; the same probes on the app's own origin do."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.journeys.walking import Lesson, Log, Service, enter, open_lesson, upload
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser

PROBES = (Path(__file__).parent / "probes.js").read_text("utf-8")
TRAP = b"""<!doctype html><meta charset="utf-8"><title>Trap</title><script src="probes.js"></script>
<button id="away" onclick="top.location.href = 'http://127.0.0.1:1/owned'">x</button>
<button id="popup" onclick="window.open('popup.html')">y</button>"""
POPUP = b"""<!doctype html><script>
try { opener.top.location.href = 'http://127.0.0.1:1/owned'; } catch { }
try { opener.top.opener.location.href = 'http://127.0.0.1:1/owned'; } catch { }
document.title = 'tried';
</script>"""
WORKER = b"self.addEventListener('fetch', (event) => event.respondWith(new Response('owned')));"
WITHOUT_SANDBOX = """new MutationObserver(() => document.querySelector("iframe[name=lesson]")?.removeAttribute("sandbox"))
    .observe(document, { childList: true, subtree: true })"""
FILES = {"index.html": TRAP, "popup.html": POPUP, "probes.js": PROBES.encode(), "sw.js": WORKER}


@dataclass
class Scene:
    """An administrator who looks at a hostile lesson."""

    service: Service
    page: Page
    account: UUID
    address: str
    lesson: Lesson

    @property
    def target(self) -> dict[str, str]:
        """What the probes are aimed at."""
        app = self.address.split("/s/")[0]
        return {"app": app, "lesson": self.address, "zip": base64.b64encode(scorm12("Giả mạo")).decode()}

    def truth(self) -> dict[str, object]:
        """Say what the server and the browser have, whatever the probes believe."""
        log = Log(self.service)
        start = self.page.context.new_page()
        start.goto(f"{self.target['app']}/s/haiphong/")
        signed_in = start.locator("form[action$=sign-out]").count() == 1
        start.close()
        return {
            "signed in": signed_in,
            "lessons": log.lessons(),
            "session": [attempt.session for attempt in log.attempts_of(self.account)],
            "place": self.page.url,
        }


@pytest.fixture
def scene(service: Service, screen: Screens) -> Scene:
    """Upload the trap, and open it."""
    page = screen.open("desktop")
    account = UUID(enter(page, service, "administrator"))
    address = upload(page, scorm12("Bẫy", FILES))
    page.context.add_cookies([{"name": "probe", "value": "secret", "url": address.split("/s/")[0]}])
    page.evaluate("localStorage.setItem('probe', 'secret')")
    return Scene(service, page, account, address, open_lesson(page, address))


def test_no_probe_of_a_hostile_lesson_succeeds(scene: Scene) -> None:
    before = scene.truth()
    tried = scene.lesson.frame.evaluate("target => tryProbes(target)", scene.target)
    assert [name for name, succeeded in tried.items() if succeeded] == []
    assert scene.truth() == before


def test_the_same_probes_succeed_on_the_apps_own_origin(scene: Scene) -> None:
    before = scene.truth()
    tried = scene.page.evaluate(f"target => {{ {PROBES}; return tryProbes(target); }}", scene.target)
    unable = [name for name, succeeded in tried.items() if not succeeded]
    # `__Host-` names take no Domain from anybody; the last form finds nobody signed in any more.
    assert unable == ["tosses a cookie at the app", "sends a form to sign out"]
    after = scene.truth()
    assert {name for name in before if before[name] != after[name]} == {"signed in", "lessons"}


def test_a_tossed_cookie_arrives_and_changes_nothing(scene: Scene) -> None:
    scene.lesson.frame.evaluate("target => probes['tosses a cookie at the app'](target)", scene.target)

    names = [cookie.get("name") for cookie in scene.page.context.cookies(scene.target["app"])]
    sibling = scene.lesson.page == scene.page
    assert ("haidang-session-haiphong" in names) == sibling
    assert scene.truth()["signed in"]


def test_a_click_in_a_lesson_leads_the_apps_page_nowhere(scene: Scene) -> None:
    before = scene.page.url
    lost = scene.lesson.page
    if lost == scene.page:
        with lost.expect_console_message(lambda said: "navigat" in said.text):
            scene.lesson.frame.locator("#away").click()
    else:  # the lesson has a tab of its own, and may go where it likes with it
        with lost.expect_request("**/owned"):
            scene.lesson.frame.locator("#away").click()
    assert scene.page.evaluate("location.href") == before


@pytest.mark.parametrize("service", ["sibling"], indirect=True)
def test_without_the_sandbox_the_same_click_leads_it_away(service: Service, screen: Screens) -> None:
    page = screen.open()
    page.add_init_script(WITHOUT_SANDBOX)
    enter(page, service, "administrator")
    lesson = open_lesson(page, upload(page, scorm12("Bẫy", FILES)))
    with page.expect_request("**/owned"):
        lesson.frame.locator("#away").click()


def test_a_popup_of_a_lesson_leads_the_apps_page_nowhere(scene: Scene) -> None:
    before = scene.page.url
    with scene.page.context.expect_page() as opened:
        scene.lesson.frame.locator("#popup").click()
    opened.value.wait_for_function("document.title === 'tried'")
    assert scene.page.evaluate("location.href") == before


def test_a_lesson_installs_no_service_worker(scene: Scene) -> None:
    assert scene.lesson.frame.evaluate("installWorkers()") == []
    assert scene.lesson.frame.evaluate("fetch('sw.js').then((reply) => reply.status)") == 200
