"""A learner joins with a code, goes on where they were, and completes the course."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from lrs import days
from packages.courses.course import Part
from tests.lrs.people.coming import REGISTER, let_people_register, press
from tests.packages.courses.making import HOME, code_of, complete, course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation

JOIN = f"{HOME}/join"


def test_from_a_code_to_completed(installation: Installation) -> None:
    (first, one), (second, other), (third, spare) = lessons(installation, 3)
    tomorrow = days.today() + timedelta(days=1)
    course_id = course_of(
        installation, Part((first, third)), Part((second,)), Part((third,), optional=True, opens=tomorrow)
    )
    course, learner = f"{HOME}/courses/{course_id}", installation.person("learner")
    code = code_of(installation, course_id)

    wrong = learner.post(JOIN, form_at=JOIN, data={"code": "1234 5678"})
    assert (wrong.status_code, "Không có khóa học nào dùng mã này" in wrong.text) == (422, True)
    assert code in learner.get(f"{JOIN}?c={code}").text
    joined = learner.post(JOIN, form_at=JOIN, data={"code": code})
    assert (joined.status_code, joined.location) == (303, f"{course}?done=joined")
    assert "Bạn đã vào khóa học này." in learner.get(joined.location).text
    assert learner.post(JOIN, form_at=JOIN, data={"code": code}).location.endswith("done=there")

    page = learner.get(course).text
    assert "Đã xong 0 trong 2 phần bắt buộc" in page
    assert "Chỉ cần học một trong 2 bài này" in page
    assert f"Mở ngày {tomorrow:%d/%m/%Y}" in page
    assert f"{HOME}/lessons/{one}?course={course_id}" in page
    assert f'href="{course}"' in learner.get(f"{HOME}/lessons/{one}?course={course_id}").text  # the way back
    complete(installation, learner, spare)
    complete(installation, learner, other)
    assert "Bạn đã hoàn thành khóa học này" in learner.get(course).text
    assert "✓ Hoàn thành" in learner.get(f"{HOME}/").text

    assert learner.post(f"{course}/leave", form_at=course).status_code == 303
    assert "Bạn đã rời khóa học" in learner.get(f"{course}?done=left").text


def test_who_is_not_signed_in_reads_what_it_is_and_comes_back(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    course_id = course_of(embedded, Part((package,)))
    visitor, course = embedded.visitor(), f"{HOME}/courses/{course_id}"

    assert "Bạn cần mã của khóa học này" in visitor.get(course).text
    assert "go=/s/haiphong/join?c%3D12345678" in visitor.get(f"{JOIN}?c=12345678").text
    assert visitor.post(JOIN, form_at=f"{HOME}/sign-in", data={"code": code_of(embedded, course_id)}).status_code == 401
    learner = embedded.person("learner")
    assert learner.post(f"{course}/join", form_at=JOIN).status_code == 403  # not open to everybody


def test_who_registers_on_the_way_comes_back_to_the_code_and_joins(installation: Installation) -> None:
    let_people_register(installation)
    [(package, _)] = lessons(installation, 1)
    course_id = course_of(installation, Part((package,)))
    code, visitor = code_of(installation, course_id), installation.visitor()
    here = f"{JOIN}?c={code}"

    onward = link(visitor.get(here).text, "/register")
    answer = visitor.post(
        f"{HOME}/register",
        form_at=onward,
        data={"name": "Lê Văn Tám", "go": sent(visitor.get(onward).text, "/register")},
    )
    first = visitor.get(answer.location)
    assert link(first.text, "/join") == here
    assert visitor.get(onward).location == here  # who is in has nothing to register
    saved = visitor.post(
        f"{HOME}/me/password",
        form_at=answer.location,
        data={"new": "ba cây nến lung linh", "go": sent(first.text, "/me/password")},
    )
    assert link(visitor.get(saved.location).text, "/join") == here

    assert f'value="{code}"' in visitor.get(here).text
    assert visitor.post(JOIN, form_at=here, data={"code": code}).location == f"{HOME}/courses/{course_id}?done=joined"


def test_nobody_is_led_elsewhere_by_registering(embedded: Installation) -> None:
    let_people_register(embedded)
    visitor, away = embedded.visitor(), "//example.org/"

    answer = visitor.post(REGISTER, form_at=REGISTER, data={"name": "Lê Văn Tám", "go": away})
    assert answer.location == f"{HOME}/me?first=1"


def sent(page: str, action: str) -> str:
    """Read what a form sends along of the page to go on to."""
    found = re.search(rf'action="{HOME}{action}".*?name="go" value="([^"]+)"', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def link(page: str, to: str) -> str:
    """Find where a link leads."""
    found = re.search(rf'href="({HOME}{to}[^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def test_a_guest_learns_an_open_course(embedded: Installation) -> None:
    [(package, version)] = lessons(embedded, 1)
    course_id = course_of(embedded, Part((package,)), opened=True)
    guest = embedded.visitor()
    assert press(guest, lesson=version).status_code == 303

    assert "Đã xong 0 trong 1" in guest.get(f"{HOME}/").text
    complete(embedded, guest, version)
    assert "Bạn đã hoàn thành khóa học này" in guest.get(f"{HOME}/courses/{course_id}").text


def test_codes_cannot_be_tried_without_end(embedded: Installation) -> None:
    learner = embedded.person("learner")
    answers = [learner.post(JOIN, form_at=JOIN, data={"code": "1"}).status_code for _ in range(21)]

    assert answers == [422] * 20 + [429]
