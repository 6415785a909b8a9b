"""The page to sign in at: two fields, a button, and plain words when something is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation, Person

FORM = "/s/haiphong/sign-in"
WORD = "con mèo leo cây cau"


def settled(installation: Installation) -> Person:
    """Let Hoà in by a slip, and let her choose a password."""
    made = installation.haidang(
        *("account", "add", "--space", "haiphong", "--role", "learner"),
        *("--name", "Nguyễn Thị Hoà", "--phone", "0912 345 678", "--staff-code", "HP-7"),
    )
    person = installation.visitor()
    link = installation.haidang("account", "link", "--space", "haiphong", "--account", made["account"])["url"]
    path = link.removeprefix(installation.public_url)
    person.post(path, form_at=path)
    answer = person.post("/s/haiphong/me/password", form_at="/s/haiphong/me", data={"new": WORD})
    assert answer.status_code == 303, answer.text
    return person


def sign_in(person: Person, who: str, password: str, **more: Any) -> TestResponse:
    """Send the form."""
    return person.post(FORM, form_at=FORM, data={"who": who, "password": password} | more)


def test_who_has_a_password_comes_in_and_goes_on(embedded: Installation) -> None:
    settled(embedded)
    person = embedded.visitor()
    refused = person.get("/s/haiphong/me?first=1")
    way = re.search(r'href="([^"]+sign-in[^"]*)"', refused.text)
    assert refused.status_code == 401
    assert way is not None

    form = person.get(way[1].replace("&amp;", "&"))
    go = re.search(r'name="go" value="([^"]+)"', form.text.partition("<main")[2])
    assert go is not None
    answer = sign_in(person, "0912345678", WORD, go=go[1])

    assert (answer.status_code, answer.location) == (303, "/s/haiphong/me?first=1")
    assert person.get("/s/haiphong/me").status_code == 200


@pytest.mark.parametrize(
    ("who", "password"), [("HP-7", "sai"), ("nobody@example.org", WORD), ("", ""), ("HP-7", ""), ("\ud7ff", "x" * 9999)]
)
def test_what_does_not_fit_is_said_in_the_same_words(embedded: Installation, who: str, password: str) -> None:
    settled(embedded)
    answer = sign_in(embedded.visitor(), who, password)

    assert answer.status_code == 401
    assert "Thông tin chưa khớp" in answer.text
    assert password not in answer.text or not password


def test_who_guesses_is_told_to_wait(embedded: Installation) -> None:
    settled(embedded)
    person = embedded.visitor()

    answers = [sign_in(person, "HP-7", f"sai {number}") for number in range(5)]

    assert [answer.status_code for answer in answers] == [401] * 4 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "thử lại sau 1 phút" in answers[-1].text


def test_a_device_is_remembered(embedded: Installation) -> None:
    settled(embedded)
    phone, stranger = embedded.visitor(), embedded.visitor()
    sign_in(phone, "HP-7", WORD)
    for number in range(6):
        sign_in(stranger, "HP-7", f"sai {number}")

    assert sign_in(stranger, "HP-7", WORD).status_code == 429
    assert sign_in(phone, "HP-7", WORD).status_code == 303


def test_a_form_from_elsewhere_signs_nobody_in(embedded: Installation) -> None:
    settled(embedded)

    answer = embedded.visitor().post(FORM, data={"who": "HP-7", "password": WORD})

    assert answer.status_code == 403


def test_help_is_near(embedded: Installation) -> None:
    person = embedded.visitor()

    assert "/s/haiphong/sign-in/help" in person.get(FORM).text
    assert "tổ công nghệ số cộng đồng" in person.get("/s/haiphong/sign-in/help").text
