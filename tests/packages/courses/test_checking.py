"""A course that cannot be learned is not published, and the place is said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from packages.courses import checking
from packages.courses.checking import Problem, problems
from packages.courses.course import Course, Part, Section

A, OWN = UUID(int=1), UUID(int=9)
EARLY, LATE = date(2026, 1, 1), date(2026, 2, 1)


def course(*parts: Part, deadline: date | None = None, after: tuple[UUID, ...] = ()) -> Course:
    return Course({"vi": "Kỹ năng"}, deadline=deadline, after=after, sections=(Section(parts=parts),))


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (course(Part((A,))), []),
        (Course(sections=(Section(parts=(Part((A,)),)),)), [Problem(checking.NO_TITLE)]),
        (course(), [Problem(checking.NO_PART)]),
        (course(Part((A,), optional=True)), [Problem(checking.NO_REQUIRED)]),
        (course(Part((A,)), after=(OWN,)), [Problem(checking.AFTER_ITSELF)]),
        (course(Part((A,)), Part((OWN,))), [Problem(checking.NOT_THERE, 2)]),
        (course(Part((A,), opens=LATE, due=EARLY)), [Problem(checking.ENDS_FIRST, 1)]),
        (course(Part((A,), opens=LATE), deadline=EARLY), [Problem(checking.LATE, 1)]),
    ],
)
def test_what_stands_in_the_way_is_named(wrong: Course, found: list[Problem]) -> None:
    assert problems(wrong, {A}, OWN) == found
