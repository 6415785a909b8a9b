"""Lessons that misbehave: the shell stays usable, nothing that was saved is harmed, and the learner is told what happens."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from packages.placing import prefix
from tests.journeys.walking import Lesson, Log, Service, enter, eventually, lesson_on, open_lesson, shell_on, shoot
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Dialog, Page, Route

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

PAGE = """<!doctype html><meta charset="utf-8"><title>Bài</title><h1>Bài học</h1>
<button id="do" onclick="setTimeout(act, 50)">Làm</button><script>{script}</script>"""
BEGIN = """let api = null;
for (let at = window; !api; at = at.parent) { api = at.API ?? null; if (at === at.parent) break; }
api.LMSInitialize("");
api.LMSSetValue("cmi.core.lesson_location", "7");
"""
PLACE, TEXT = "cmi.core.lesson_location", "cmi.suspend_data"
sibling = pytest.mark.parametrize("service", ["sibling"], indirect=True)


@dataclass
class Scene:
    """A learner with a lesson that misbehaves."""

    service: Service
    page: Page
    account: UUID
    address: str

    @property
    def shell(self) -> Page:
        """The page that the learner sees now: in the apart arrangement the lesson has a tab of its own."""
        return self.page.context.pages[-1]

    def line(self) -> str:
        """Read the line beside the lesson."""
        return shell_on(self.shell).locator("#line p").inner_text()

    def says(self, words: str) -> None:
        """Wait until the shell says so, in its line or on its card."""
        shell = shell_on(self.shell)
        expect(shell.locator("#line p").or_(shell.locator("#card[open] h2")).filter(has_text=words)).to_be_visible()

    def kept(self) -> dict[str, str]:
        """Read what is on disk."""
        return Log(self.service).values_of(self.account)

    def leave(self) -> None:
        """Leave by the shell's own way out, and find the lessons."""
        shell_on(self.shell).locator("#bar [data-deed=leave]").click()
        self.shell.wait_for_url("**/s/haiphong/")


@pytest.fixture
def begin(service: Service, screen: Screens) -> Callable[..., Scene]:
    """Give the means to open a lesson with a script as somebody new."""

    def open_it(script: str, **pages: str) -> Scene:
        page = screen.open("phone")
        account = UUID(enter(page, service, "learner"))
        more = {
            f"{name}.html": PAGE.replace("{script}", text).encode()
            for name, text in ({"index": script} | pages).items()
        }
        version = publish(service.installation, scorm12(more=more))
        address = f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{version}"
        open_lesson(page, address)
        return Scene(service, page, account, address)

    return open_it


def lesson_of(scene: Scene) -> Lesson:
    """Find the lesson as it is open now."""
    return lesson_on(scene.shell)


def goes_on(scene: Scene, element: str, value: str) -> str:
    """Say something in the lesson as it is open now, and give what stood there; nothing if the shell is just being loaded anew."""
    try:
        lesson = lesson_of(scene)
        before = lesson.call("LMSGetValue", element)
        lesson.call("LMSSetValue", element, value)
    except PlaywrightError:
        return ""
    return before


def act(scene: Scene) -> None:
    """Press the lesson's button."""
    shell_on(scene.shell).locator("#lesson").content_frame.locator("#do").click()


@sibling
def test_a_lesson_that_throws_before_it_begins_is_told_of_and_can_be_opened_again(begin: Callable[..., Scene]) -> None:
    scene = begin("nobody.knows.this();" + BEGIN)
    scene.says("Bài học này bị lỗi")
    shoot(scene.shell, "misbehaving", "throws")
    shell_on(scene.shell).get_by_role("button", name="Mở lại").click()
    scene.says("Bài học này bị lỗi")
    scene.leave()


@sibling
def test_a_lesson_that_throws_after_it_began_is_left_in_peace(begin: Callable[..., Scene]) -> None:
    scene = begin(
        BEGIN + "setTimeout(() => nobody.knows.this()); setTimeout(() => { document.title = 'later'; }, 3500);"
    )
    scene.shell.frames[-1].wait_for_function("document.title === 'later'")
    assert scene.line() == ""


