"""An award is given once, by the statement that decides; what it rests on may go, and then a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from lrs.outcomes.rules.awards import Award, Change, Event, Review, anew, dry_run, follow, settle
from lrs.outcomes.rules.evaluate import judge
from lrs.outcomes.rules.state import KEPT, State
from tests.lrs.outcomes.rules.made import FACTS, FINAL, LESSONS, RULES, fact, version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrs.outcomes.rules.plan import Plan

DONE = {"did": {"activity": LESSONS[0]}}
LAST = {"score": {"activity": FINAL, "atLeast": 0.8, "which": "last"}}
IDS = some.integers(1, 40).map(lambda number: UUID(int=number))


@some.composite
def logs(draw: some.DrawFn) -> list[Event]:
    """Make up what comes of one learner: statements, voidings, some of them twice."""
    events: list[Event] = [*draw(FACTS), *draw(some.lists(IDS, max_size=8))]
    again = draw(some.lists(some.sampled_from(events), max_size=5)) if events else []
    return draw(some.permutations([*events, *again]))


def followed(plan: Plan, events: list[Event], cuts: set[int]) -> Iterator[tuple[int, Award | Review]]:
    """Follow a learner as a follower does, who is killed after each of some events and goes on with what was written down."""
    state, award = State(plan), None
    for number, event in enumerate(events):
        if number in cuts:
            state = State.loads(plan, state.dumps())
        result = follow(state, event, award)
        if state.worn:
            state = anew(plan, events[: number + 1])
            result = settle(state, event, award)
        if result is not None:
            yield number, result
        if isinstance(result, Award):
            award = result


@settings(deadline=None)
@given(said=RULES, events=logs(), cuts=some.sets(some.integers(0, 40)))
def test_whoever_is_killed_when_the_same_follows(said: Any, events: list[Event], cuts: set[int]) -> None:
    plan = version(said)

    assert list(followed(plan, events, cuts)) == list(followed(plan, events, set()))


@settings(deadline=None)
@given(said=RULES, events=logs())
def test_an_award_is_given_at_the_first_moment_at_which_the_rule_is_met(said: Any, events: list[Event]) -> None:
    plan = version(said)

    first = next((each for each in followed(plan, events, set())), None)

    met = [number for number in range(len(events)) if judge(anew(plan, events[: number + 1])).met]
    assert (first is None) == (not met)
    if first is not None:
        number, award = first
        event = events[number]
        assert number == met[0]
        assert isinstance(award, Award)
        assert award.decided == (event if isinstance(event, UUID) else event.id)
        assert award.evidence == judge(anew(plan, events[: number + 1])).evidence


@settings(deadline=None)
@given(said=RULES, events=logs())
def test_an_award_rests_on_what_is_not_void_or_a_person_is_asked(said: Any, events: list[Event]) -> None:
    plan = version(said)
    results = dict(followed(plan, events, set()))

    award, asked = None, False
    for number, event in enumerate(events):
        result = results.get(number)
        asked |= isinstance(result, Review)
        if isinstance(result, Award):
            assert award is None or result.decided == award.decided
            award = result
        if isinstance(result, Review):
            assert result.voided == event
            assert not judge(anew(plan, events[: number + 1])).met
        void = {each for each in events[: number + 1] if isinstance(each, UUID)}
        assert award is None or asked or not void & set(award.evidence)


def test_an_award_is_given_once() -> None:
    state = State(version(DONE))

    award = follow(state, fact(1), None)

    assert award == Award(UUID(int=1), (UUID(int=1),))
    assert isinstance(award, Award)
    assert [follow(state, each, award) for each in (fact(1), fact(2), fact(0))] == [None, None, None]


def test_what_stands_in_for_a_voided_statement_keeps_the_award() -> None:
    state = State(version(DONE))
    award = follow(state, fact(1), None)
    assert isinstance(award, Award)
    follow(state, fact(2), award)

    on_another = follow(state, UUID(int=1), award)
    assert on_another == Award(UUID(int=1), (UUID(int=2),))
    assert isinstance(on_another, Award)
    review = follow(state, UUID(int=2), on_another)
    assert isinstance(review, Review)
    assert (review.voided, review.finding.met) == (UUID(int=2), False)


def test_the_voiding_of_something_else_asks_nobody() -> None:
    state = State(version(DONE))
    award = follow(state, fact(1), None)
    assert isinstance(award, Award)

    assert follow(state, UUID(int=9), award) is None


def test_a_later_low_score_takes_nothing_and_asks_nobody() -> None:
    state = State(version(LAST))
    award = follow(state, fact(1, FINAL, score=0.9), None)
    assert isinstance(award, Award)

    assert follow(state, fact(2, FINAL, score=0.1), award) is None
    assert not judge(state).met


def test_a_voiding_can_decide() -> None:
    state = State(version(LAST))
    follow(state, fact(1, FINAL, score=0.9), None)
    low = State(version(LAST))
    for each in (fact(2, FINAL, score=0.1), fact(1, FINAL, score=0.9)):
        assert follow(low, each, None) is None

    assert follow(low, UUID(int=2), None) == Award(UUID(int=2), (UUID(int=1),))


def test_a_worn_state_says_nothing_until_it_is_made_anew() -> None:
    events: list[Event] = [*map(fact, range(1, KEPT + 2)), *(UUID(int=number) for number in range(1, KEPT + 1))]

    results = [result for _, result in followed(version(DONE), events, set())]

    assert [each.evidence for each in results if isinstance(each, Award)] == [
        (UUID(int=number),) for number in range(1, KEPT + 2)
    ]
    assert len(results) == KEPT + 1


def test_a_dry_run_tells_who_would_gain_and_who_would_lose() -> None:
    before, after = version(DONE), version({"did": {"activity": LESSONS[1]}})
    learners: list[tuple[str, list[Event]]] = [
        ("both", [fact(1), fact(2, LESSONS[1])]),
        ("gains", [fact(3, LESSONS[1])]),
        ("loses", [fact(4)]),
        ("voided", [fact(5), UUID(int=5)]),
    ]

    assert dry_run(before, after, learners) == Change(("gains",), ("loses",))
    assert dry_run(None, after, learners) == Change(("both", "gains"), ())
    assert dry_run(after, after, learners) == Change((), ())
