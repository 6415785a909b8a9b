"""Forgotten your password? A letter comes to who is known, the same page to everybody, and help to who has no e-mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.lrs.people.mailing import FORGOTTEN, HOA, path
from tests.lrs.people.test_entry_pages import FORM, WORD, sign_in

if TYPE_CHECKING:
    from tests.lrs.people.mailing import Mailed
    from tests.parts.installations import Installation, Person

NEW = "mưa rào tháng bảy"


def settle(mailed: Mailed) -> Person:
    """Let Hoà in by e-mail, and let her choose a password."""
    mailed.send(mailed.add(phone="0912 345 678", staff_code="HP-7"))
    link = path(mailed.carry().pop())
    person = mailed.installation.visitor()
    person.post(link, form_at=link)
    person.post("/s/haiphong/me/password", form_at="/s/haiphong/me", data={"new": WORD})
    return person


@pytest.mark.parametrize("who", [HOA, "0912.345.678", "hp-7"])
def test_who_has_forgotten_comes_in_again_by_letter(mailed: Mailed, who: str) -> None:
    settle(mailed)
    visitor = mailed.installation.visitor()

    asked = mailed.forgotten(who, visitor)
    assert asked.location == f"{FORGOTTEN}?asked=1"
    (taken,) = mailed.carry()
    assert taken.to == [HOA]
    assert "chắc là chính bạn" in taken.text
    assert sign_in(mailed.installation.visitor(), "HP-7", WORD).status_code == 303  # until the link is used
    came = visitor.post(path(taken), form_at=path(taken))
    visitor.post("/s/haiphong/me/password", form_at=came.location, data={"new": NEW})

    assert sign_in(mailed.installation.visitor(), "HP-7", WORD).status_code == 401
    assert sign_in(mailed.installation.visitor(), "HP-7", NEW).status_code == 303


def test_the_answer_tells_nobody_who_exists(mailed: Mailed) -> None:
    settle(mailed)
    closed = mailed.add("closed@example.org", "Trần Văn Bình")
    boss = mailed.installation.person("administrator")
    boss.post(f"{closed}/close", form_at=closed)
    mailed.add("", "Không Thư", staff_code="HP-9")

    answers = []
    for who in (HOA, "HP-7", "nobody@example.org", "closed@example.org", "HP-9", "\ud7ff' or 1=1"):
        visitor = mailed.installation.visitor()
        asked = mailed.forgotten(who, visitor)
        page = visitor.get(asked.location)
        said = re.sub(r'name="csrf" value="[0-9a-f]+"', "", page.text)
        answers.append((asked.status_code, asked.location, asked.text, page.status_code, said))

    assert len({*answers}) == 1
    assert [taken.to for taken in mailed.carry()] == [[HOA], [HOA]]  # control
    assert "forgotten" not in {letter.kind for letter in mailed.letters() if letter.account_id is None}
    assert len(mailed.letters()) == 3  # who was named and is not there has left nothing
    assert mailed.waiting() == 0


def test_the_page_of_a_known_person_says_that_a_link_was_asked_for(mailed: Mailed) -> None:
    page = mailed.add()
    mailed.forgotten(HOA)
    mailed.carry()

    seen = mailed.installation.person("administrator").get(page).text

    assert "liên kết do người học xin ở trang đăng nhập: đã gửi" in " ".join(seen.split())
    assert "gửi liên kết cho người xin ở trang đăng nhập" in seen


def test_a_stranger_who_asks_burns_no_slip(mailed: Mailed) -> None:
    page, boss = mailed.add(), mailed.installation.person("administrator")
    slip = re.search(r"/s/haiphong/link/[\w-]{43}", boss.post(f"{page}/slip", form_at=page).text)
    assert slip is not None

    mailed.forgotten(HOA)
    mailed.carry()

    assert mailed.installation.visitor().get(slip[0]).status_code == 200


def test_who_asks_too_often_is_told_to_wait(mailed: Mailed) -> None:
    visitor = mailed.installation.visitor()

    answers = [mailed.forgotten(HOA, visitor) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [303] * 3 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "Bạn đã xin nhiều lần" in answers[-1].text


def test_nothing_is_no_name(mailed: Mailed) -> None:
    answer = mailed.forgotten(" ")

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_the_letter_speaks_as_the_page_did(mailed: Mailed) -> None:
    mailed.add()
    visitor = mailed.installation.visitor()
    visitor.headers |= {"Accept-Language": "en"}

    mailed.forgotten(HOA, visitor)

    (taken,) = mailed.carry()
    assert taken.letter["Subject"] == "Your new link to come in – Hải Phòng"
    assert taken.letter["Content-Language"] == "en"
    assert "Hello Nguyễn Thị Hoà," in taken.text
    assert '<html lang="en">' in taken.html


def test_the_way_there_stands_on_the_page_to_sign_in_at(mailed: Mailed) -> None:
    visitor = mailed.installation.visitor()

    assert FORGOTTEN in visitor.get(FORM).text
    assert FORGOTTEN in visitor.get(f"{FORM}/help").text
    assert "tổ công nghệ số cộng đồng" in visitor.get(FORGOTTEN).text


def test_both_pages_speak_of_the_same_things_and_help_who_registered_alone(mailed: Mailed) -> None:
    visitor = mailed.installation.visitor()

    names = "hư điện tử, số điện thoại, mã cán bộ hoặc mã học viên"
    assert names in visitor.get(FORM).text
    assert names in visitor.get(FORGOTTEN).text
    for page in (FORGOTTEN, f"{FORGOTTEN}?asked=1"):
        assert "Bạn vừa tự đăng ký?" in visitor.get(page).text


def test_without_a_mail_server_no_page_offers_letters(embedded: Installation) -> None:
    visitor, boss = embedded.visitor(), embedded.person("administrator")
    made = embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner", "--email", HOA)
    page = f"/s/haiphong/people/{made['account']}"

    assert FORGOTTEN not in visitor.get(FORM).text + visitor.get(f"{FORM}/help").text
    assert visitor.get(FORGOTTEN).location == f"{FORM}/help"
    assert "thư điện tử</button>" not in boss.get(page).text
    assert boss.get("/s/haiphong/letters").status_code == 404
    assert boss.post(f"{page}/letter", form_at=page).status_code == 400