@sibling
def test_a_lesson_that_never_ends_is_told_of_by_the_page_around_it(begin: Callable[..., Scene]) -> None:
    scene = begin(BEGIN + "function act() { for (;;); }")
    assert eventually(lambda: scene.kept().get(PLACE) == "7")
    act(scene)
    said = scene.page.locator("#silent")
    said.wait_for()
    said.get_by_role("button").click()
    shell_on(scene.page).locator("#saved[data-state=saved]").wait_for()
    assert not said.is_visible()


@sibling
def test_a_lesson_that_holds_the_shell_up_for_a_while_is_no_more_spoken_of_when_it_goes_on(
    begin: Callable[..., Scene],
) -> None:
    scene = begin(BEGIN + "function act() { const end = Date.now() + 10000; while (Date.now() < end); }")
    act(scene)
    scene.page.locator("#silent").wait_for()
    scene.page.locator("#silent").wait_for(state="hidden")


@sibling
def test_a_thousand_calls_a_second_make_few_requests_and_leave_the_shell_usable(begin: Callable[..., Scene]) -> None:
    script = """let n = 0; function act() {
      const end = Date.now() + 3000;
      const timer = setInterval(() => {
        for (let i = 0; i < 10; i++) api.LMSSetValue("cmi.suspend_data", "n=" + ++n);
        if (Date.now() > end) { clearInterval(timer); document.title = "n=" + n; }
      }, 10);
    }"""
    scene = begin(BEGIN + script)
    commits: list[str] = []
    scene.page.on("request", lambda request: commits.append(request.url) if request.url.endswith("/commit") else None)
    begun = time.monotonic()
    act(scene)
    frame = scene.shell.frames[-1]
    frame.wait_for_function("document.title.startsWith('n=')", timeout=20_000)
    assert int(frame.evaluate("n")) >= 1500
    assert len(commits) <= 2 * (time.monotonic() - begun) + 2
    said = frame.title()
    scene.leave()
    assert scene.kept()[TEXT] == said


def test_a_lesson_that_never_begins_is_not_said_to_be_done(begin: Callable[..., Scene]) -> None:
    scene = begin("window.silent = true;")
    scene.leave()
    assert Log(scene.service).verbs_of(scene.account) == []


CLOSINGS = ("window.close()", "parent.close()", "top.close(); self.close()")


@pytest.mark.parametrize("closing", CLOSINGS)
@sibling
def test_a_lesson_that_closes_itself_ends_with_a_way_on(begin: Callable[..., Scene], closing: str) -> None:
    scene = begin(BEGIN + f"function act() {{ {closing} }}")
    act(scene)
    scene.says("Phần này đã tự đóng")
    shoot(scene.shell, "misbehaving", "closed")
    shell_on(scene.shell).locator("#card").get_by_role("button", name="Mở lại").click()
    assert lesson_of(scene).call("LMSGetValue", PLACE) == "7"


