"""A text becomes a rule, or everything that is wrong with it is said, each with its place."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lrs.outcomes.rules import reading
from lrs.outcomes.rules.language import (
    COMPLETED,
    CONFIRM,
    PASSED,
    TERMINATED,
    Confirmed,
    Count,
    Did,
    Duration,
    Group,
    Score,
    Selection,
    Window,
    completion_of,
)
from lrs.outcomes.rules.problems import WrongRule
from lrs.outcomes.rules.words import words
from tests.lrs.outcomes.rules.made import FINAL, LESSONS, RULES, THREE_PARTS

ONE = LESSONS[0]


def wrong(said: Any) -> list[tuple[str, str]]:
    with pytest.raises(WrongRule) as told:
        reading.read(said)
    return [(each.place, each.code) for each in told.value.problems]


def test_a_rule_is_read() -> None:
    rule = reading.parse(json.dumps(THREE_PARTS))

    assert rule == Group(
        "all",
        3,
        (
            Did(Selection(frozenset({COMPLETED, PASSED}), tag="lessons")),
            Score(Selection(activities=(FINAL,)), 0.8),
            Duration(Selection(frozenset({TERMINATED}), tag="lessons"), 30),
        ),
    )


def test_every_word_is_read() -> None:
    said = {
        "atLeast": {
            "n": 2,
            "of": [
                {"count": {"atLeast": 3, "distinct": "day", "window": {"from": "2026-01-01", "grace": 2}}},
                {"confirmed": {"by": ["mentor"], "atLeast": 2, "credential": [str(UUID(int=1))]}},
                {"any": [{"did": {"activities": [ONE], "verbs": [PASSED], "provenance": ["client-asserted"]}}]},
            ],
        }
    }

    rule = reading.read(said)

    window = Window(date(2026, 1, 1), None, 2)
    assert rule == Group(
        "atLeast",
        2,
        (
            Count(Selection(frozenset({COMPLETED, PASSED}), window=window), 3, "day"),
            Confirmed(Selection(frozenset({CONFIRM}), credentials=frozenset({UUID(int=1)})), ("mentor",), 2),
            Group("any", 1, (Did(Selection(frozenset({PASSED}), (ONE,), provenance=frozenset({"client-asserted"}))),)),
        ),
    )


def test_the_rule_that_every_lesson_begins_with_is_one() -> None:
    assert reading.read(completion_of(ONE)) == Did(Selection(frozenset({COMPLETED, PASSED}), (ONE,)))


DID, SCORE = {"did": {"activity": ONE}}, {"score": {"activity": ONE, "atLeast": 0.8}}


def deep(depth: int) -> Any:
    said: Any = DID
    for _ in range(depth):
        said = {"all": [said]}
    return said


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        (None, [("", "wrong-kind")]),
        ([], [("", "wrong-kind")]),
        ({}, [("", "empty")]),
        ({"not": DID}, [("/not", "unknown-word")]),
        ({"did~/": DID}, [("/did~0~1", "unknown-word")]),
        (DID | SCORE, [("", "one-word")]),
        ({"all": []}, [("/all", "empty")]),
        ({"all": DID}, [("/all", "wrong-kind")]),
        ({"all": [DID] * 201}, [("/all", "too-much")]),
        ({"any": [DID, {"did": 1}]}, [("/any/1/did", "wrong-kind")]),
        ({"atLeast": {"n": 0, "of": [DID]}}, [("/atLeast/n", "too-small")]),
        ({"atLeast": {"n": 1.5, "of": [DID]}}, [("/atLeast/n", "wrong-kind")]),
        ({"atLeast": {"of": [DID]}}, [("/atLeast", "missing")]),
        ({"atLeast": {"n": 1, "of": [{}]}}, [("/atLeast/of/0", "empty")]),
        ({"did": {"activity": 1}}, [("/did/activity", "wrong-kind")]),
        ({"did": {"activity": "lesson 1"}}, [("/did/activity", "no-iri")]),
        ({"did": {"activity": "https://example.org/" + "a" * 8192}}, [("/did/activity", "too-much")]),
        ({"did": {"activities": []}}, [("/did/activities", "empty")]),
        ({"did": {"activities": [ONE, ONE]}}, [("/did/activities", "again")]),
        ({"did": {"activity": ONE, "tag": "a"}}, [("/did/tag", "beside")]),
        (
            {"did": {"activity": ONE, "tag": "a", "activities": [ONE]}},
            [("/did/activities", "beside"), ("/did/tag", "beside")],
        ),
        ({"did": {"tag": ""}}, [("/did/tag", "empty")]),
        ({"did": {"verbs": []}}, [("/did/verbs", "empty")]),
        ({"did": {"verbs": ["done"]}}, [("/did/verbs/0", "no-iri")]),
        ({"did": {"provenance": ["hearsay"]}}, [("/did/provenance/0", "one-of")]),
        ({"did": {"credential": ["a key"]}}, [("/did/credential/0", "no-id")]),
        ({"did": {"window": {}}}, [("/did/window", "empty")]),
        ({"did": {"window": {"from": "2026-02-30"}}}, [("/did/window/from", "no-date")]),
        ({"did": {"window": {"from": "1.2.2026"}}}, [("/did/window/from", "no-date")]),
        ({"did": {"window": {"through": "2026-01-01", "grace": 400}}}, [("/did/window/grace", "too-large")]),
        ({"did": {"window": {"until": "2026-01-01"}}}, [("/did/window/until", "unknown-word")]),
        ({"did": {"score": 0.8}}, [("/did/score", "unknown-word")]),
        ({"did": {"tag": 1, "score": 0.8}}, [("/did/score", "unknown-word"), ("/did/tag", "wrong-kind")]),
        ({"score": {"activity": ONE}}, [("/score", "missing")]),
        ({"score": {"atLeast": 0.8}}, [("/score", "which-activity")]),
        ({"score": {"activity": ONE, "atLeast": 80}}, [("/score/atLeast", "too-large")]),
        ({"score": {"activity": ONE, "atLeast": 0}}, [("/score/atLeast", "not-positive")]),
        ({"score": {"activity": ONE, "atLeast": True}}, [("/score/atLeast", "wrong-kind")]),
        ({"score": {"activity": ONE, "atLeast": float("nan")}}, [("/score/atLeast", "wrong-kind")]),
        ({"score": {"activity": ONE, "atLeast": 0.8, "which": "mean"}}, [("/score/which", "one-of")]),
        ({"duration": {"minutes": 0}}, [("/duration/minutes", "too-small")]),
        ({"duration": {}}, [("/duration", "missing")]),
        ({"count": {}}, [("/count", "missing"), ("/count", "missing")]),
        ({"count": {"atLeast": 1, "distinct": "week"}}, [("/count/distinct", "one-of")]),
        ({"confirmed": {"by": []}}, [("/confirmed/by", "empty")]),
        ({"confirmed": {"by": ["learner"]}}, [("/confirmed/by/0", "one-of")]),
        (deep(30), [("/all/0" * 20 + "/all", "too-deep")]),
        (deep(10_000), [("/all/0" * 20 + "/all", "too-deep")]),
        ({"all": [[0] * 20_000]}, [("", "too-much")]),
    ],
)
def test_what_is_no_rule_is_refused_with_all_its_places(said: Any, problems: list[tuple[str, str]]) -> None:
    assert wrong(said) == problems


def test_a_text_that_is_no_json_is_refused() -> None:
    for text in ("", "{", '{"did": NaN}', b"\xff", "[" * 100_000):
        with pytest.raises(WrongRule, match=": not-json"):
            reading.parse(text)


def test_a_problem_is_told_in_both_languages() -> None:
    with pytest.raises(WrongRule) as told:
        reading.read({"score": {"activity": ONE, "atLeast": 80, "which": "mean"}})

    assert [each.says(words("en")) for each in told.value.problems] == [
        "This must be at most 1.",
        "One of these belongs here: best, last, first.",
    ]
    assert [each.says(words("vi")) for each in told.value.problems] == [
        "Giá trị này không được quá 1.",
        "Chỗ này phải là một trong các giá trị: best, last, first.",
    ]


@settings(deadline=None)
@given(RULES)
def test_what_the_schema_accepts_is_read(said: Any) -> None:
    jsonschema.Draft202012Validator(reading.SCHEMA).validate(said)

    reading.read(said)


WORDS = some.sampled_from(
    ["all", "any", "atLeast", "did", "score", "count", "n", "of", "activity", "tag", "window", "from", "~", "/"]
)
VALUES = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(-2, 2), some.floats(), some.just(ONE), WORDS),
    lambda inner: some.one_of(some.lists(inner, max_size=3), some.dictionaries(WORDS, inner, max_size=3)),
)


def at(said: Any, place: str) -> Any:
    for step in place.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        said = said[int(name)] if isinstance(said, list) else said[name]
    return said


@settings(deadline=None)
@given(VALUES)
def test_whatever_is_written_is_a_rule_or_wrong_at_places_that_there_are(said: Any) -> None:
    try:
        reading.read(said)
    except WrongRule as told:
        for problem in told.problems:
            at(said, problem.place)
            assert problem.says(words("en")) != problem.says(words("vi"))
