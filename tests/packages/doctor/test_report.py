"""A report is figures, and comes back from JSON as it was."""

import json

import pytest

from packages.doctor.report import Large, Report, Share

REPORT = Report(
    "iSpring",
    2,
    5,
    1,
    61.5,
    ("vi", "en"),
    (Share("video", 1, 1_000_000), Share("pages", 5, 250_000)),
    film_seconds=60.0,
    timeless=1,
    largest=(Large("a.mp4", 1_000_000),),
    version="11",
    earned=8.5,
    whole=False,
)


def test_it_comes_back_as_it_was() -> None:
    assert Report.from_json(json.loads(json.dumps(REPORT.to_json()))) == REPORT


def test_one_that_was_never_made_is_empty() -> None:
    assert Report.from_json({}) == Report()


def test_what_it_weighs_is_told_as_time_on_a_slow_line() -> None:
    assert (REPORT.size, REPORT.wait) == (1_250_000, 10.0)


@pytest.mark.parametrize(
    ("size", "lessons", "earned", "heavy"),
    [
        (15_000_000, 1, 0, False),
        (15_000_001, 1, 0, True),
        (15_000_001, 2, 0, False),
        (15_000_001, 0, 0, True),
        (52_500_000, 1, 300, False),
        (52_500_001, 1, 300, True),
    ],
)
def test_a_lesson_may_take_two_minutes_and_what_plays_adds_what_it_earns(
    size: int, lessons: int, earned: float, *, heavy: bool
) -> None:
    assert Report(lessons=lessons, earned=earned, shares=(Share("other", 1, size),)).heavy is heavy
