"""Who has which skill: by unit, by right, and the people behind a figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from lrs.commands import enter
from lrs.people.units import Units
from lrs.web import transaction
from tests.lrs.skills.town import AT, Town

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person

DAY = date(2025, 7, 1)


class Wards(Town):
    """A city of two wards; somebody has a skill in one of them, somebody in none."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(installation)
        self.learner, self.other, self.mentor = (installation.person(role) for role in ("learner", "learner", "mentor"))
        with installation.app.app_context():
            enter("haiphong")
            with transaction() as tx:
                units = Units(tx)
                self.city = units.make("Thành phố", None, DAY).id
                self.east = units.make("Phường Đông", self.city, DAY).id
                self.west = units.make("Phường Tây", self.city, DAY).id
                for who, unit in ((self.learner, self.east), (self.mentor, self.west)):
                    units.join(UUID(who.account), unit, DAY)
        self.named(self.learner, "=Trần Thị Mơ")
        self.earn(self.learner)
        self.say(self.other, "https://example.org/thanh-toan")

    def people(self, who: Person, unit: UUID | None) -> tuple[int, str]:
        answer = who.get(f"{AT}/progress/people?skill={self.rule()}" + (f"&unit={unit}" if unit else ""))
        return answer.status_code, answer.text


@pytest.fixture
def wards(installation: Installation) -> Wards:
    return Wards(installation)


def test_units_count_with_those_below_and_everybody_once(wards: Wards) -> None:
    rows = [line.split(",") for line in wards.boss.get(f"{AT}/progress/units.csv").text.splitlines()]

    heads, *lines = rows
    at = heads.index("Thanh toán trực tuyến")
    assert {line[0]: line[at] for line in lines} == {
        "Thành phố": "1",
        "Phường Đông": "1",
        "Phường Tây": "0",
        "không thuộc đơn vị nào": "1",
        "Tổng cộng": "2",
    }
    assert wards.boss.get(f"{AT}/progress/units.xlsx").status_code == 200
    assert wards.boss.get(f"{AT}/progress/units.exe").status_code == 404
    assert wards.boss.get(f"{AT}/progress/others.csv").status_code == 404


def test_the_file_of_people_says_who_has_what_and_runs_nothing(wards: Wards) -> None:
    heads, *lines = wards.boss.get(f"{AT}/progress/people.csv").text.splitlines()
    mine = wards.mentor.get(f"{AT}/progress/people.csv").text.splitlines()

    at = heads.split(",").index("Thanh toán trực tuyến")
    assert {line.split(",")[0] for line in lines} == {
        "'=Trần Thị Mơ",
        "",
    }  # no formula; and one whose name is not known
    assert all(line.split(",")[at].count("/") == 2 for line in lines)
    assert mine[1:] == []  # a mentor of another ward sees nobody of this one


def test_the_people_behind_a_figure_are_named_to_those_who_may_see_them(wards: Wards) -> None:
    assert "Trần Thị Mơ" in wards.people(wards.boss, wards.east)[1]
    assert "Trần Thị Mơ" in wards.people(wards.boss, None)[1]
    assert "Trần Thị Mơ" not in wards.people(wards.boss, wards.west)[1]


def test_a_mentor_sees_their_own_unit_and_those_below(installation: Installation, wards: Wards) -> None:
    page = wards.mentor.get(f"{AT}/progress").text

    assert "Phường Tây" in page
    assert "Phường Đông" not in page
    assert wards.people(wards.mentor, wards.east)[0] == 404
    assert wards.people(wards.mentor, wards.city)[0] == 404
    assert "Trần Thị Mơ" not in wards.people(wards.mentor, None)[1]
    assert installation.person("mentor").get(f"{AT}/progress").text.count("Phường Đông") == 1  # of no unit: all


def test_what_is_no_skill_has_nobody(wards: Wards) -> None:
    for asked, status in (("", 404), ("?skill=x", 400), ("?skill=00000000-0000-4000-8000-000000000000", 404)):
        assert wards.boss.get(f"{AT}/progress/people{asked}").status_code == status
