"""The shell around a lesson, as learners meet it: the way out, the menu, the honest word, time that runs out, another window."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Lesson, Log, Service, enter, eventually, lesson_on, open_lesson, shell_on, shoot
from tests.parts.lessons import publish
from tests.parts.zips import SAYS_NOTHING, Page, course12, scorm12

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FrameLocator, Locator, Request
    from playwright.sync_api import Page as Window

    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]
sibling = pytest.mark.parametrize("service", ["sibling"], indirect=True)

PLACE, STATUS = "cmi.core.lesson_location", "cmi.core.lesson_status"
SPEAKS = """<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>
<button id=done onclick="api.LMSSetValue('cmi.core.lesson_status', 'completed'); api.LMSCommit('')">Xong</button>
<button id=end onclick="end()">Kết thúc</button>
<script>
  const { API: api } = parent;
  api.LMSInitialize("");
  if (api.LMSGetValue("cmi.core.lesson_status") === "not attempted") api.LMSSetValue("cmi.core.lesson_status", "incomplete");
  let ended = false;
  function end() {
    if (ended) return;
    ended = true;
    api.LMSSetValue("cmi.suspend_data", "lời cuối");
    api.LMSSetValue("cmi.core.exit", "suspend");
    api.LMSFinish("");
  }
  WHEN = end;
</script>"""
TALKS = SPEAKS.replace("WHEN", "window.onunload")
COURSE = [
    Page("Phần một"),
    Page("Mở đầu", SAYS_NOTHING, role="asset"),
    Page("Bài một", TALKS),
    Page("Phần hai"),
    Page("Bài hai", TALKS, said="<adlcp:prerequisites type='aicc_script'>I3</adlcp:prerequisites>"),
]


@dataclass
class Learner:
    """Somebody in front of the shell."""

    service: Service
    page: Window
    account: UUID
    address: str

    @property
    def window(self) -> Window:
        """What the learner looks at: in the apart arrangement the lesson has a tab of its own."""
        return self.page.context.pages[-1]

    @property
    def shell(self) -> Window | FrameLocator:
        """The shell."""
        return shell_on(self.window)

    @property
    def lesson(self) -> Lesson:
        """The lesson as it is open now."""
        return lesson_on(self.window)

    def button(self, deed: str) -> Locator:
        """Find a button of the bar."""
        return self.shell.locator(f"#bar [data-deed={deed}]")

    def within(self, selector: str) -> Locator:
        """Find something in the lesson's page."""
        return self.shell.locator("#lesson").content_frame.locator(selector)

    def kept(self) -> dict[str, str]:
        """Read what is on disk."""
        return Log(self.service).values_of(self.account)


@pytest.fixture
def begin(service: Service, screen: Screens) -> Callable[..., Learner]:
    """Give the means to open a package as somebody new."""

    def open_it(package: bytes) -> Learner:
        page = screen.open("phone")
        account = UUID(enter(page, service, "learner"))
        address = f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{publish(service.installation, package)}"
        open_lesson(page, address)
        return Learner(service, page, account, address)

    return open_it


@pytest.mark.parametrize("words", ["window.onunload", "window.onbeforeunload", "window.onpagehide"])
@sibling
def test_the_way_out_hears_the_last_words(begin: Callable[..., Learner], words: str) -> None:
    learner = begin(course12("Bài", [Page("Bài", SPEAKS.replace("WHEN", words))]))
    learner.button("leave").click()
    learner.window.wait_for_url("**/s/haiphong/")
    assert learner.kept()["cmi.suspend_data"] == "lời cuối"


def test_the_way_out_leads_to_the_lessons(begin: Callable[..., Learner]) -> None:
    learner = begin(scorm12())
    learner.lesson.call("LMSSetValue", PLACE, "5")
    learner.button("leave").click()
    learner.window.wait_for_url("**/s/haiphong/")
    assert learner.kept()[PLACE] == "5"


@sibling
def test_without_a_line_the_way_out_says_that_all_is_on_this_device_and_leads_on_when_it_is_sent(
    begin: Callable[..., Learner],
) -> None:
    learner = begin(scorm12())
    learner.lesson.wait_until("saved")
    learner.page.context.set_offline(True)
    learner.lesson.call("LMSSetValue", PLACE, "5")
    learner.button("leave").click()
    card = learner.shell.locator("#card")
    expect(card).to_contain_text("Đã lưu trên máy này", timeout=10_000)
    expect(learner.shell.locator("#aloud")).to_have_text("Đã lưu trên máy này")
    shoot(learner.window, "shell", "left-offline")
    card.get_by_role("button", name="Thử lại").click()
    expect(card).to_contain_text("Đã lưu trên máy này", timeout=10_000)
    learner.page.context.set_offline(False)
    learner.window.wait_for_url("**/s/haiphong/")
    assert learner.kept()[PLACE] == "5"


