"""How full a skill is follows from what was done, in any order, and never from how it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as some

from lrs.outcomes.rules.evaluate import judge
from lrs.outcomes.rules.language import COMPLETED
from lrs.outcomes.rules.state import State
from lrs.skills import asking
from lrs.skills.asking import Asks
from lrs.skills.filling import Filling, filled
from tests.lrs.outcomes.rules.made import fact, version

if TYPE_CHECKING:
    from lrs.outcomes.rules.facts import Fact

LESSONS = tuple(f"https://example.org/{number}" for number in range(1, 5))
RULE = version(asking.rule_of(Asks(lessons=LESSONS, need=3), {}, ""))


def told(facts: list[Fact]) -> Filling:
    state = State(RULE)
    for each in facts:
        state.take(each)
    return filled(judge(state))


def facts() -> list[Fact]:
    return [fact(number + 1, LESSONS[number % 4], COMPLETED) for number in range(6)]


@given(some.permutations(facts()), some.integers(0, 6))
def test_the_same_in_any_order_and_twice(found: list[Fact], count: int) -> None:
    some_of = found[:count]

    assert told(some_of) == told(sorted(some_of, key=lambda each: each.id)) == told(some_of + some_of)


def test_it_fills_part_by_part() -> None:
    each = [(one.have, one.need, one.whole) for one in (told(facts()[:count]) for count in range(5))]

    assert each == [(0, 3, False), (1, 3, False), (2, 3, False), (3, 3, True), (3, 3, True)]


def test_what_was_awarded_is_full_whatever_is_asked_now() -> None:
    assert filled(judge(State(RULE)), got=True) == Filling(3, 3, 1000)
