"""The figures of an enrolment are the same in whatever order they are summed up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from packages.courses.counting import figures, settle
from packages.courses.course import Course, Part, Section
from packages.courses.standing import Learnt
from storage.enrolments import Figures
from tests.packages.courses.making import course_of, lessons

if TYPE_CHECKING:
    from tests.parts.installations import Installation

A, B, C = (UUID(int=n) for n in range(1, 4))
ONE = datetime(2026, 1, 1, tzinfo=UTC)
TWO, THREE = ONE + timedelta(days=1), ONE + timedelta(days=2)
COURSE = Course(sections=(Section(parts=(Part((A, B)), Part((C,)), Part((B,), optional=True))),))


def test_nothing_done_is_nothing() -> None:
    assert figures(COURSE, Learnt()) == Figures()


def test_the_first_missing_part_is_where_somebody_stands() -> None:
    assert figures(COURSE, Learnt({C: ONE}, {C: TWO})) == Figures(ONE, TWO, None, done=1, stage=0)


def test_a_course_is_completed_when_its_last_required_part_is() -> None:
    assert figures(COURSE, Learnt({A: ONE}, {B: TWO, C: THREE})) == Figures(ONE, THREE, THREE, done=2, stage=2)


def test_what_is_not_there_is_not_summed_up(embedded: Installation) -> None:
    [(package, _)] = lessons(embedded, 1)
    course_id = course_of(embedded, Part((package,)))

    with embedded.services.database.write(1) as tx:
        assert settle(tx, UUID(int=1)) == 0
        assert settle(tx, course_id) == 0  # nobody is in it
        assert settle(tx, course_id, [UUID(int=1)]) == 0
