"""Keys are made, shown once, and taken back by those who keep a space."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from tests.parts.programs import BASE, V1

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

KEYS = "/s/haiphong/keys"


def make(by: Person, **given: object) -> tuple[int, list[str], str]:
    """Send the form; give what the page says between <code>."""
    answer = by.post(KEYS, form_at=KEYS, data=given)
    return answer.status_code, re.findall(r"<dd><code>([^<]+)</code>", answer.text), answer.text


def status(installation: Installation, key: str, secret: str) -> int:
    """Ask the record with a key."""
    word = b64encode(f"{key}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "X-Experience-API-Version": V1}
    return Client(installation.app).get("/xapi/statements", base_url=BASE, headers=headers).status_code


def test_a_key_is_shown_once_and_works_until_it_is_taken_back(embedded: Installation) -> None:
    boss = embedded.person("administrator")

    made, (address, key, secret), _ = make(boss, scope="all/read", days="30", rate="60")

    assert (made, address) == (200, f"{embedded.public_url}/xapi")
    assert status(embedded, key, secret) == 200
    page = boss.get(KEYS).text
    assert key in page
    assert secret not in page
    assert "60 yêu cầu mỗi phút" in page
    taken = boss.post(f"{KEYS}/{key}/revoke", form_at=KEYS)
    assert "Đã thu hồi khóa" in boss.get(taken.location).text
    assert status(embedded, key, secret) == 401
    assert boss.post(f"{KEYS}/{key}/revoke", data={"csrf": boss.csrf(KEYS)}).status_code == 404
    log = boss.get("/s/haiphong/audit").text
    assert "tạo khóa cho một phần mềm" in log
    assert "thu hồi một khóa" in log


def test_a_browsers_key_names_its_pages_and_can_only_write(embedded: Installation) -> None:
    boss = embedded.person("owner")

    made, (_, key, secret), _ = make(
        boss, kind="browser", origins="https://school.example http://lop.example:8000", scope="all"
    )

    assert made == 200
    assert "http://lop.example:8000, https://school.example" in boss.get(KEYS).text
    assert status(embedded, key, secret) == 403


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Hãy chọn việc"),
        ({"scope": "root"}, "Hãy chọn việc"),
        ({"scope": "all", "days": "0"}, "số nguyên"),
        ({"scope": "all", "days": "x"}, "số nguyên"),
        ({"scope": "all", "rate": "9" * 30}, "số nguyên"),
        ({"scope": "all", "days": "00000000199999999999"}, "số nguyên"),
        ({"kind": "browser", "origins": ""}, "https://school.example"),
        ({"kind": "browser", "origins": "school"}, "https://school.example"),
    ],
)
def test_what_cannot_be_meant_makes_no_key(embedded: Installation, given: dict[str, str], says: str) -> None:
    boss = embedded.person("administrator")

    made, shown, text = make(boss, **given)

    assert (made, shown) == (422, [])
    assert says in text.split('class="mistake"')[1].split("</p>")[0]
    assert "Chưa có khóa nào" in boss.get(KEYS).text


def test_another_spaces_keys_are_not_here(embedded: Installation) -> None:
    embedded.haidang("space", "add", "daklak")
    embedded.key(space="daklak")

    assert "Chưa có khóa nào" in embedded.person("owner").get(KEYS).text


def test_keys_stand_by_when_they_were_made_and_those_that_hold_first(embedded: Installation) -> None:
    boss = embedded.person("owner")
    first, second, ended = (make(boss, scope="all")[1][1] for _ in range(3))
    boss.post(f"{KEYS}/{ended}/revoke", form_at=KEYS)

    def listed(query: str) -> list[str]:
        return re.findall(r'<th scope="row"><code>([^<]+)</code>', boss.get(f"{KEYS}?{query}").text)

    assert listed("") == [second, first, ended]
    assert listed("sort=made&order=asc") == [first, second, ended]
    assert set(listed("sort=used")) == {first, second, ended}


def test_taking_a_key_back_asks_first_without_a_script_too(embedded: Installation) -> None:
    boss = embedded.person("owner")
    key = make(boss, scope="all")[1][1]

    assert not re.search(r"<dialog[^>]* open>", boss.get(KEYS).text)
    assert re.search(rf'<dialog[^>]* id="ask-{key}"[^>]* open>', boss.get(f"{KEYS}?ask={key}").text)
    assert not re.search(r"<dialog[^>]* open>", boss.get(f"{KEYS}?ask=nothing").text)
