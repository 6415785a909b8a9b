"""The units of a space as people see and change them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.lrs.people.test_people_pages import PEOPLE, add, names

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

UNITS = "/s/haiphong/units"


def make(by: Person, name: str, parent: str = "", day: str = "2020-01-01") -> str:
    """Make a unit by its form; give back its id."""
    answer = by.post(UNITS, form_at=UNITS, data={"name": name, "parent": parent, "day": day})
    assert answer.status_code == 303, answer.text
    return answer.location.split("/")[-1].partition("?")[0]


def listed(by: Person, day: str = "") -> list[str]:
    """List the names of the tree of a day."""
    return re.findall(r'<a href="/s/haiphong/units/[^"]+">([^<]+)</a>', by.get(f"{UNITS}?on={day}").text)


def test_units_are_made_moved_and_dissolved(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    city = make(boss, "Thành phố Hải Phòng")
    district = make(boss, "Quận Lê Chân", city)
    ward = make(boss, "Phường An Biên", district)

    for unit, deed, data in ((ward, "move", {"parent": city}), (district, "end", {})):
        page = f"{UNITS}/{unit}"
        answer = boss.post(f"{page}/{deed}", form_at=page, data=data | {"day": "2025-07-01"})
        assert answer.status_code == 303, answer.text
        assert boss.get(answer.location).status_code == 200
    boss.post(f"{UNITS}/{ward}", form_at=f"{UNITS}/{ward}", data={"name": "Phường Mới", "code": "11407"})

    assert listed(boss, "2025-06-30") == ["Thành phố Hải Phòng", "Quận Lê Chân", "Phường Mới"]
    assert listed(boss, "2025-07-01") == ["Thành phố Hải Phòng", "Phường Mới"]
    assert "01/01/2020 đến 01/07/2025" in boss.get(f"{UNITS}/{ward}").text


@pytest.mark.parametrize(
    ("deed", "data", "says"),
    [
        ("move", {"parent": "WARD"}, "thuộc chính nó"),
        ("move", {"parent": "WARD", "day": "2019-01-01"}, "không tồn tại"),
        ("end", {"day": "2024-01-01"}, "không tồn tại vào ngày đó"),
        ("", {"name": " "}, "Đơn vị phải có tên"),
        ("move", {"day": "30/2/2026"}, 'value="30/2/2026"'),
        ("end", {"day": "30/2/2026"}, "Hãy viết ngày, tháng, năm"),
    ],
)
def test_what_cannot_be_is_said_in_words(embedded: Installation, deed: str, data: dict[str, str], says: str) -> None:
    boss = embedded.person("administrator")
    city = make(boss, "Thành phố")
    ward = make(boss, "Phường", city)
    page = f"{UNITS}/{city}"

    given = {name: ward if value == "WARD" else value for name, value in data.items()}
    answer = boss.post(f"{page}/{deed}".rstrip("/"), form_at=page, data=given)

    assert answer.status_code == 422
    assert says in answer.text
    assert listed(boss) == ["Thành phố", "Phường"]


def test_people_are_found_by_their_unit_and_all_below_it(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    city = make(boss, "Thành phố")
    ward = make(boss, "Phường", city)
    other = make(boss, "Sở")
    for name, unit in (("Nguyễn Thị Hoà", ward), ("Trần Văn Bình", other)):
        where = add(boss, name=name).location
        answer = boss.post(f"{where}/unit", form_at=where, data={"unit": unit})
        assert "Đã đổi đơn vị" in boss.get(answer.location).text

    assert names(boss.get(f"{PEOPLE}?unit={city}")) == ["Nguyễn Thị Hoà"]
    assert names(boss.get(f"{PEOPLE}?unit={other}&q=binh")) == ["Trần Văn Bình"]
    assert "1 người" in boss.get(f"{UNITS}/{city}").text
    assert boss.get(f"{PEOPLE}?unit=x").status_code == 400


def test_an_auditor_looks_and_changes_nothing(embedded: Installation) -> None:
    boss, auditor = embedded.person("administrator"), embedded.person("auditor")
    unit = make(boss, "Sở")

    for page in (UNITS, f"{UNITS}/{unit}"):
        assert '<form method="post" action="/s/haiphong/units' not in auditor.get(page).text
        assert '<form method="post" action="/s/haiphong/units' in boss.get(page).text  # control


def test_siblings_stand_by_name_or_by_how_many_people_they_have(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    city = make(boss, "Thành phố")
    small, large = make(boss, "An Biên", city), make(boss, "Gia Viên", city)
    for unit, count in ((small, 1), (large, 2)):
        for _ in range(count):
            where = add(boss, name="Ai").location
            boss.post(f"{where}/unit", form_at=where, data={"unit": unit})

    def listed_by(query: str) -> list[str]:
        return re.findall(r'<a href="/s/haiphong/units/[^"]+">([^<]+)</a>', boss.get(f"{UNITS}?{query}").text)

    assert listed_by("") == ["Thành phố", "An Biên", "Gia Viên"]
    assert listed_by("sort=people") == ["Thành phố", "Gia Viên", "An Biên"]
    assert listed_by("sort=people&order=asc") == ["Thành phố", "An Biên", "Gia Viên"]
    assert listed_by("sort=name&order=desc") == ["Thành phố", "Gia Viên", "An Biên"]


def test_the_units_of_a_day_that_is_none_are_those_of_today_and_it_is_said(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    make(boss, "Thành phố")

    page = boss.get(f"{UNITS}?on=31/6/2025").text

    assert "Hãy viết ngày, tháng, năm" in page
    assert 'value="31/6/2025"' in page
    assert listed(boss, "1/7/2025") == listed(boss, "2025-07-01")
    assert listed(boss) == ["Thành phố"]


def test_a_unit_that_is_there_already_is_not_made_once_more(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    city = make(boss, "Thành phố")
    make(boss, "Tổ dân phố 1", city)

    again = boss.post(UNITS, form_at=UNITS, data={"name": "Tổ  dân phố 1", "parent": city})

    assert again.status_code == 422
    assert "Ở đây đã có đơn vị mang tên này" in again.text
    make(boss, "Tổ dân phố 1")  # control: elsewhere, another one may be called so
    assert listed(boss) == ["Thành phố", "Tổ dân phố 1", "Tổ dân phố 1"]


def test_what_was_chosen_is_still_chosen_when_a_day_was_mistaken(embedded: Installation) -> None:
    boss = embedded.person("administrator")
    city, other = make(boss, "Thành phố"), make(boss, "Sở")
    learner = embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner")["account"]
    person, wrong = f"/s/haiphong/people/{learner}", {"day": "30/2/2026"}

    pages = [
        boss.post(UNITS, form_at=UNITS, data={"name": "Phường", "parent": city} | wrong),
        boss.post(f"{UNITS}/{other}/move", form_at=f"{UNITS}/{other}", data={"parent": city} | wrong),
        boss.post(f"{person}/unit", form_at=person, data={"unit": city} | wrong),
    ]

    for page in pages:
        assert page.status_code == 422
        assert 'value="30/2/2026"' in page.text
        assert f'<option value="{city}" selected>' in page.text
