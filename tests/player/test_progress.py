"""The standing in a course: what follows from its lessons."""

import pytest

from player.progress import together
from player.standing import COMPLETED, FAILED, PASSED, Score, Standing

NOTHING = Standing()
DONE = Standing(COMPLETED)
GOOD = Standing(COMPLETED, PASSED, Score(1.0, 10, 0, 10))
BAD = Standing(COMPLETED, FAILED, Score(0.5, 5, 0, 10))


@pytest.mark.parametrize(
    ("lessons", "course"),
    [
        ([], NOTHING),
        ([NOTHING], NOTHING),
        ([DONE], DONE),
        ([DONE, NOTHING], NOTHING),
        ([DONE, DONE], DONE),
        ([DONE, GOOD], Standing(COMPLETED, PASSED, Score(1.0))),
        ([GOOD, NOTHING], Standing("", "", Score(1.0))),
        ([GOOD, BAD], Standing(COMPLETED, FAILED, Score(0.75))),
        ([NOTHING, BAD], Standing("", FAILED, Score(0.5))),
        ([Standing("", PASSED)], Standing("", PASSED)),
    ],
)
def test_a_course_is_done_with_its_last_lesson(lessons: list[Standing], course: Standing) -> None:
    assert together(lessons) == course
    assert together(reversed(lessons)) == course
