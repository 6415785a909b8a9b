"""What counts for a skill becomes a rule, and each place of the rule is a field of the form."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.outcomes.rules import reading
from lrs.outcomes.rules.language import nodes
from lrs.skills import asking
from lrs.skills.asking import Asks

OWN, COURSE = "https://example.org/s/haiphong/skills/1", uuid.UUID(int=7)
COURSES = {
    COURSE: {"all": [{"did": {"activity": "https://example.org/c1"}}, {"did": {"activity": "https://example.org/c2"}}]}
}
IRIS = some.lists(some.integers(1, 9).map("https://example.org/{}".format), max_size=3, unique=True).map(tuple)


@some.composite
def asks(draw: some.DrawFn) -> Asks:
    """Make up what counts for a skill."""
    return Asks(
        lessons=draw(IRIS),
        tag=draw(some.sampled_from(["", "an toàn"])),
        tagged=draw(some.integers(1, 4)),
        courses=draw(some.sampled_from([(), (COURSE,)])),
        others=draw(IRIS),
        confirmed=draw(some.booleans()),
        need=draw(some.integers(0, 9)),
    )


@given(asks())
def test_it_is_kept_as_it_was_said(said: Asks) -> None:
    assert asking.read(asking.write(said)) == said


@given(asks())
def test_whatever_is_said_is_a_rule_of_the_language_and_each_part_has_its_field(said: Asks) -> None:
    body = asking.rule_of(said, COURSES, OWN)

    parts = [*asking.parts(said, COURSES, OWN)]
    assert (body is None) == (not parts)
    if body is not None:
        rule = reading.read(body)
        top = [
            place
            for place, _ in nodes(rule)
            if place.count("/") == (0 if len(parts) == 1 and "atLeast" not in body else 2 + ("atLeast" in body))
        ]
        if len(parts) > 1 and "atLeast" not in body:
            assert [asking.field_of(f"{place}/did/activity", said, COURSES, OWN) for place in top] == [
                f for f, _ in parts
            ]


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (Asks(), None),
        (Asks(lessons=("a:1",)), {"did": {"activity": "a:1"}}),
        (Asks(lessons=("a:1",), need=1), {"did": {"activity": "a:1"}}),
        (Asks(lessons=("a:1", "a:2"), need=2), {"all": [{"did": {"activity": "a:1"}}, {"did": {"activity": "a:2"}}]}),
        (Asks(lessons=("a:1",), need=3), {"atLeast": {"n": 3, "of": [{"did": {"activity": "a:1"}}]}}),
        (Asks(tag="t", tagged=2), {"count": {"tag": "t", "atLeast": 2, "distinct": "activity"}}),
        (Asks(courses=(COURSE,)), COURSES[COURSE]),
        (Asks(courses=(uuid.UUID(int=8),)), None),
        (Asks(confirmed=True), {"confirmed": {"activity": OWN, "by": ["mentor", "administrator"]}}),
    ],
)
def test_the_rule_is_as_short_as_it_can_be(said: Asks, body: object) -> None:
    assert asking.rule_of(said, COURSES, OWN) == body


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ("/atLeast/n", "need"),
        ("/atLeast/of/0/did/activity", "lessons"),
        ("/atLeast/of/1/count/atLeast", "tag"),
        ("/atLeast/of/2/all/1/did/activity", "courses"),
        ("/atLeast/of/3/did/activity", "others"),
        ("/atLeast/of/4/confirmed/activity", "confirmed"),
        ("/atLeast/of/9/did", "need"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(place: str, field: str) -> None:
    said = Asks(("a:1",), "t", 1, (COURSE,), ("b:1",), confirmed=True, need=2)

    assert asking.field_of(place, said, COURSES, OWN) == field


def test_the_set_asks_for_all() -> None:
    one, other = {"did": {"activity": "a:1"}}, {"did": {"activity": "a:2"}}

    assert asking.rule_of_all([one]) == one
    assert asking.rule_of_all([one, other]) == {"all": [one, other]}
