"""What is missing is said in plain words: lessons by their titles, and nothing of tags as long as there are few."""

from __future__ import annotations

from typing import Any

import pytest

from lrs.outcomes.rules import language, reading
from lrs.outcomes.rules.evaluate import judge
from lrs.outcomes.rules.explain import explain
from lrs.outcomes.rules.plan import plan
from lrs.outcomes.rules.state import State
from lrs.outcomes.rules.words import words
from lrs.skills.parts import Part, told
from tests.lrs.outcomes.rules.made import fact

TITLES = {f"https://example.org/{number}": f"Bài {number}" for number in range(1, 7)}


def part(body: dict[str, Any], lessons: int, *done: int) -> Part:
    tags = {"an toàn": tuple(TITLES)[:lessons]}
    state = State(plan(language.resolved(reading.read(body), tags), "UTC"))
    for number in done:
        state.take(fact(number, tuple(TITLES)[number - 1]))
    finding, vietnamese = judge(state), words("vi")
    return told(finding, explain(finding, vietnamese), vietnamese, TITLES)


def tagged(count: int) -> dict[str, Any]:
    return {"count": {"tag": "an toàn", "atLeast": count, "distinct": "activity"}}


@pytest.mark.parametrize(
    ("lessons", "count", "done", "says", "standing"),
    [
        (1, 1, (), "Học “Bài 1”", "chưa làm"),
        (1, 1, (1,), "Học “Bài 1”", "đã xong"),
        (2, 2, (2,), "Học “Bài 1” và “Bài 2”", "1 trên 2"),
        (3, 1, (), "Học 1 bài trong số: “Bài 1”, “Bài 2” hoặc “Bài 3”", "chưa làm"),
        (3, 2, (3,), "Học 2 bài trong số: “Bài 1”, “Bài 2” hoặc “Bài 3”", "1 trên 2"),
    ],
)
def test_lessons_are_called_by_their_titles(
    lessons: int, count: int, done: tuple[int, ...], says: str, standing: str
) -> None:
    found = part(tagged(count), lessons, *done)

    assert (found.says, found.standing) == (says, standing)


def test_of_many_lessons_the_tag_is_said_and_a_mentor_is_called_a_mentor() -> None:
    assert "“an toàn”" in part(tagged(2), 6).says
    confirmed = part({"confirmed": {"activity": "https://example.org/1", "by": ["mentor", "administrator"]}}, 1)
    assert (confirmed.says, confirmed.standing) == ("Người hướng dẫn xác nhận bạn làm được", "chưa làm")
    assert "hoàn thành" in part({"did": {"activity": "https://example.org/1"}}, 1).says.lower()
