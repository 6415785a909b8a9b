"""Names of other systems that nobody has here: an administrator says who they are, and what they did counts from then on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.lrs.outcomes.studies import HOME, learn, somebody, teach, write

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

ACTORS = f"{HOME}/actors"
ELSEWHERE = {"account": {"homePage": "https://lms.example.org", "name": "hp-0091"}}


@pytest.fixture
def boss(embedded: Installation) -> Person:
    """Give an administrator of a space into which another system has reported two people."""
    teach(embedded)
    boss = embedded.person("administrator")
    write(boss)
    learn(embedded, {"mbox": "mailto:hoa@example.org", "name": "Hoà N."}, 12, 0.9)
    learn(embedded, ELSEWHERE, 1)
    embedded.follow()
    return boss


def forms(boss: Person, query: str = "") -> list[str]:
    """List where the forms of the names lead, those of most results first."""
    return re.findall(rf'action="({ACTORS}/[0-9a-f]+)"', boss.get(ACTORS + query).text)


def met(boss: Person) -> str:
    """Read how many have met the rule."""
    (found,) = re.findall(r'data-label="Số người đạt">(\d+)<', boss.get(f"{HOME}/rules").text)
    return str(found)


def test_it_tells_what_they_are_called_and_how_much_was_reported(boss: Person) -> None:
    assert "Tên chưa biết là của ai: 2" in boss.get(f"{HOME}/rules").text
    assert "<strong>2</strong> tên chưa biết là của ai" in boss.get(f"{HOME}/").text
    page = boss.get(ACTORS).text

    assert "Hoà N." in page
    assert "<dd>hoa@example.org</dd>" in page
    assert "hp-0091 (https://lms.example.org)" in page
    assert "<dd>13</dd>" in page


def test_who_is_called_alike_is_suggested_and_counts_once_it_is_confirmed(embedded: Installation, boss: Person) -> None:
    person = somebody(embedded, "Nguyễn Thị Hoà", email="hoa@example.org")
    page = boss.get(ACTORS).text
    assert f'value="{person}"' in page
    assert "Nguyễn Thị Hoà" in page
    assert met(boss) == "0"

    answer = boss.post(forms(boss)[0], form_at=ACTORS, data={"do": "is", "account": str(person)})
    embedded.follow()

    assert answer.status_code == 303
    assert "sẽ được tính trong giây lát" in boss.get(answer.location).text
    assert met(boss) == "1"
    assert len(forms(boss)) == 1
    mistaken = boss.get(answer.location).text
    assert "Tên ở hệ thống khác của Nguyễn Thị Hoà" in mistaken
    (known,) = re.findall(rf'id="known".*?action="({ACTORS}/[0-9a-f]+)"', mistaken, re.DOTALL)
    assert boss.post(known, form_at=ACTORS + f"?account={person}", data={"do": "forget"}).status_code == 303
    embedded.follow()
    assert "Cần xem lại: 1" in boss.get(f"{HOME}/rules").text


def test_anybody_can_be_named(embedded: Installation, boss: Person) -> None:
    somebody(embedded, "Trần Văn Bình", staff_code="HP-7")

    answer = boss.post(forms(boss)[1], form_at=ACTORS, data={"do": "is", "account": "other", "who": "hp-7"})

    assert answer.status_code == 303
    assert len(forms(boss)) == 1


@pytest.mark.parametrize("who", ["", "nobody@example.org", "'; drop table actors"])
def test_nobody_is_said_at_the_field(boss: Person, who: str) -> None:
    answer = boss.post(forms(boss)[1], form_at=ACTORS, data={"do": "is", "who": who})

    assert answer.status_code == 422
    assert "Không tìm thấy ai." in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert len(forms(boss)) == 2


def test_a_name_is_set_aside_and_taken_up_again(boss: Person) -> None:
    aside = forms(boss)[1]
    boss.post(aside, form_at=ACTORS, data={"do": "nobody"})
    assert aside not in forms(boss)

    assert forms(boss, "?passed=yes") == [aside]
    boss.post(aside, form_at=f"{ACTORS}?passed=yes", data={"do": "back"})

    assert aside in forms(boss)


@pytest.mark.parametrize(
    ("address", "data", "status"),
    [
        ("zz", {"do": "is"}, 400),
        ("00ff", {"do": "is"}, 404),
        ("00ff", {"do": "burn"}, 400),
        ("", {"do": "is", "account": "nobody"}, 400),
        ("", {"do": "is", "account": "55555555-5555-4555-8555-555555555555"}, 404),
    ],
)
def test_what_is_not_there_is_refused(boss: Person, address: str, data: dict[str, str], status: int) -> None:
    where = f"{ACTORS}/{address}" if address else forms(boss)[0]

    assert boss.post(where, form_at=ACTORS, data=data).status_code == status
