"""Navigation is measured in the courses that have a target, and a slow one would be seen."""

from __future__ import annotations

from bench import sequencing, targets
from bench.figures import Figure, Round


def test_each_course_has_a_round_and_a_target() -> None:
    told: list[Figure] = []

    figures = sequencing.measure(1, 1.5, told.append)

    assert len(figures) == len(told) == len(sequencing.COURSES)
    assert all(one.rounds[0].requests > 1 for one in figures)
    assert {line.what for line in targets.lines(figures)} == {one.name for one in figures}


def test_the_courses_are_as_large_as_they_say() -> None:
    made = {name: sequencing.course(*size) for name, size in sequencing.COURSES.items()}

    sizes = {
        name: (len(one.activities), sum(len(a.sequencing.before) for a in one.activities)) for name, one in made.items()
    }
    assert sizes == {"202 items": (202, 107), "1,000 items": (1000, 500), "1,000 items in one row": (1000, 500)}


def test_a_request_that_takes_longer_than_its_target_is_too_slow() -> None:
    slow = Figure("navigation, 202 items", "requests/s", [Round.of([0.021], 1 / 0.021)])

    assert [line.reached for line in targets.lines([slow])] == [False]
