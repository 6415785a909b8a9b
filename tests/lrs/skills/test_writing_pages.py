"""Writing a skill: it says itself, is tried on the record, and what is wrong is said at its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from packages.courses.course import Part
from storage import rules
from tests.lrs.skills.town import ELSEWHERE, PAYING, SET, Town
from tests.packages.courses.making import course_of, lessons
from tests.parts.lessons import play

if TYPE_CHECKING:
    from tests.parts.installations import Installation

TAG = "kỹ năng số: thanh toán"


@pytest.fixture
def town(embedded: Installation) -> Town:
    return Town(embedded)


def test_it_says_itself_and_tells_who_would_have_it(embedded: Installation, town: Town) -> None:
    learner = embedded.person("learner")
    town.named(learner, "Trần Thị Mơ")
    town.say(learner, ELSEWHERE)
    at = f"{SET}/{town.paying.id}"
    data = {"title-vi": "Trả tiền", "picture": "payment", "others": ELSEWHERE, "confirmed": "yes", "need": "1"}

    said = town.boss.post(f"{at}/check", form_at=at, data=data).json
    tried = town.ask(**data, do="look")

    assert said is not None
    assert said["problems"] == []
    assert "“Ví điện tử”" in said["sentences"]["vi"]
    assert "for “Paying online”" in said["sentences"]["en"]
    assert tried.status_code == 200
    assert "Trần Thị Mơ" in tried.text
    with embedded.services.database.read(town.space) as tx:
        assert len(rules.history(tx, town.rule())) == 1  # nothing was kept


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"title-vi": "", "title-en": "", "tag": TAG}, "Hãy ghi tên của kỹ năng"),
        ({"tag": TAG, "need": "2"}, "Không có nhiều phần đến thế"),
        ({"tag": TAG, "need": "x"}, "Hãy ghi một số từ 1 đến 100"),
        ({"tag": TAG, "tagged": "0"}, "Hãy ghi một số từ 1 đến 100"),
        ({"tag": TAG, "need": "9" * 40}, "Hãy ghi một số từ 1 đến 100"),
        (
            {"others": "https://example.org/nobody-knows"},
            "Chưa có hệ thống nào báo về bài này: https://example.org/nobody-knows",
        ),
        ({"others": "no address"}, ""),
        ({"tag": "a\u202eb"}, "ký tự"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(town: Town, said: dict[str, Any], wrong: str) -> None:
    before = town.boss.get(f"{SET}/{town.paying.id}").text.count("checked")

    answer = town.ask(**said)

    assert answer.status_code == 422
    assert wrong in answer.text
    assert town.boss.get(f"{SET}/{town.paying.id}").text.count("checked") == before


def test_a_tag_that_no_lesson_has_yet_may_be_kept_and_waits(town: Town) -> None:
    row = town.rows[0]
    at = f"{SET}/{row.id}"

    answer = town.boss.post(
        at, form_at=at, data={"title-vi": "Dịch vụ công", "tag": "chưa có", "changed": "0", "do": "save"}
    )

    assert answer.status_code == 303
    assert "Chưa mở:" in town.boss.get(SET).text


def test_a_form_that_is_older_than_the_skill_is_refused(town: Town) -> None:
    assert town.ask(tag=TAG).status_code == 303

    assert town.ask(tag=TAG, changed="0").status_code == 409
    assert town.ask(tag=TAG, changed="x").status_code == 409


def test_lessons_and_courses_of_others_cannot_be_smuggled_in(town: Town) -> None:
    answer = town.ask(lessons=["https://example.org/nobody"], courses=["not-an-id"], tag=TAG)

    assert answer.status_code == 422
    assert town.ask(lessons=[PAYING]).status_code == 303


def test_the_page_of_its_rule_leads_to_the_skill_and_changes_nothing_itself(town: Town) -> None:
    assert town.ask(tag=TAG).status_code == 303

    page = town.boss.get(f"/s/haiphong/rules/{town.rule()}").text

    assert f"{SET}/{town.paying.id}" in page
    assert "/edit" not in page
    assert "Kết thúc quy tắc" not in page
    assert town.boss.post(f"/s/haiphong/rules/{town.rule()}/end", form_at=SET).status_code == 409


def test_completing_a_course_is_a_part_with_all_that_the_course_asks(embedded: Installation, town: Town) -> None:
    (first, one), (second, other) = lessons(embedded)
    course = course_of(embedded, Part((first,)), Part((second,)))
    learner = embedded.person("learner")
    assert town.ask(courses=[str(course)], tag=TAG).status_code == 303
    embedded.follow()

    for version in (one, other):
        play(learner, version).commit(1, {"cmi.core.lesson_status": "completed"})
    embedded.follow()

    page = learner.get("/s/haiphong/skills").text
    assert "1 trong 2 phần" in page  # the course, as one part, and not yet the lesson with the tag
