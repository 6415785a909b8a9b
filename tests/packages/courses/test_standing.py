"""Where a learner stands follows from what they did and the day, and from nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from packages.courses.course import Course, Part, Section
from packages.courses.standing import Learnt, stand

A, B, C = (UUID(int=n) for n in range(1, 4))
TODAY = date(2026, 3, 1)
MOMENT = datetime(2026, 2, 1, tzinfo=UTC)
LATER = MOMENT + timedelta(hours=1)


def course(*parts: Part) -> Course:
    return Course(sections=(Section(parts=parts),))


def test_the_first_that_is_required_is_next() -> None:
    found = stand(course(Part((A,), optional=True), Part((B,))), Learnt(), TODAY)

    assert (found.done, found.required, found.completed, found.next) == (0, 1, False, (B, "new"))


def test_one_goes_on_with_what_was_begun_last() -> None:
    learnt = Learnt({A: MOMENT, C: LATER}, {})

    assert stand(course(Part((A,)), Part((B,)), Part((C,))), learnt, TODAY).next == (C, "begun")


def test_one_of_two_is_enough_and_what_is_optional_is_not_needed() -> None:
    found = stand(course(Part((A, B)), Part((C,), optional=True)), Learnt({}, {B: MOMENT}), TODAY)

    assert found.completed
    assert [part.state for part in found.parts] == ["completed", "new"]
    assert found.next == (C, "new")


def test_a_part_opens_on_its_day() -> None:
    later = course(Part((A,), opens=TODAY + timedelta(days=1)))

    closed, opened = stand(later, Learnt(), TODAY), stand(later, Learnt(), TODAY + timedelta(days=1))
    assert (closed.parts[0].state, closed.next, closed.waits_for) == ("locked", None, TODAY + timedelta(days=1))
    assert (opened.parts[0].state, opened.next) == ("new", (A, "new"))


def test_what_was_done_before_it_was_closed_counts() -> None:
    found = stand(course(Part((A,)), Part((B,))), Learnt({}, {A: MOMENT}), TODAY, closed=True)

    assert [part.state for part in found.parts] == ["completed", "locked"]
    assert (found.done, found.next) == (1, None)


def test_a_course_without_parts_is_never_completed() -> None:
    assert not stand(course(), Learnt(), TODAY).completed
