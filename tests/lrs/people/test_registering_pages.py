"""Registering by oneself: nothing leaks of who is here already, and nothing happens where a space has not said so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from lrs.people import limits
from lrs.people.limits import Limit
from storage import people
from tests.lrs.people.coming import HOME, REGISTER, let_people_register, number_of, register, sign_in
from tests.lrs.people.test_entry_pages import WORD, settled

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation, Person

OTHER_WORD = "ba cây nến lung linh"
DOORS = f"{HOME}/people/by-themselves"


def choose_password(person: Person, word: str = WORD) -> None:
    """Choose a password."""
    answer = person.post(f"{HOME}/me/password", form_at=f"{HOME}/me", data={"new": word})
    assert answer.status_code == 303, answer.text


def said(answer: TestResponse) -> tuple[int, str, list[str]]:
    """Give what can be seen of an answer, but for the random words of cookies."""
    cookies = [re.sub(r"=[^;]+", "", cookie, count=1) for cookie in answer.headers.getlist("Set-Cookie")]
    return answer.status_code, answer.text, sorted(re.sub(r"Expires=[^;]+", "", cookie) for cookie in cookies)


def test_somebody_registers_and_comes_back_by_their_number(installation: Installation) -> None:
    let_people_register(installation)
    person = installation.visitor()

    assert register(person).location == f"{HOME}/me?first=1"
    number = number_of(person)
    assert re.fullmatch(r"[1-9]\d\d \d{3} \d{3}", number)
    choose_password(person)

    for typed in (number, number.replace(" ", ""), number.replace(" ", "-")):
        assert sign_in(installation.visitor(), typed).status_code == 303


def test_where_a_space_has_not_said_so_nobody_registers(embedded: Installation) -> None:
    person = embedded.visitor()

    assert person.get(REGISTER).status_code == 404
    assert person.post(REGISTER, form_at=f"{HOME}/sign-in", data={"name": "Ai"}).status_code == 404
    assert "register" not in person.get(f"{HOME}/sign-in").text
    let_people_register(embedded)
    assert person.get(REGISTER).status_code == 200


@pytest.mark.parametrize(
    ("taken", "free"),
    [("0912 345 678", "0912 345 679"), ("+84912345678", "+84912345679"), ("hoa@example.org", "hoc@example.org")],
)
def test_a_contact_that_somebody_has_is_answered_as_one_that_nobody_has(
    embedded: Installation, taken: str, free: str
) -> None:
    settled(embedded)
    embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner", "--email", "hoa@example.org")
    let_people_register(embedded)
    pair = {contact: embedded.visitor() for contact in (taken, free)}

    answers = [said(register(person, contact=contact)) for contact, person in pair.items()]
    assert answers[0] == answers[1]
    for person in pair.values():
        choose_password(person, OTHER_WORD)
    tries = [said(sign_in(embedded.visitor(), contact, OTHER_WORD)) for contact in pair]
    assert [status for status, _, _ in tries] == [401, 401]
    assert sign_in(embedded.visitor(), number_of(pair[taken]), OTHER_WORD).status_code == 303  # control


def test_the_database_is_asked_the_same_whoever_is_here(embedded: Installation) -> None:
    settled(embedded)
    let_people_register(embedded)
    register(embedded.visitor())  # the first of an hour clears the one before away
    asked: list[str] = []
    event.listen(embedded.services.database._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    found = []
    for contact in ("0912 345 678", "0912 345 679"):
        person = embedded.visitor()
        form = {"csrf": person.csrf(REGISTER), "name": "Lê Văn Tám", "contact": contact}
        asked.clear()
        person.post(REGISTER, data=form)
        found.append([*asked])

    assert found[0] == found[1]
    assert any("insert into identities" in text.lower() for text in found[0])  # control: this was all of it


def test_two_people_with_one_e_mail_address_both_register(embedded: Installation) -> None:
    let_people_register(embedded)
    pair = [embedded.visitor() for _ in range(2)]

    statuses = [register(person, contact="gia-dinh@example.org").status_code for person in pair]

    assert statuses == [303, 303]
    assert number_of(pair[0]) != number_of(pair[1])


def test_a_confirmed_contact_signs_in_and_stays_no_other_persons(embedded: Installation) -> None:
    let_people_register(embedded)
    pair, boss = [embedded.visitor() for _ in range(2)], embedded.person("administrator")
    for person, name in zip(pair, ("Lê Văn Tám", "Lê Thị Chín"), strict=True):
        register(person, name, "0912 345 678")
        choose_password(person)
    listed = boss.get(f"{HOME}/people").text
    first, second = (
        re.findall(rf'href="({HOME}/people/[0-9a-f-]{{36}})">{name}', listed)[0]
        for name in ("Lê Văn Tám", "Lê Thị Chín")
    )
    assert "+84912345678" in boss.get(first).text

    assert boss.post(first, form_at=first, data={"name": "Lê Văn Tám", "phone": "0912 345 678"}).status_code == 303
    assert boss.post(second, form_at=second, data={"name": "Lê Thị Chín", "phone": "0912345678"}).status_code == 422

    assert "chưa xác nhận" not in boss.get(first).text
    assert "chưa xác nhận" in boss.get(second).text
    back = embedded.visitor()
    assert sign_in(back, "0912345678").status_code == 303
    assert "Lê Văn Tám" in back.get(f"{HOME}/me").text
    assert number_of(back) == number_of(pair[0])  # what a keeper's form does not show is not lost by it


@pytest.mark.parametrize(
    ("name", "contact", "field"),
    [("", "", "name"), ("123", "", "name"), ("Tám", "12", "contact"), ("Tám", "a@", "contact")],
)
def test_what_cannot_be_meant_is_said_beside_its_field(
    embedded: Installation, name: str, contact: str, field: str
) -> None:
    let_people_register(embedded)

    answer = register(embedded.visitor(), name, contact)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text.split(f'id="f-{field}"')[1].split(">")[0]


def test_a_device_registers_some_people_an_hour_and_no_more(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_people_register(embedded)
    monkeypatch.setattr(limits, "REGISTRATIONS", Limit("registration", device=2, address=9, space=3))
    kiosk = embedded.visitor()
    form = {"csrf": kiosk.csrf(REGISTER), "name": "Lê Văn Tám"}

    statuses = [kiosk.post(REGISTER, data=form).status_code for _ in range(3)]
    others = [register(embedded.visitor()).status_code for _ in range(2)]

    assert (statuses, others) == ([303, 303, 429], [303, 429])


def test_who_registered_is_a_learner_and_in_the_log(embedded: Installation) -> None:
    let_people_register(embedded)
    register(embedded.visitor())

    with embedded.services.database.read(1) as tx:
        assert people.list_accounts(tx)[-1].role == "learner"
    log = embedded.person("auditor").get(f"{HOME}/audit").text
    assert "tự đăng ký" in log
    assert "đặt lại ai được tự đăng ký" in log


def test_the_door_is_closed_again(embedded: Installation) -> None:
    let_people_register(embedded)
    boss, person = embedded.person("administrator"), embedded.visitor()
    form = {"csrf": person.csrf(REGISTER), "name": "Lê Văn Tám"}

    boss.post(DOORS, form_at=DOORS, data={"who": "nobody"})

    assert person.post(REGISTER, data=form).status_code == 404
    assert boss.post(DOORS, form_at=DOORS, data={"who": "everybody"}).status_code == 400


def test_who_is_signed_in_does_not_register_again_by_mistake(embedded: Installation) -> None:
    let_people_register(embedded)

    assert embedded.person("learner").get(REGISTER).location == f"{HOME}/"
