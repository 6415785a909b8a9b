"""Each button of the editor does one thing, and nothing where its place is not there."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from packages.courses.course import Course, Part, Section
from packages.courses.editing import Given, NotSo, apply

A, B, C, D = (UUID(int=n) for n in range(1, 5))


def course(*sections: tuple[UUID, ...]) -> Course:
    return Course(
        {"vi": "Kỹ năng"}, sections=tuple(Section(parts=tuple(Part((one,)) for one in each)) for each in sections)
    )


def shape(one: Course) -> list[list[int]]:
    return [[part.packages[0].int for part in section.parts] for section in one.sections]


@pytest.mark.parametrize(
    ("act", "place", "wanted"),
    [
        ("part.up", ("0", "1"), [[2, 1], [3]]),
        ("part.down", ("0", "0"), [[2, 1], [3]]),
        ("part.down", ("0", "1"), [[1], [2, 3]]),  # beyond the end of its section
        ("part.up", ("1", "0"), [[1, 2, 3], []]),
        ("part.up", ("0", "0"), [[1, 2], [3]]),  # there is nothing above
        ("part.remove", ("0", "0"), [[2], [3]]),
        ("section.up", ("1", "0"), [[3], [1, 2]]),
        ("section.down", ("1", "0"), [[1, 2], [3]]),
        ("section.remove", ("0", "0"), [[3]]),
        ("section.add", ("0", "0"), [[1, 2], [3], []]),
    ],
)
def test_parts_and_sections_move(act: str, place: tuple[str, str], wanted: list[list[int]]) -> None:
    given = Given({"section": place[0], "part": place[1], "title_vi": "Mới"})

    assert shape(apply(course((A, B), (C,)), act, given)) == wanted


def test_the_last_section_leaves_an_empty_one() -> None:
    assert shape(apply(course((A,)), "section.remove", Given({"section": "0"}))) == [[]]


def test_a_lesson_is_added_once() -> None:
    added = apply(course((A,), ()), "part.add", Given({"section": "1"}, (A, B, B, C)))

    assert shape(added) == [[1], [2, 3]]


def test_a_part_has_days_and_what_may_stand_for_it_but_nothing_that_stands_elsewhere() -> None:
    values = {"section": "0", "part": "0", "optional": "yes", "opens": "2026-01-02", "due": "2026-02-03"}

    changed = apply(course((A, B)), "part.set", Given(values, (B, C, A)))

    assert changed.parts[0] == Part((A, C), optional=True, opens=date(2026, 1, 2), due=date(2026, 2, 3))
    assert shape(changed) == [[1, 2]]


def test_a_course_is_called_something_in_the_languages_of_its_space() -> None:
    values = {
        "title_vi": " Kỹ năng ",
        "title_en": "Skills",
        "summary_vi": "a\r\nb",
        "minutes": "15",
        "deadline": "2026-06-30",
    }

    changed = apply(course(()), "about", Given(values, courses=(D,), languages=("vi",)))

    assert (changed.titles, changed.summaries) == ({"vi": "Kỹ năng"}, {"vi": "a\nb"})
    assert (changed.minutes, changed.deadline, changed.after) == (15, date(2026, 6, 30), (D,))


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("dance", {}),
        ("part.up", {"section": "7", "part": "0"}),
        ("part.up", {"section": "0", "part": "7"}),
        ("part.up", {"section": "-1", "part": "0"}),
        ("part.up", {"section": "²", "part": "0"}),
        ("part.set", {"section": "0", "part": "0", "opens": "2026-02-30"}),
        ("about", {"minutes": "many"}),
    ],
)
def test_what_cannot_be_is_refused(act: str, values: dict[str, str]) -> None:
    with pytest.raises(NotSo):
        apply(course((A,)), act, Given(values))
