"""A form that is sent twice was sent once, and lets nobody in who finds it later."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from lrs.people import once
from storage import people
from tests.lrs.people.coming import HOME, REGISTER, let_people_register, number_of

if TYPE_CHECKING:
    import pytest

    from tests.parts.installations import Installation, Person


def form_of(person: Person, name: str = "Lê Văn Tám") -> dict[str, str]:
    """Open the form and fill it in."""
    page = person.get(REGISTER).text
    hidden = dict(re.findall(r'name="(csrf|once)" value="([^"]+)"', page))
    assert {*hidden} == {"csrf", "once"}
    return hidden | {"name": name, "contact": ""}


def test_a_form_that_is_sent_twice_makes_one_person(installation: Installation) -> None:
    let_people_register(installation)
    person = installation.visitor()
    form = form_of(person)

    assert [person.post(REGISTER, data=form).status_code for _ in range(2)] == [303, 303]
    number = number_of(person)
    assert person.post(REGISTER, data=form | {"name": "Lê Thị Chín"}).status_code == 303  # control: somebody else
    assert number_of(person) != number
    with installation.services.database.read(1) as tx:
        assert len(people.list_accounts(tx)) == 1 + 2  # and the administrator who opened the door


def test_of_many_presses_at_once_one_makes_a_person(installation: Installation) -> None:
    let_people_register(installation)
    person = installation.visitor()
    form = form_of(person)

    def press(_: int) -> int:
        other = installation.visitor()
        cookie = person.client.get_cookie("__Host-haidang-form", domain="app.lms.localhost")
        assert cookie is not None
        other.client.set_cookie(cookie.key, cookie.value, domain="app.lms.localhost")
        return other.post(REGISTER, data=form).status_code

    with ThreadPoolExecutor(6) as threads:
        assert [*threads.map(press, range(6))] == [303] * 6
    with installation.services.database.read(1) as tx:
        assert len(people.list_accounts(tx)) == 1 + 1


def test_a_form_that_comes_again_later_or_from_elsewhere_lets_nobody_in(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds a form in a device's memory must not become who has filled it in."""
    let_people_register(embedded)
    monkeypatch.setattr(once, "LASTS", timedelta())
    person = embedded.visitor()
    form = form_of(person)

    assert person.post(REGISTER, data=form).status_code == 303
    again = person.post(REGISTER, data=form)
    assert again.status_code == 409
    assert "Biểu mẫu này đã được gửi" in again.text
    assert not again.headers.getlist("Set-Cookie")


def test_an_administrator_who_presses_twice_adds_one_person(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    page = boss.get(f"{HOME}/people/new").text
    form = dict(re.findall(r'name="(csrf|once)" value="([^"]+)"', page)) | {"name": "Lê Văn Tám", "role": "learner"}

    first, again = (boss.post(f"{HOME}/people", data=form) for _ in range(2))

    assert first.status_code == again.status_code == 303
    assert first.location == again.location
