"""Answers of learners as xAPI writes them."""

from typing import Any

import pytest

from player import responses


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        ("choice", "a", "a"),
        ("choice", "a,b", "a[,]b"),
        ("choice", "{a, b}", "a[,]b"),
        ("choice", "a[,]b", "a[,]b"),
        ("sequencing", "1,2,3", "1[,]2[,]3"),
        ("matching", "{1.a,2.b}", "1[.]a[,]2[.]b"),
        ("performance", "1.5,2.b", "1[.]5[,]2[.]b"),
        ("true-false", "t", "true"),
        ("true-false", "0", "false"),
        ("true-false", "không", "không"),
        ("fill-in", "Hải Phòng, {a}", "Hải Phòng, {a}"),
        ("numeric", "3.5", "3.5"),
        ("other", "a,b", "a,b"),
    ],
)
def test_an_answer_of_12(kind: str, text: str, written: str) -> None:
    assert responses.written(kind, text, "1.2") == written


def test_an_answer_of_2004_is_written_so_already() -> None:
    assert responses.written("choice", "a,b[,]c", "4th") == "a,b[,]c"


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("correct", {"success": True}),
        ("wrong", {"success": False}),
        ("incorrect", {"success": False}),
        ("0.5", {"score": {"raw": 0.5}}),
        ("neutral", {}),
        ("unanticipated", {}),
        ("", {}),
    ],
)
def test_a_result(result: str, said: dict[str, Any]) -> None:
    assert responses.judged(result) == said


def test_a_type_that_nobody_knows_is_another() -> None:
    assert [responses.kind_of(one) for one in ("choice", "", "trắc nghiệm")] == ["choice", "other", "other"]
