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

MAKING = ["Khóa học", "Thêm bài học", "Quy tắc", "Kỹ năng"]
ALL: list[str | tuple[str, list[str]]] = [
    "Bài học",
    "Kết quả",
    "Mọi người",
    "Đơn vị",
    "Chứng nhận",
    ("Nội dung", [*MAKING, "Mẫu chứng nhận"]),
    ("Quản trị", ["Cài đặt", "Khóa kết nối", "Hệ thống khác", "Nhật ký"]),
    "Tài khoản",
]
MENUS: dict[str, list[str | tuple[str, list[str]]]] = {
    OWNER: ALL,
    ADMINISTRATOR: ALL,
    AUTHOR: ["Bài học", "Kết quả", ("Nội dung", MAKING), "Tài khoản"],
    MENTOR: ["Bài học", "Kết quả", "Mọi người", "Tài khoản"],
    LEARNER: ["Bài học", "Kết quả", "Tài khoản"],
    AUDITOR: [
        "Bài học",
        "Kết quả",
        "Mọi người",
        "Đơn vị",
        "Chứng nhận",
        ("Nội dung", ["Khóa học", "Quy tắc"]),
        "Nhật ký",
        "Tài khoản",
    ],
}
PLACE = r'<a class="quiet(?: lead)?" href="([^"]+)"[^>]*>([^<]+)</a>'
ROOM = re.compile(r'<div class="room">(.*?)</div></div>', re.DOTALL)


def menu_of(page: str) -> str:
    """Cut a page's menu out."""
    return page.partition('<nav class="tools"')[2].partition("</nav>")[0]


def said(menu: str) -> list[str | tuple[str, list[str]]]:
    """Read what a menu says: pages, and rooms with theirs."""
    found: list[str | tuple[str, list[str]]] = []
    for part in re.split(r'(<div class="room">.*?</div></div>)', menu, flags=re.DOTALL):
        words = [each for _, each in re.findall(PLACE, part)]
        found += [(words[0], words[1:])] if ROOM.match(part) else words
    return found


@pytest.mark.parametrize("role", MENUS)
def test_a_role_sees_what_it_may_open(embedded: Installation, role: str) -> None:
    person = embedded.person(role)

    menu = menu_of(person.get("/s/haiphong/me").text)

    assert said(menu) == MENUS[role]
    assert {person.get(address).status_code for address, _ in re.findall(PLACE, menu)} == {200}


@pytest.mark.parametrize("role", [OWNER, AUTHOR, AUDITOR])
def test_the_pages_of_the_room_one_is_in_stand_beside_each_other(embedded: Installation, role: str) -> None:
    person = embedded.person(role)

    page = person.get("/s/haiphong/courses").text
    line = page.partition('<nav class="beside-this" aria-label="Nội dung">')[2].partition("</nav>")[0]

    (room,) = [pages for word, pages in (each for each in MENUS[role] if isinstance(each, tuple)) if word == "Nội dung"]
    assert [words for _, words in re.findall(PLACE, line)] == room
    assert re.findall(r'aria-current="true">([^<]+)<', menu_of(page)) == ["Nội dung"]
    assert "beside-this" not in person.get("/s/haiphong/me").text


def test_it_marks_where_one_is(embedded: Installation) -> None:
    person = embedded.person(ADMINISTRATOR)

    for address, words in (("people/new", "Mọi người"), ("", "Bài học"), ("keys", "Khóa kết nối")):
        marked = re.findall(r'aria-current="page">([^<]+)<', menu_of(person.get(f"/s/haiphong/{address}").text))
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
