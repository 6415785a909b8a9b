"""The audit log as people read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.lrs.people.test_people_pages import PEOPLE, add

if TYPE_CHECKING:
    from tests.parts.installations import Installation

LOG = "/s/haiphong/audit"


def test_it_says_who_did_what_to_whom(embedded: Installation) -> None:
    boss, auditor = embedded.person("administrator"), embedded.person("auditor")
    hoa = add(boss, name="Nguyễn Thị Hoà").location
    boss.post(hoa, form_at=hoa, data={"name": "Nguyễn Hoà", "email": "hoa@example.org"})
    boss.post(f"{hoa}/role", form_at=hoa, data={"role": "mentor"})

    page = auditor.get(LOG).text

    for words in ("thêm một người", "sửa thông tin một người: Tên, Thư điện tử", "người học → người hướng dẫn"):
        assert words in " ".join(page.split())
    assert "Nguyễn Hoà" in page
    assert "hoa@example.org" not in page


def test_whoever_looks_is_noted_too(embedded: Installation) -> None:
    boss, auditor = embedded.person("administrator"), embedded.person("auditor")
    add(boss, name="Nguyễn Thị Hoà")
    auditor.get(PEOPLE)

    looks = boss.get(f"{LOG}?act=identity.looked").text

    assert re.search(r"xem thông tin người khác</td>\s*<td[^>]*>3 người", looks)


def test_it_is_read_a_page_at_a_time_and_about_one(embedded: Installation) -> None:
    boss = embedded.person("owner")
    hoa = add(boss, name="Nguyễn Thị Hoà").location
    for _ in range(101):
        boss.get(hoa)

    first = boss.get(LOG).text
    more = re.search(r'rel="next" href="([^"]+)"', first)
    assert more is not None
    assert boss.get(LOG + more[1].replace("&amp;", "&")).status_code == 200
    about = boss.get(f"{LOG}?about={hoa.rpartition('/')[2]}&act=account.added").text
    assert about.count('<th scope="row">') == 1


@pytest.mark.parametrize("query", ["about=x", "from=x", "from=_"])
def test_a_question_that_is_none_is_refused(embedded: Installation, query: str) -> None:
    assert embedded.person("owner").get(f"{LOG}?{query}").status_code == 400


def test_it_can_be_read_from_its_beginning(embedded: Installation) -> None:
    boss = embedded.person("owner")
    hoa = add(boss, name="Nguyễn Thị Hoà").location
    boss.post(f"{hoa}/role", form_at=hoa, data={"role": "mentor"})

    def deeds(order: str) -> list[str]:
        page = boss.get(f"{LOG}?about={hoa.rpartition('/')[2]}&sort=at&order={order}").text
        return re.findall(r'data-label="Việc gì">([^<:]+)', page)

    assert deeds("asc") == ["thêm một người", "xem thông tin người khác", "đổi vai trò một người"]
    assert deeds("desc")[-3:] == deeds("asc")[2::-1]
