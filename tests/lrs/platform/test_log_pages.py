"""The log of the platform as its administrator reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lrs.platform import deeds

if TYPE_CHECKING:
    from tests.parts.installations import Installation

LOG = "/platform/log"


def test_it_says_what_was_done_to_which_space(embedded: Installation) -> None:
    other, person = embedded.above(), embedded.above()
    person.post("/platform/spaces", form_at="/platform/spaces/new", data={"slug": "hue", "name": "Huế"})
    other.post("/platform/sign-out", form_at="/platform/spaces/new")

    page = " ".join(person.get(LOG).text.split())

    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"</th>(.*?)</tr>", page)[1:]]
    found = [[word.strip() for word in row.split("|") if word.strip()] for row in rows]
    assert found == [
        ["Thiết bị chưa rõ", "đăng xuất", "–"],
        ["bạn", "tạo liên kết cho chủ đầu tiên", "hue"],
        ["bạn", "tạo không gian", "hue"],
        ["bạn", "vào bằng liên kết", "–"],
        ["dòng lệnh", "tạo liên kết vào nền tảng", "–"],
        ["Thiết bị chưa rõ", "vào bằng liên kết", "–"],
        ["dòng lệnh", "tạo liên kết vào nền tảng", "–"],
        ["dòng lệnh", "tạo không gian", "haiphong"],
    ]


def test_it_is_read_a_page_at_a_time(embedded: Installation) -> None:
    person = embedded.above()
    with embedded.services.database.write() as tx:
        for _ in range(101):
            deeds.note(tx, deeds.LINK)

    first = person.get(LOG).text
    more = re.search(r'rel="next" href="([^"]+)"', first)
    assert more is not None
    second = person.get(more[1]).text

    assert [page.count('<th scope="row">') for page in (first, second)] == [100, 4]


@pytest.mark.parametrize("query", ["before=x", "before=_"])
def test_a_question_that_is_none_is_refused(embedded: Installation, query: str) -> None:
    assert embedded.above().get(f"{LOG}?{query}").status_code == 400
