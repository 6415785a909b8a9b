"""The rule that a course begins with is a rule of the language."""

from __future__ import annotations

import json
from uuid import UUID

from lrs.outcomes.rules.reading import parse
from packages.courses.completing import rule_of
from packages.courses.course import Course, Part, Section

A, B, C = (UUID(int=n) for n in range(1, 4))
ACTIVITIES = {one: f"https://example.org/{one.int}" for one in (A, B, C)}


def did(number: int) -> dict[str, object]:
    return {"did": {"activity": f"https://example.org/{number}"}}


def test_it_asks_for_each_required_part_and_for_any_of_those_that_stand_for_one_another() -> None:
    course = Course(sections=(Section(parts=(Part((A,)), Part((B, C)), Part((C,), optional=True))),))

    rule = rule_of(course, ACTIVITIES)

    assert rule == {"all": [did(1), {"any": [did(2), did(3)]}]}
    assert parse(json.dumps(rule)) is not None


def test_of_one_part_it_is_that_one() -> None:
    assert rule_of(Course(sections=(Section(parts=(Part((A,)),)),)), ACTIVITIES) == did(1)
