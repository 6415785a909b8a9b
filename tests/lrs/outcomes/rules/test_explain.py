"""Why, and why not yet: the same as the verdict, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from lrs.outcomes.rules.explain import Explanation, explain
from lrs.outcomes.rules.language import PASSED, TERMINATED
from lrs.outcomes.rules.sentence import Names
from lrs.outcomes.rules.words import words
from tests.lrs.outcomes.rules.made import FACTS, FINAL, LESSONS, RULES, THREE_PARTS, every, fact, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrs.outcomes.rules.facts import Fact

NAMES = Names({FINAL: "Bài kiểm tra cuối"} | {each: f"Bài {n}" for n, each in enumerate(LESSONS, start=1)})


def lines(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for part in explanation.parts:
        yield from lines(part)


@settings(deadline=None)
@given(said=RULES, facts=FACTS)
def test_an_explanation_is_the_verdict_in_words(said: Any, facts: list[Fact]) -> None:
    finding = found(said, facts)

    for language in ("vi", "en"):
        for line, one in zip(lines(explain(finding, words(language))), every(finding), strict=True):
            assert line.met == (line.need <= line.have) == one.met
            assert (line.place, line.need, line.have, line.evidence) == (one.place, one.need, one.have, one.evidence)
            assert line.says
            assert line.standing


def test_why_not_yet() -> None:
    facts = [fact(number, lesson, PASSED) for number, lesson in enumerate(LESSONS[:11])]
    facts += [fact(20, FINAL, score=0.79999), fact(21, LESSONS[0], TERMINATED, duration=20 * 60_000)]

    told = explain(found(THREE_PARTS, facts), words("vi"), NAMES)

    assert [(line.says, line.standing, line.met) for line in (told, *told.parts, *told.parts[0].parts[10:])] == [
        (
            "Hoàn thành cả 12 bài của “lessons”, đạt ít nhất 80% ở “Bài kiểm tra cuối” và học ít nhất 30 phút ở 12 bài của “lessons”",
            "0 trên 3",
            False,
        ),
        ("Hoàn thành cả 12 bài của “lessons”", "11 trên 12", False),
        ("Đạt ít nhất 80% ở “Bài kiểm tra cuối”", "79,99%; cần 80%", False),
        ("Học ít nhất 30 phút ở 12 bài của “lessons”", "20 phút trên 30 phút", False),
        ("Hoàn thành “Bài 11”", "đã xong", True),
        ("Hoàn thành “Bài 12”", "chưa làm", False),
    ]
    assert told.parts[0].parts[2].evidence == (UUID(int=2),)


@pytest.mark.parametrize(
    ("said", "facts", "standing"),
    [
        ({"score": {"activity": FINAL, "atLeast": 0.8}}, [], "no result yet"),
        ({"score": {"activity": FINAL, "atLeast": 0.8}}, [fact(1, FINAL, score=0.85)], "85%"),
        ({"count": {"atLeast": 3, "distinct": "day"}}, [fact(1)], "1 of 3"),
        ({"confirmed": {"by": ["mentor"]}}, [], "0 of 1"),
        ({"any": [{"did": {}}, {"did": {"activity": FINAL}}]}, [fact(1)], "1 of 1"),
        ({"duration": {"minutes": 90}}, [fact(1, verb=TERMINATED, duration=59_999)], "0 minutes of 1 hour 30 minutes"),
    ],
)
def test_how_much_there_is_of_what_is_needed(said: Any, facts: list[Fact], standing: str) -> None:
    assert explain(found(said, facts), words("en")).standing == standing
