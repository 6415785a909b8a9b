"""Where a learner stands, read from the values of either edition."""

import pytest

from player import standing
from player.standing import COMPLETED, FAILED, PASSED, Score, Standing


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, Standing()),
        ({"cmi.core.lesson_status": "incomplete"}, Standing()),
        ({"cmi.core.lesson_status": "completed"}, Standing(COMPLETED)),
        ({"cmi.core.lesson_status": "passed"}, Standing(COMPLETED, PASSED)),
        ({"cmi.core.lesson_status": "failed"}, Standing(COMPLETED, FAILED)),
        ({"cmi.core.score.raw": "80"}, Standing(score=Score(0.8, 80, 0, 100))),
        ({"cmi.core.score.raw": "8", "cmi.core.score.max": "10"}, Standing(score=Score(0.8, 8, 0, 10))),
        (
            {"cmi.core.score.raw": "6", "cmi.core.score.min": "2", "cmi.core.score.max": "10"},
            Standing(score=Score(0.5, 6, 2, 10)),
        ),
        ({"cmi.core.score.raw": "80", "cmi.core.score.max": "10"}, Standing(score=Score(raw=80))),
        ({"cmi.core.score.raw": "0", "cmi.core.score.max": "0"}, Standing(score=Score(raw=0))),
        ({"cmi.core.score.raw": ""}, Standing()),
        ({"cmi.core.score.max": "10"}, Standing()),
    ],
)
def test_a_lesson_of_12(values: dict[str, str], found: Standing) -> None:
    assert standing.lesson(values, "1.2") == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"cmi.completion_status": "unknown", "cmi.success_status": "unknown"}, Standing()),
        ({"cmi.completion_status": "completed"}, Standing(COMPLETED)),
        ({"cmi.success_status": "failed"}, Standing("", FAILED)),
        ({"cmi.score.scaled": "-0.5"}, Standing(score=Score(-0.5))),
        (
            {"cmi.score.scaled": "0.5", "cmi.score.raw": "5", "cmi.score.min": "0", "cmi.score.max": "10"},
            Standing(score=Score(0.5, 5, 0, 10)),
        ),
        ({"cmi.score.raw": "15", "cmi.score.max": "10"}, Standing(score=Score(None, 15))),
        ({"cmi.score.raw": "5", "cmi.score.min": "9", "cmi.score.max": "1"}, Standing(score=Score(None, 5))),
    ],
)
def test_a_lesson_of_2004(values: dict[str, str], found: Standing) -> None:
    assert standing.lesson(values, "4th") == found


@pytest.mark.parametrize(
    ("text", "written"),
    [("00:05:30", "PT0H5M30S"), ("0100:00:00.5", "PT100H0M0.5S"), ("PT5M", "PT5M"), ("", ""), ("5 phút", "")],
)
def test_time_is_written_as_iso_8601_does(text: str, written: str) -> None:
    assert standing.duration(text) == written


def test_answers_come_in_the_order_of_the_lesson_and_only_those_that_were_given() -> None:
    values: dict[str, str] = {}
    for n in (10, 2, 3):
        values |= {f"cmi.interactions.{n}.id": f"câu {n}", f"cmi.interactions.{n}.student_response": "a"}
    del values["cmi.interactions.3.student_response"]

    assert [one.index for one in standing.interactions(values, "1.2")] == [2, 10]


def test_the_way_in_and_out_is_read_in_both_editions() -> None:
    assert standing.way_out({"cmi.core.exit": "suspend"}, "1.2") == standing.way_out({"cmi.exit": "suspend"}, "4th")
    assert standing.is_resumed({"cmi.core.entry": "resume"}, "1.2")
    assert standing.is_resumed({"cmi.entry": "resume"}, "4th")
    assert not standing.is_resumed({"cmi.entry": "ab-initio"}, "4th")
    assert standing.time_spent({"cmi.session_time": "PT7S"}, "4th") == "PT7S"
