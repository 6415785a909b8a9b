"""Tags are words with commas between them; a lesson gets them on its report, and rules find it by them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from lrs.people.identity import NotUnderstood
from packages import tagging
from storage import audit
from tests.parts.lessons import publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("kỹ năng số, an toàn", ["kỹ năng số", "an toàn"]),
        ("  kỹ  năng số ;an toàn\n", ["kỹ năng số", "an toàn"]),
        ("Kỹ năng số, kỹ năng số", ["Kỹ năng số"]),
        (unicodedata.normalize("NFD", "kỹ năng"), ["kỹ năng"]),
        ("a\u202eb\u200b", ["ab"]),
        (" , ,", []),
    ],
)
def test_tags_are_read_as_people_type_them(typed: str, means: list[str]) -> None:
    assert tagging.read(typed) == means


@pytest.mark.parametrize("typed", ["a" * 61, ",".join(map(str, range(21)))])
def test_what_is_no_tag_any_more_is_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        tagging.read(typed)


def test_an_author_gives_a_lesson_tags_on_its_report(embedded: Installation) -> None:
    first, second = publish(embedded), publish(embedded)
    author = embedded.person("author")
    for lesson, typed in ((first, "Kỹ năng số, cũ"), (first, "Kỹ năng số"), (second, "kỹ năng số, an toàn")):
        report = f"/s/haiphong/packages/{lesson}/report"
        answer = author.post(f"{report[:-6]}tags", form_at=report, data={"tags": typed})
        assert answer.status_code == 303

    page = author.get(report).text
    assert "Đã lưu" in author.get(answer.location).text
    assert 'value="an toàn, Kỹ năng số"' in page  # as it was written first
    form = author.get("/s/haiphong/rules/new").text
    assert re.findall(r'<option value="([^"]+)">[^<]*\(\d bài\)', form) == ["Kỹ năng số", "an toàn"]
    with embedded.services.database.read(1) as tx:
        assert len(audit.page(tx, audit.Wanted(acts=("lesson.tagged",)), 10)) == 3


def test_too_many_are_said_at_the_field(embedded: Installation) -> None:
    report = f"/s/haiphong/packages/{publish(embedded)}/report"
    author = embedded.person("author")

    answer = author.post(f"{report[:-6]}tags", form_at=report, data={"tags": "a" * 61})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "a" * 61 in answer.text