DEEDS = {
    "writes over it": "parent.document.write('<h1>Hết</h1>'); parent.document.close()",
    "clears it": "parent.document.body.innerHTML = ''",
    "takes all of it": "parent.document.documentElement.remove()",
    "leads it away": "parent.location.href = 'about:blank#gone'",
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_what_a_lesson_does_to_the_shell_is_undone(begin: Callable[..., Scene], deed: str) -> None:
    scene = begin(BEGIN + f"function act() {{ {deed} }}")
    act(scene)
    assert eventually(lambda: goes_on(scene, PLACE, "8") in {"7", "8"})
    assert eventually(lambda: scene.kept().get(PLACE) == "8")
    scene.leave()


@sibling
def test_a_lesson_that_took_the_shell_away_is_told_of(begin: Callable[..., Scene]) -> None:
    scene = begin(BEGIN + "function act() { parent.document.body.innerHTML = '' }")
    act(scene)
    scene.says("Bài học đã xóa mất trang này")


@sibling
def test_a_lesson_cannot_put_an_api_of_its_own_in_ours_place(begin: Callable[..., Scene]) -> None:
    scene = begin("parent.API = { LMSInitialize: () => 'owned' };" + BEGIN)
    assert eventually(lambda: scene.kept().get(PLACE) == "7")


@sibling
def test_messages_without_end_are_stopped(begin: Callable[..., Scene]) -> None:
    scene = begin(BEGIN + "function act() { for (;;) alert('Xin chào'); }")
    shown: list[str] = []

    def close(dialog: Dialog) -> None:
        shown.append(dialog.message)
        dialog.dismiss()

    scene.page.on("dialog", close)
    act(scene)
    scene.says("Bài học liên tục hiện thông báo")
    assert len(shown) == 20
    scene.leave()


@sibling
def test_messages_one_at_a_time_are_all_shown(begin: Callable[..., Scene]) -> None:
    script = "let n = 0; function act() { alert(++n); if (n < 25) setTimeout(act); else document.title = 'done'; }"
    scene = begin(BEGIN + script)
    scene.page.on("dialog", lambda dialog: dialog.accept())
    act(scene)
    scene.shell.frames[-1].wait_for_function("document.title === 'done'")


@sibling
def test_ten_megabytes_are_refused_or_kept_within_bounds_and_the_rest_is_saved(begin: Callable[..., Scene]) -> None:
    script = """function act() {
      const whole = api.LMSSetValue("cmi.suspend_data", "ế".repeat(10_000_000));
      let kept = 0;
      for (let n = 0; n < 2600; n++) {
        api.LMSSetValue(`cmi.interactions.${n}.id`, "i" + n);
        api.LMSSetValue(`cmi.interactions.${n}.type`, "fill-in");
        if (api.LMSSetValue(`cmi.interactions.${n}.student_response`, "x".repeat(4000)) === "true") kept += 1;
      }
      api.LMSSetValue("cmi.core.lesson_location", "8");
      document.title = JSON.stringify({ whole, kept });
    }"""
    scene = begin(BEGIN + script)
    act(scene)
    scene.shell.frames[-1].wait_for_function("document.title.startsWith('{')")
    scene.leave()
    assert scene.kept()[PLACE] == "8"
    assert TEXT not in scene.kept()


def test_a_lesson_in_a_window_of_its_own_finds_the_api_and_is_saved(begin: Callable[..., Scene]) -> None:
    scene = begin("function act() { window.open('other.html'); }", other=FROM_A_WINDOW)
    with scene.page.context.expect_page() as opened:
        act(scene)
    assert eventually(lambda: scene.kept().get(PLACE) == "7")
    window = opened.value
    window.close()


FROM_A_WINDOW = """
function find(at) { while (at && !at.API && at.parent !== at) at = at.parent; return at?.API ?? null; }
const api = find(window) ?? find(window.opener);
api.LMSInitialize("");
api.LMSSetValue("cmi.core.lesson_location", "7");
"""


@sibling
def test_a_window_of_its_own_is_told_of_while_it_is_open(begin: Callable[..., Scene]) -> None:
    scene = begin("function act() { window.open('other.html'); }", other=FROM_A_WINDOW)
    shell = scene.page
    with shell.context.expect_page() as opened:
        act(scene)
    line = shell_on(shell).locator("#line p")
    expect(line).to_contain_text("cửa sổ riêng")
    opened.value.close()
    expect(line).to_have_text("")


@sibling
def test_a_page_that_is_missing_is_told_of(service: Service, screen: Screens) -> None:
    page = screen.open("phone")
    enter(page, service, "learner")
    version = publish(service.installation, scorm12())
    blobs = service.installation.services.blobs
    (key,) = [
        one.key for one in blobs.list(prefix(Log(service).space, UUID(version))) if one.key.endswith("index.html")
    ]
    blobs.delete(key)
    page.goto(f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{version}")
    card = shell_on(page).locator("#card[open]")
    expect(card).to_contain_text("Bài học bị thiếu một trang")
    shoot(page, "misbehaving", "missing")
    card.get_by_role("button", name="Lưu và thoát").click()
    page.wait_for_url("**/s/haiphong/")


@sibling
def test_a_slow_line_is_waited_for_with_a_calm_word(begin: Callable[..., Scene]) -> None:
    scene = begin(BEGIN)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    scene.page.route("**/index.html", hold)
    scene.page.reload()
    opening = shell_on(scene.page).locator("#opening")
    expect(opening).to_be_visible()
    expect(shell_on(scene.page).locator("#line p")).to_contain_text("Mạng đang chậm", timeout=10_000)
    shoot(scene.page, "misbehaving", "slow")
    for route in held:
        route.continue_()
    expect(opening).to_be_hidden()
    expect(shell_on(scene.page).locator("#line p")).to_have_text("")
