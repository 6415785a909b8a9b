"""A course on a phone: joined with a code, the line away in the middle, completed, and seen by who looks after it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from lrs import days
from packages.courses.course import Part
from storage import enrolments
from storage.enrolments import Those
from tests.journeys.walking import enter, eventually, lesson_on, open_lesson, shoot
from tests.packages.courses.making import code_of, course_of, lessons
from tests.parts.pixels import codes_in

if TYPE_CHECKING:
    from uuid import UUID

    from playwright.sync_api import Page

    from tests.journeys.walking import Lesson, Service
    from tests.parts.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

STATUS = "cmi.core.lesson_status"
SMALL = {"viewport": {"width": 360, "height": 740}}


def begin(page: Page) -> Lesson:
    """Press the one large button of the course, and come into its next lesson."""
    page.locator(".next a.big").click()
    page.wait_for_url("**/lessons/*")
    lesson = open_lesson(page, page.url) if page.locator("#open").count() else lesson_on(page)
    lesson.wait_until("saved")
    return lesson


def complete(lesson: Lesson, kept: str) -> None:
    """Let a lesson say that it is completed, and wait until its learner is told where that is kept."""
    lesson.call("LMSSetValue", STATUS, "completed")
    lesson.call("LMSCommit", "")
    lesson.wait_until(kept)


def printed(office: Page, course: str) -> str:
    """Print the page with a course's code, and read the code from the paper, by a reader of other people."""
    office.goto(f"{course}/poster")
    office.emulate_media(media="print")
    (found,) = codes_in(office.screenshot(full_page=True))
    office.emulate_media()
    return found


def test_from_a_code_to_an_award(screen: Screens, service: Service) -> None:
    made = service.installation
    (first, _), (second, _) = lessons(made)
    course_id = course_of(made, Part((first,)), Part((second,)), deadline=days.today() + timedelta(days=8))
    phone = screen.open("phone", **SMALL)
    enter(phone, service, "learner")
    home = phone.url
    course = f"{home}courses/{course_id}"

    office = screen.open("desktop")
    enter(office, service, "administrator")
    found = printed(office, course)
    assert found == f"{home}join?c={code_of(made, course_id)}"
    phone.goto(found)
    shoot(phone, "course", "1-code")
    phone.get_by_role("button", name="Tham gia khóa học này").click()
    phone.wait_for_url(f"{course}?done=joined")
    phone.get_by_text("còn 8 ngày").wait_for()
    shoot(phone, "course", "2-joined")

    complete(begin(phone), "saved")
    assert eventually(lambda: "Đã xong 1 trong 2" in shown(phone, course))
    shoot(phone, "course", "3-half")
    lesson = begin(phone)
    phone.context.set_offline(True)
    complete(lesson, "device")
    assert done_by_the_record(service, course_id) == 1  # nothing of it has come
    phone.context.set_offline(False)
    lesson.wait_until("saved")
    assert eventually(lambda: "Bạn đã hoàn thành khóa học này" in shown(phone, course))
    shoot(phone, "course", "4-completed")
    phone.get_by_role("link", name="Xem kết quả của bạn").click()
    phone.wait_for_url("**/achievements/*")
    shoot(phone, "course", "5-award")

    assert eventually(lambda: "trong 1 người đã hoàn thành (100%)" in shown(office, f"{course}/progress"))
    shoot(office, "course", "6-progress")


def shown(page: Page, address: str) -> str:
    """Load a page, and tell what it says."""
    page.goto(address)
    return page.locator("main").inner_text()


def done_by_the_record(service: Service, course_id: UUID) -> int:
    """Tell how far the one learner of a course has come, as the record knows it."""
    with service.installation.services.database.read(1) as tx:
        [row] = enrolments.page(tx, course_id, Those(), 10)
    return row.figures.done
