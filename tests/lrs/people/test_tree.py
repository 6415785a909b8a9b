"""Units stand in a tree on every day, or what somebody wants is refused with the day on which it would not be one."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrs.people import tree
from lrs.people.tree import NoSuchTree, Span, Tree

CITY, DISTRICT, WARD, OTHER = (UUID(int=number) for number in range(1, 5))
BEGIN, TURN, LATER = date(2020, 1, 1), date(2025, 7, 1), date(2026, 1, 1)

THREE_TIERS = [Span(CITY, None, BEGIN), Span(DISTRICT, CITY, BEGIN), Span(WARD, DISTRICT, BEGIN)]


def test_a_day_has_its_own_tree() -> None:
    spans = tree.ended(tree.moved(THREE_TIERS, WARD, CITY, TURN), DISTRICT, TURN)

    before, after = Tree(spans, TURN - timedelta(days=1)), Tree(spans, TURN)

    assert (before.below(None), before.below(CITY), before.below(DISTRICT)) == ([CITY], [DISTRICT], [WARD])
    assert (after.below(None), after.below(CITY)) == ([CITY], [WARD])
    assert DISTRICT not in after
    assert before.all_below(CITY) == {CITY, DISTRICT, WARD}
    assert after.all_below(DISTRICT) == set()
    assert [*before.above(WARD)] == [DISTRICT, CITY]
    assert CITY not in Tree(spans, BEGIN - timedelta(days=1))


@pytest.mark.parametrize(
    ("spans", "says"),
    [
        ([Span(CITY, CITY, BEGIN)], "itself"),
        ([Span(CITY, WARD, BEGIN), Span(WARD, CITY, BEGIN)], "itself"),
        ([Span(CITY, None, BEGIN, TURN), Span(CITY, WARD, TURN), Span(WARD, CITY, BEGIN)], "01/07/2025"),
        ([Span(CITY, None, BEGIN), Span(CITY, None, TURN)], "two places"),
        ([Span(CITY, None, BEGIN, LATER), Span(CITY, None, TURN)], "two places"),
        ([Span(WARD, CITY, BEGIN)], "does not exist"),
        ([Span(WARD, CITY, BEGIN), Span(CITY, None, TURN)], "01/01/2020"),
        ([Span(CITY, None, BEGIN, TURN), Span(WARD, CITY, BEGIN)], "01/07/2025"),
        ([Span(CITY, None, TURN, TURN)], "before it has begun"),
        ([Span(CITY, None, TURN, BEGIN)], "before it has begun"),
    ],
)
def test_what_cannot_be_is_refused_with_the_day(spans: list[Span], says: str) -> None:
    with pytest.raises(NoSuchTree) as told:
        tree.check(spans)

    assert says in str(told.value.detail)


def test_what_can_be_is_accepted() -> None:
    tree.check([])
    tree.check(THREE_TIERS)
    tree.check([Span(CITY, None, BEGIN, TURN), Span(CITY, None, LATER)])  # it was away for a while
    tree.check([Span(WARD, DISTRICT, BEGIN, TURN), Span(DISTRICT, None, BEGIN, TURN)])  # both end on one day


@pytest.mark.parametrize(
    "change",
    [
        lambda: tree.moved(THREE_TIERS, CITY, WARD, TURN),
        lambda: tree.moved(THREE_TIERS, WARD, WARD, TURN),
        lambda: tree.moved(THREE_TIERS, WARD, OTHER, TURN),
        lambda: tree.moved(THREE_TIERS, OTHER, CITY, TURN),
        lambda: tree.moved(THREE_TIERS, WARD, CITY, BEGIN - timedelta(days=1)),
        lambda: tree.ended(THREE_TIERS, DISTRICT, TURN),
        lambda: tree.ended(THREE_TIERS, DISTRICT, BEGIN),
        lambda: tree.made(THREE_TIERS, OTHER, WARD, BEGIN - timedelta(days=1)),
        lambda: tree.made(THREE_TIERS, WARD, CITY, TURN),
    ],
)
def test_a_change_that_cannot_be_is_refused(change: object) -> None:
    with pytest.raises(NoSuchTree):
        change()  # type: ignore[operator]


def test_a_move_on_the_first_day_leaves_nothing_of_the_old_place() -> None:
    spans = tree.moved(THREE_TIERS, WARD, CITY, BEGIN)

    assert [span for span in spans if span.unit == WARD] == [Span(WARD, CITY, BEGIN)]


def test_a_unit_that_was_dissolved_does_not_come_back_by_an_earlier_plan() -> None:
    planned = tree.moved(THREE_TIERS, WARD, CITY, LATER)

    assert [span for span in tree.ended(planned, WARD, TURN) if span.unit == WARD] == [
        Span(WARD, DISTRICT, BEGIN, TURN)
    ]


def test_a_unit_that_was_made_by_mistake_is_gone_the_same_day() -> None:
    assert tree.ended(THREE_TIERS, WARD, BEGIN) == THREE_TIERS[:2]


def test_a_unit_lasts_until_its_last_span_without_a_break_ends() -> None:
    moved = tree.ended(tree.moved(THREE_TIERS, WARD, CITY, TURN), WARD, LATER)

    assert tree.lasts_until(moved, WARD, BEGIN) == LATER
    assert tree.lasts_until(moved, CITY, BEGIN) is None


UNITS = [uuid4() for _ in range(4)]
DAYS = [BEGIN + timedelta(days=number) for number in range(5)]
deeds = some.tuples(
    some.sampled_from(["made", "moved", "ended"]),
    some.sampled_from(UNITS),
    some.sampled_from([None, *UNITS]),
    some.sampled_from(DAYS),
)


@given(some.lists(deeds, max_size=25))
def test_whatever_is_tried_every_day_has_a_tree(tried: list[tuple[str, UUID, UUID | None, date]]) -> None:
    spans: list[Span] = []
    for deed, unit, parent, day in tried:
        try:
            spans = tree.ended(spans, unit, day) if deed == "ended" else getattr(tree, deed)(spans, unit, parent, day)
        except NoSuchTree:
            continue

    for day in DAYS:
        those = Tree(spans, day)
        assert all(parent is None or parent in those for parent in those.parents.values())
        # Every unit hangs on the top: whoever walks down meets each exactly once.
        met = [each for top in those.below(None) for each in those.all_below(top)]
        assert sorted(met) == sorted(those.parents)