@sibling
def test_the_menu_says_where_one_is_and_what_an_item_waits_for(begin: Callable[..., Learner]) -> None:
    learner = begin(course12("Khóa học", COURSE))
    learner.button("menu").focus()
    learner.window.keyboard.press("Enter")
    menu = learner.shell.get_by_role("dialog", name="Các phần của khóa học")
    rows = menu.get_by_role("listitem")
    expect(rows).to_contain_text(["Phần một", "Đã xem", "Chưa học", "Phần hai", "Mở sau khi xong: “Bài một”"])
    expect(menu.get_by_role("button", name="Mở đầu")).to_be_focused()
    expect(menu.get_by_role("button", name="Mở đầu")).to_have_attribute("aria-current", "step")
    shoot(learner.window, "shell", "menu")
    learner.window.keyboard.press("Escape")
    expect(learner.button("menu")).to_be_focused()
    learner.button("menu").click()
    menu.get_by_role("button", name=re.compile("^Bài một")).click()
    expect(learner.within("h1")).to_have_text("Bài một")


@sibling
def test_what_waits_for_another_part_says_so_and_opens_when_that_is_done(begin: Callable[..., Learner]) -> None:
    learner = begin(course12("Khóa học", COURSE))
    learner.button("next").click()
    expect(learner.within("h1")).to_have_text("Bài một")
    learner.button("next").click()
    card = learner.shell.locator("#card")
    expect(card).to_contain_text("Mở sau khi xong: “Bài một”")
    shoot(learner.window, "shell", "locked")
    card.get_by_role("button", name="Ở lại đây").click()
    learner.within("#done").click()
    learner.button("next").click()
    if card.is_visible():  # the lesson has just been completed, and the bar may not know it yet
        card.get_by_role("button", name="Kết thúc phần này").click()
    expect(learner.within("h1")).to_have_text("Bài hai")
    learner.button("previous").click()
    expect(learner.within("h1")).to_have_text("Bài một")


@sibling
def test_a_course_goes_on_where_it_was_left(begin: Callable[..., Learner]) -> None:
    learner = begin(course12("Khóa học", COURSE))
    learner.button("next").click()
    expect(learner.within("h1")).to_have_text("Bài một")
    learner.button("leave").click()
    learner.window.wait_for_url("**/s/haiphong/")
    again = open_lesson(learner.page, learner.address)
    assert again.frame.locator("h1").inner_text() == "Bài một"
    assert again.call("LMSGetValue", "cmi.core.entry") == "resume"


@sibling
def test_an_end_is_told_with_the_ways_on(begin: Callable[..., Learner]) -> None:
    learner = begin(course12("Khóa học", [*COURSE[:3], Page("Bài cuối", TALKS)]))
    learner.button("next").click()
    learner.within("#end").click()
    line = learner.shell.locator("#line")
    expect(line).to_contain_text("Phần này đã kết thúc")
    shoot(learner.window, "shell", "ended")
    line.get_by_role("button", name="Phần sau").click()
    expect(learner.within("h1")).to_have_text("Bài cuối")


@sibling
def test_a_document_opens_in_a_window_of_its_own_and_counts_as_seen(begin: Callable[..., Learner]) -> None:
    learner = begin(
        course12("Khóa học", [Page("Mở đầu", SAYS_NOTHING), Page("Tài liệu", "%PDF-1.4", "asset", ending="pdf")])
    )
    learner.button("next").click()
    card = learner.shell.locator("#card")
    expect(card).to_contain_text("mở trong một cửa sổ riêng")
    with learner.page.context.expect_page():
        card.get_by_role("button", name="Mở cửa sổ").click()
    assert eventually(lambda: len(Log(learner.service).verbs_of(learner.account)) >= 4)
    card.get_by_role("button", name="Lưu và thoát").click()
    learner.page.wait_for_url("**/s/haiphong/")


def test_a_lesson_that_is_open_elsewhere_says_so_and_can_be_taken_back(
    begin: Callable[..., Learner], screen: Screens
) -> None:
    learner = begin(scorm12())
    learner.lesson.wait_until("saved")
    first = learner.window
    elsewhere = screen.open("desktop", storage_state=learner.page.context.storage_state())
    there = open_lesson(elsewhere, learner.address)
    there.call("LMSSetValue", PLACE, "9")
    there.call("LMSCommit", "")
    assert eventually(lambda: learner.kept().get(PLACE) == "9")
    lesson_on(first).call("LMSSetValue", PLACE, "1")
    card = shell_on(first).locator("#card")
    expect(card).to_contain_text("Bài học đang mở ở nơi khác")
    shoot(first, "shell", "elsewhere")
    card.get_by_role("button", name="Học tiếp ở đây").click()
    assert lesson_on(first).call("LMSGetValue", PLACE) == "9"


