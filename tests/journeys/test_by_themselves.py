"""People who come by themselves, on a phone: from a poster into a lesson, away and back, and a name for it at last; and at a kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from tests.journeys.walking import eventually, lesson_on, open_lesson, shoot
from tests.lrs.people.coming import let_people_register
from tests.lrs.people.coming import open_lesson as open_to_everybody
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.journeys.walking import Lesson, Service
    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser

PLACE = "cmi.core.lesson_location"
SMALL = {"viewport": {"width": 360, "height": 740}}
LEARN = "Học ngay, không cần tài khoản"
KEEP = "Giữ lại kết quả"


@pytest.fixture
def poster(service: Service) -> str:
    """Open a lesson to everybody, and let people register; give back what stands on the poster."""
    version = open_to_everybody(service.installation, publish(service.installation, scorm12("Nhận diện tin giả")))
    let_people_register(service.installation)
    return f"{service.installation.public_url}/s/haiphong/open?lesson={version}"


def press(page: Page, words: str) -> None:
    """Press what says these words."""
    page.locator("a.button, button, a").get_by_text(words, exact=True).or_(
        page.locator("a.button, button, a").filter(has_text=words)
    ).first.click()


def learn(page: Page, poster: str, place: str) -> Lesson:
    """Follow the poster, press the one large button, and come as far as a page of the lesson."""
    page.goto(poster)
    press(page, LEARN)
    page.wait_for_url("**/lessons/*")
    lesson = lesson_on(page) if not page.locator("#open").count() else open_lesson(page, page.url)
    lesson.wait_until("saved")
    lesson.call("LMSSetValue", PLACE, place)
    lesson.call("LMSCommit", "")
    assert eventually(lambda: lesson.shell.locator("#saved[data-state=saved]").count() == 1)
    return lesson


def go_on(context: BrowserContext, address: str) -> str:
    """Open the lesson in a new tab, and tell where it stands."""
    page = context.new_page()
    lesson = open_lesson(page, address)
    lesson.wait_until("saved")
    found = lesson.call("LMSGetValue", PLACE)
    page.close()
    return found


def test_from_the_poster_to_a_name_nothing_is_lost(screen: Screens, service: Service, poster: str) -> None:
    phone = screen.open("phone", **SMALL)
    context = phone.context
    phone.goto(poster)
    shoot(phone, "guest", "1-poster")
    lesson = learn(phone, poster, "trang-3")
    address = f"{service.installation.public_url}/s/haiphong/lessons/{poster.rpartition('=')[2]}"
    lesson.page.close(run_before_unload=True)

    assert go_on(context, address) == "trang-3"
    back = context.new_page()
    back.goto(poster)
    shoot(back, "guest", "2-poster-again")
    press(back, "Đúng, học tiếp")
    back.wait_for_url("**/s/haiphong/")
    shoot(back, "guest", "3-start")
    press(back, KEEP)
    back.wait_for_url("**/keep")
    shoot(back, "guest", "4-keep")
    press(back, "Đăng ký")
    back.wait_for_url("**/register")
    shoot(back, "guest", "5-register")
    back.locator("#f-name").fill("Lê Thị Chín")
    back.locator("main form button[type=submit]").last.click()
    back.wait_for_url("**/claim?**")
    assert "Trên máy này có phần học chưa có tên: 1 bài." in back.locator("main").inner_text()
    shoot(back, "guest", "6-claim")
    press(back, "Đúng, là tôi")
    back.wait_for_url("**/me?first=1")
    assert len(back.locator(".digits").inner_text().replace(" ", "")) == 9
    shoot(back, "guest", "7-number")
    press(back, "Để sau")
    back.wait_for_url("**/s/haiphong/")

    assert go_on(context, address) == "trang-3"


def test_at_a_kiosk_one_takes_a_code_home_and_the_next_person_begins_anew(
    screen: Screens, service: Service, poster: str
) -> None:
    kiosk, phone = screen.open("desktop"), screen.open("phone", **SMALL)
    home = f"{service.installation.public_url}/s/haiphong"
    address = f"{home}/lessons/{poster.rpartition('=')[2]}"
    learn(kiosk, poster, "trang-5")

    kiosk.goto(f"{home}/")
    press(kiosk, "Thoát")
    kiosk.wait_for_url("**/leave")
    shoot(kiosk, "kiosk", "1-leaving")
    press(kiosk, "Lấy mã rồi thoát")
    code = kiosk.locator(".digits").inner_text()
    shoot(kiosk, "kiosk", "2-code")
    press(kiosk, "Tôi đã ghi lại: thoát")
    kiosk.wait_for_url("**/open?left=1")
    shoot(kiosk, "kiosk", "3-left")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the page with the code is kept nowhere
        kiosk.go_back()
    kiosk = kiosk.context.new_page()
    next_one = learn(kiosk, poster, "trang-1")
    assert next_one.call("LMSGetValue", PLACE) == "trang-1"

    phone.goto(f"{home}/code")
    phone.locator("#f-code").fill("0000 000 000")
    press(phone, "Học tiếp trên máy này")
    shoot(phone, "kiosk", "4-wrong-code")
    phone.locator("#f-code").fill(code)
    press(phone, "Học tiếp trên máy này")
    phone.wait_for_url("**/s/haiphong/")
    assert go_on(phone.context, address) == "trang-5"
    assert go_on(kiosk.context, address) == "trang-1"
