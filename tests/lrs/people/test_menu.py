"""The menu shows what a role may open, and marks where one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lrs.access import ADMINISTRATOR, AUDITOR, AUTHOR, LEARNER, MENTOR, OWNER
from lrs.people import menu
from tests.lrs.people.coming import guest_who_learns, open_lesson

if TYPE_CHECKING:
    from tests.parts.installations import Installation

ALL = [
    "Bài học",
    "Kết quả",
    "Thêm bài học",
    "Khóa học",
    "Quy tắc",
    "Mọi người",
    "Đơn vị",
    "Khóa",
    "Nhật ký",
    "Cài đặt",
    "Tài khoản",
]
MENUS = {
    OWNER: ALL,
    ADMINISTRATOR: ALL,
    AUTHOR: ["Bài học", "Kết quả", "Thêm bài học", "Khóa học", "Quy tắc", "Tài khoản"],
    MENTOR: ["Bài học", "Kết quả", "Mọi người", "Tài khoản"],
    LEARNER: ["Bài học", "Kết quả", "Tài khoản"],
    AUDITOR: ["Bài học", "Kết quả", "Khóa học", "Quy tắc", "Mọi người", "Đơn vị", "Nhật ký", "Tài khoản"],
}


@pytest.mark.parametrize("role", MENUS)
def test_a_role_sees_what_it_may_open(embedded: Installation, role: str) -> None:
    person = embedded.person(role)

    found = re.findall(r'<a class="quiet" href="([^"]+)"[^>]*>([^<]+)</a>', person.get("/s/haiphong/me").text)

    assert [words for _, words in found] == MENUS[role]
    assert {person.get(address).status_code for address, _ in found} == {200}


def test_it_marks_where_one_is(embedded: Installation) -> None:
    person = embedded.person(ADMINISTRATOR)

    for address, words in (("/s/haiphong/people/new", "Mọi người"), ("/s/haiphong/", "Bài học")):
        marked = re.findall(r'aria-current="page">([^<]+)<', person.get(address).text)
        assert marked == [words]


def test_nobody_has_none(embedded: Installation) -> None:
    assert '<nav class="tools"' not in embedded.visitor().get("/s/haiphong/sign-in").text


def test_a_guest_sees_the_lessons_and_the_ways_to_keep_and_to_leave(embedded: Installation) -> None:
    guest, _ = guest_who_learns(embedded, open_lesson(embedded))

    page = guest.get("/s/haiphong/").text
    found = re.findall(r'<a class="quiet" href="([^"]+)"[^>]*>([^<]+)</a>', page)

    assert [words for _, words in found] == ["Bài học", "Giữ lại kết quả", "Thoát"]
    assert {guest.get(address).status_code for address, _ in found} == {200}
    assert "sign-out" not in page
    assert re.findall(r'aria-current="page">([^<]+)<', guest.get("/s/haiphong/leave").text) == ["Thoát"]


def test_a_learner_number_is_written_in_threes() -> None:
    assert menu.spoken("482915703") == "482 915 703"
