"""What is kept is enough: in any order, sent twice, voided before or after, written down and read in between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from lrs.outcomes.rules.evaluate import Worn, judge
from lrs.outcomes.rules.state import KEPT, State, state_of
from tests.lrs.outcomes.rules.made import (
    FACTS,
    FINAL,
    LESSONS,
    RULES,
    THREE_PARTS,
    fact,
    judged,
    version,
)

if TYPE_CHECKING:
    from lrs.outcomes.rules.facts import Fact

DONE = {"did": {"activity": LESSONS[0]}}
IDS = some.integers(1, 40).map(lambda number: UUID(int=number))


def told(state: State, events: list[Fact | UUID]) -> State:
    for event in events:
        if isinstance(event, UUID):
            state.void(event)
        else:
            state.take(event)
    return state


@settings(deadline=None)
@given(said=RULES, facts=FACTS, data=some.data())
def test_the_order_of_statements_does_not_matter(said: Any, facts: list[Fact], data: some.DataObject) -> None:
    shuffled = data.draw(some.permutations(facts))

    assert judge(state_of(version(said), shuffled)) == judge(state_of(version(said), facts))


@settings(deadline=None)
@given(said=RULES, facts=FACTS, data=some.data())
def test_what_comes_again_changes_nothing(said: Any, facts: list[Fact], data: some.DataObject) -> None:
    assume(facts)
    again = data.draw(some.lists(some.sampled_from(facts)))
    state = state_of(version(said), facts)
    before = state.dumps()

    assert [state.take(each) for each in again] == [False] * len(again)
    assert state.dumps() == before


@settings(deadline=None)
@given(said=RULES, facts=FACTS, gone=some.sets(IDS, max_size=8), data=some.data())
def test_a_voided_statement_is_one_that_never_came(
    said: Any, facts: list[Fact], gone: set[UUID], data: some.DataObject
) -> None:
    again = data.draw(some.lists(some.sampled_from(facts), max_size=5)) if facts else []
    events: list[Fact | UUID] = data.draw(some.permutations([*facts, *gone, *again]))

    state = told(State(version(said)), events)

    never = [each for each in facts if each.id not in gone]
    assert judged(state, facts, gone) == judge(state_of(version(said), never))


@settings(deadline=None)
@given(said=RULES, facts=FACTS, gone=some.sets(IDS, max_size=8))
def test_step_by_step_is_the_same_as_all_at_once(said: Any, facts: list[Fact], gone: set[UUID]) -> None:
    state = state_of(version(said), [], gone)

    for number, each in enumerate(facts, start=1):
        state.take(each)
        assert judge(state) == judge(state_of(version(said), facts[:number], gone))


@settings(deadline=None)
@given(said=RULES, facts=FACTS, gone=some.sets(IDS, max_size=8), data=some.data())
def test_a_state_that_was_written_down_goes_on_as_if_it_had_not_been(
    said: Any, facts: list[Fact], gone: set[UUID], data: some.DataObject
) -> None:
    events: list[Fact | UUID] = data.draw(some.permutations([*facts, *gone]))
    cut = data.draw(some.integers(0, len(events)))
    at_once = told(State(version(said)), events)

    first = told(State(version(said)), events[:cut])
    read = State.loads(version(said), first.dumps())
    assert read == first
    assert read.dumps() == first.dumps()
    assert told(read, events[cut:]).dumps() == at_once.dumps()


@settings(deadline=None)
@given(said=RULES, facts=FACTS)
def test_whoever_says_that_nothing_changed_is_right(said: Any, facts: list[Fact]) -> None:
    state = State(version(said))

    for each in facts:
        before = state.dumps()
        assert state.take(each) == (state.dumps() != before)


def test_a_state_does_not_grow_with_what_is_sent_again_and_again() -> None:
    few, many = state_of(version(DONE), map(fact, range(10))), state_of(version(DONE), map(fact, range(1000)))

    assert few.dumps() == many.dumps()
    assert len(many.dumps()) < 500


def test_a_learner_who_has_done_everything_fits_into_some_kilobytes() -> None:
    facts = [fact(number, lesson) for number, lesson in enumerate(LESSONS)]
    facts += [fact(100 + number, lesson, "terminated", duration=1) for number, lesson in enumerate(LESSONS)]
    state = state_of(version(THREE_PARTS), [*facts, fact(200, FINAL, score=0.9)])

    assert len(state.dumps()) < 3000


def test_the_next_stand_in_for_those_that_are_voided() -> None:
    state = state_of(version(DONE), map(fact, range(1, 20)))

    for number in range(1, KEPT):
        state.void(UUID(int=number))
        assert judge(state).evidence == (UUID(int=number + 1),)


def test_when_all_that_was_kept_is_voided_a_state_says_that_it_cannot_tell() -> None:
    state = state_of(version(DONE), map(fact, range(1, KEPT + 2)))
    for number in range(1, KEPT + 1):
        assert not state.worn
        state.void(UUID(int=number))

    assert state.worn
    assert State.loads(state.plan, state.dumps()).worn
    state.take(fact(30))  # it may stand behind what was pushed out
    with pytest.raises(Worn):
        judge(state)


def test_a_state_is_not_worn_when_nothing_was_pushed_out() -> None:
    state = state_of(version(DONE), map(fact, range(1, KEPT + 1)), [UUID(int=number) for number in range(1, 9)])

    assert not state.worn
    assert not judge(state).met


def test_a_statement_that_is_voided_before_it_comes_does_not_count() -> None:
    state = State(version(DONE))

    assert state.void(UUID(int=1))
    assert not state.void(UUID(int=1))
    assert not state.take(fact(1))
    assert state.take(fact(2))


def test_a_state_that_forgets_what_was_pushed_out_would_be_found() -> None:
    state = state_of(version(DONE), map(fact, range(1, KEPT + 2)))
    forgetful = State.loads(state.plan, state.dumps())
    forgetful.lost.clear()
    for number in range(1, KEPT + 1):
        forgetful.void(UUID(int=number))

    assert not judge(forgetful).met  # wrong: the fifth has done it
    assert judge(state_of(state.plan, [fact(KEPT + 1)])).met


def test_a_batch_of_one_moment_is_ordered_by_what_the_statements_say_of_themselves() -> None:
    last = {"score": {"activity": FINAL, "atLeast": 0.8, "which": "last"}}
    stored = fact(9).stored
    early = replace(fact(2, FINAL, score=0.4), stored=stored)
    late = replace(fact(1, FINAL, score=0.9), stored=stored, timestamp=stored - 1)

    assert judge(state_of(version(last), [late, early])).have == 0.9
