"""All certificates of a space are found by number, code and name, paged, counted, and taken away by unit."""

from __future__ import annotations

import io
import re
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lrs.certificates.issuing import Award, Office, Told
from storage import certificate_templates, units
from storage.certificate_templates import TemplateRow
from storage.units import SpanRow, UnitRow
from tests.lrs.certificates.issued import ZONE, issued, revoked
from tests.lrs.certificates.papers import TEMPLATE

if TYPE_CHECKING:
    import pytest

    from tests.parts.installations import Installation

AT = "/s/haiphong/certificates/office"


def in_units(installation: Installation, account: str, names: list[str]) -> list[UnitRow]:
    """Issue two certificates in each of some units, the others below the first."""
    template, parts = uuid.uuid4(), installation.services
    made = [UnitRow(uuid.uuid4(), name, "") for name in names]
    with parts.database.write(1) as tx:
        certificate_templates.add(tx, TemplateRow(template, 1, "Lớp AI", TEMPLATE.dumps(), datetime.now(UTC)))
        for unit in made:
            units.add(tx, unit)
            units.set_spans(tx, unit.id, [SpanRow(unit.id, made[0].id if unit != made[0] else None, date(2020, 1, 1))])
            office = Office(tx, parts.identity_keys, datetime.now(UTC), ZONE)
            told = Told("An toàn số", unit.name)
            office.issue_all(
                [
                    Award(uuid.uuid4(), uuid.UUID(account), f"Người {n}", told, (template, 1), unit_id=unit.id)
                    for n in (1, 2)
                ]
            )
    return made


def test_one_is_found_by_number_code_and_name(embedded: Installation) -> None:
    owner = embedded.person("owner")
    person = embedded.haidang("account", "add", "--space", "haiphong", "--role", "learner", "--name", "Đặng Thị Ánh")
    mine, other = issued(embedded, person["account"], "Đặng Thị Ánh"), issued(embedded, owner.account, "Trần Văn Bình")
    revoked(embedded, other)
    year = mine.year

    def names(**asked: str) -> set[str]:
        page = owner.get(AT, query_string=asked).text
        return {name for name in ("Đặng Thị Ánh", "Trần Văn Bình") if f"<bdi>{name}</bdi>" in page}

    assert names() == {"Đặng Thị Ánh", "Trần Văn Bình"}
    assert names(q="1") == names(q=f"0001/{year}/KHCN") == names(q=f"1/{year}") == {"Đặng Thị Ánh"}
    assert names(q=f"1/{year}/XYZ") == names(q=f"1/{year - 1}") == set()
    assert names(q=mine.code) == names(q=f"{mine.code[:4]}-{mine.code[4:]}".lower()) == {"Đặng Thị Ánh"}
    assert names(q="anh dang") == {"Đặng Thị Ánh"}
    assert names(q="!?") == set()
    assert names(state="revoked") == {"Trần Văn Bình"}
    assert names(state="valid") == {"Đặng Thị Ánh"}
    assert names(state="expired") == names(year=str(year - 1)) == set()
    nowhere = str(uuid.uuid4())
    assert names(unit=nowhere) == set()
    for wrong in ({"state": "lost"}, {"year": "0000", "unit": nowhere}, {"year": "٢٠٢٦"}, {"unit": "x"}):
        assert owner.get(AT, query_string=wrong).status_code == 400
    auditor = embedded.person("auditor").get(AT).text
    assert "Đặng Thị Ánh" in auditor
    assert f"{mine.id}" not in auditor  # reads, and does nothing
    assert embedded.person("mentor").get(AT).status_code == 403


def test_pages_follow_one_another_and_leave_nothing_out(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lrs.certificates.list_pages._A_PAGE", 2)
    owner = embedded.person("owner")
    for number in range(5):
        issued(embedded, owner.account, f"Người {number}")

    found, address = list[str](), AT
    while address:
        page = owner.get(address).text
        found += re.findall(r"<bdi>(Người \d)</bdi>", page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"{AT}{onward[1].replace('&amp;', '&')}" if onward else ""

    assert found == [f"Người {number}" for number in (4, 3, 2, 1, 0)]


def test_a_unit_with_all_below_it_is_taken_away_and_its_numbers_are_counted(embedded: Installation) -> None:
    embedded.haidang("certificates", "key")
    owner = embedded.person("owner")
    city, ward = in_units(embedded, owner.account, ["Thành phố", "Phường Hồng Bàng"])
    apart = issued(embedded, owner.account, "Người ở ngoài")

    def taken(unit: UnitRow) -> list[str]:
        data = {"kind": "zip", "unit": str(unit.id), "year": str(apart.year)}
        asked = owner.post("/s/haiphong/certificates/jobs", form_at="/s/haiphong/me", data=data)
        assert asked.status_code == 303, asked.text
        embedded.app.extensions["haidang.followers"].catch_up()
        with ZipFile(io.BytesIO(owner.get(f"{asked.location}/file").data)) as archive:
            return archive.namelist()

    year = apart.year
    assert taken(ward) == [f"0001-{year}-Người-1.pdf", f"0002-{year}-Người-2.pdf"]
    assert taken(city) == [
        f"{folder}/000{n}-{year}-Người-{n}.pdf" for folder in ("Phường-Hồng-Bàng", "Thành-phố") for n in (1, 2)
    ]
    shown = owner.get(AT, query_string={"unit": str(city.id)}).text
    assert shown.count("<bdi>Người ") == 4
    assert "Người ở ngoài" not in shown
    numbers = owner.get(f"{AT}/numbers").text
    assert "Có đủ mọi số" in numbers
    assert numbers.count("<tr>") == 4
    assert "Thiếu một số" not in numbers