LIMIT = "<adlcp:maxtimeallowed>0000:00:02</adlcp:maxtimeallowed><adlcp:timelimitaction>{action}</adlcp:timelimitaction>"


@sibling
def test_a_lesson_whose_time_is_over_is_taken_away_and_said_so(begin: Callable[..., Learner]) -> None:
    learner = begin(course12("Bài", [Page("Bài", TALKS, said=LIMIT.format(action="exit,message"))]))
    card = learner.shell.locator("#card")
    expect(card).to_contain_text("Đã hết giờ")
    expect(learner.shell.locator("#lesson")).to_have_count(0)
    assert eventually(lambda: learner.kept().get("cmi.suspend_data") == "lời cuối")


@sibling
def test_a_lesson_that_may_go_on_after_its_time_says_so(begin: Callable[..., Learner]) -> None:
    learner = begin(course12("Bài", [Page("Bài", TALKS, said=LIMIT.format(action="continue,message"))]))
    expect(learner.shell.locator("#line")).to_contain_text("Bạn vẫn có thể học tiếp")
    assert learner.lesson.call("LMSGetValue", STATUS) == "incomplete"


@sibling
def test_the_honest_word_is_seen_and_does_not_chatter(begin: Callable[..., Learner]) -> None:
    learner = begin(scorm12())
    shell = learner.lesson.frame.parent_frame
    assert shell is not None
    shell.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => heard.push(1)).observe(document.getElementById("aloud"), { childList: true });
    }""")
    for n in range(5):
        learner.lesson.call("LMSSetValue", PLACE, str(n))
        learner.lesson.call("LMSCommit", "")
        learner.lesson.wait_until("saved")
    expect(learner.shell.locator("#saved")).to_have_text("Đã lưu")
    assert shell.evaluate("heard") == []


@sibling
def test_every_button_can_be_hit_and_has_a_name(begin: Callable[..., Learner]) -> None:
    learner = begin(course12("Khóa học", COURSE))
    for width, height in ((320, 568), (390, 844), (844, 390), (1280, 800)):
        learner.window.set_viewport_size({"width": width, "height": height})
        for button in learner.shell.get_by_role("button").all():
            box = button.bounding_box()
            assert box is not None
            assert (width, box["height"] >= 44, box["width"] >= 44 or height < 400) == (width, True, True), (
                button.inner_text()
            )
            assert 0 <= box["x"] <= box["x"] + box["width"] <= width
            assert button.inner_text() or button.get_attribute("aria-label")
        room = learner.shell.locator("#lesson").bounding_box()
        assert room is not None
        assert room["width"] * room["height"] >= 0.8 * width * (height - 60 * (width > 640 and height > 448))


@sibling
def test_the_keyboard_reaches_everything_in_order(begin: Callable[..., Learner]) -> None:
    learner = begin(scorm12())
    learner.shell.locator(".skip").focus()
    learner.window.keyboard.press("Enter")
    learner.window.keyboard.press("Tab")
    expect(learner.button("full")).to_be_focused()
    learner.window.keyboard.press("Tab")
    expect(learner.button("leave")).to_be_focused()
    assert learner.shell.get_by_role("heading", level=1).inner_text() == "Mật khẩu mạnh"
    assert learner.shell.locator("#lesson").get_attribute("title") == "Mật khẩu mạnh"


@sibling
@pytest.mark.in_a_window
def test_the_whole_shell_takes_the_screen(begin: Callable[..., Learner]) -> None:
    learner = begin(scorm12())
    learner.button("full").click()
    expect(learner.button("full")).to_have_attribute("aria-pressed", "true")
    learner.button("full").click()
    expect(learner.button("full")).to_have_attribute("aria-pressed", "false")


@sibling
def test_where_there_is_no_full_screen_there_is_no_button_for_it(service: Service, screen: Screens) -> None:
    page = screen.open("phone")
    page.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', { value: false })")
    enter(page, service, "learner")
    open_lesson(page, f"{page.url.split('/s/')[0]}/s/haiphong/lessons/{publish(service.installation)}")
    expect(shell_on(page).locator("#bar [data-deed=full]")).to_be_hidden()


def test_the_first_screen_takes_less_than_100_kilobytes_of_our_own(service: Service, screen: Screens) -> None:
    page = screen.open("phone")
    enter(page, service, "learner")
    app = page.url.split("/s/")[0]
    finished: list[Request] = []

    def note(request: Request) -> None:
        finished.append(request)

    page.context.on("requestfinished", note)
    lesson = open_lesson(page, f"{app}/s/haiphong/lessons/{publish(service.installation)}")
    lesson.wait_until("saved")
    ours = {request.url: request.sizes() for request in finished if "/c/" not in request.url}
    sizes = {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in ours.items()}
    assert any(url.endswith("/shell.js") for url in sizes)
    assert sum(sizes.values()) < 100_000, sizes
