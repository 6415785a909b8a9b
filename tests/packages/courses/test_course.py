"""A course is written and read again as it was, and said in the language of its reader."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from packages.courses.course import Course, Part, Section, read, said, write

ONE, TWO = UUID(int=1), UUID(int=2)


def test_a_course_is_read_as_it_was_written() -> None:
    parts = (Part((ONE, TWO), optional=True, opens=date(2026, 1, 2), due=date(2026, 2, 3)), Part((ONE,)))
    course = Course({"vi": "Kỹ năng"}, {"en": "Skills"}, 15, date(2026, 6, 30), (TWO,), (Section({"vi": "A"}, parts),))

    assert read(write(course)) == course
    assert course.required == (parts[1],)
    assert course.packages == (ONE, TWO)


def test_what_is_not_known_in_a_language_is_said_in_another() -> None:
    assert said({"vi": "Kỹ năng", "en": "Skills"}, "en") == "Skills"
    assert said({"vi": "Kỹ năng"}, "en") == "Kỹ năng"
    assert said({"en": "Skills"}, "vi") == "Skills"
    assert said({}, "vi") == ""
