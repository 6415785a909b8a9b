"""Which children a learner is given, and in which order."""

from collections import Counter
from typing import Any

import pytest

from packages.model import Randomization
from player.sequencing import selection, sequencer
from player.sequencing.tracking import State
from player.sequencing.tree import Tree
from tests.player.sequencing.trees import Learner, lessons, run_of, tree

NAMES = "abcdefgh"


def given(made: Tree, seed: int = 0) -> list[str]:
    run = run_of(made, State(seed=seed))
    selection.prepare(run)
    return [one.id for one in run.children(run.tree.root)]


def of(**said: Any) -> Tree:
    return tree(*lessons(*NAMES), randomization=Randomization(**said))


@pytest.mark.book("SR.1")
@pytest.mark.parametrize("when", ["once", "onEachNewAttempt"])
def test_as_many_children_are_selected_as_asked_for_in_their_order(when: str) -> None:
    found = [given(of(select=3, select_when=when), seed) for seed in range(20)]

    assert all(len(one) == 3 and one == sorted(one) for one in found)
    assert len({tuple(one) for one in found}) > 5


@pytest.mark.book("SR.1")
@pytest.mark.parametrize(("select", "given_"), [(None, 8), (9, 8), (2**31, 8), (8, 8), (0, 0)])
def test_a_selection_is_never_larger_than_the_set(select: int | None, given_: int) -> None:
    assert len(given(of(select=select, select_when="once"))) == given_


@pytest.mark.book("SR.1")
@pytest.mark.book("SR.2")
def test_without_a_time_nothing_is_selected_nor_shuffled() -> None:
    assert given(of(select=3, reorder=True)) == list(NAMES)


@pytest.mark.book("SR.2")
def test_all_orders_are_as_likely() -> None:
    made = of(reorder=True, reorder_when="once")
    found = [given(made, seed) for seed in range(400)]

    assert all(sorted(one) == list(NAMES) for one in found)
    firsts = Counter(one[0] for one in found)
    assert set(firsts) == set(NAMES)
    assert max(firsts.values()) < 100


@pytest.mark.book("SR.2")
def test_the_same_seed_gives_the_same_order() -> None:
    made = of(reorder=True, reorder_when="once", select=4, select_when="once")

    assert given(made, 5) == given(made, 5) != given(made, 6)


@pytest.mark.book("SR.1")
@pytest.mark.parametrize(("when", "changes"), [("once", False), ("onEachNewAttempt", True)])
def test_a_new_attempt_may_have_a_selection_of_its_own(when: str, *, changes: bool) -> None:
    run = run_of(of(select=3, select_when=when), State(seed=1))
    selection.prepare(run)
    root = run.tree.root
    found = set()

    for attempt in range(1, 8):
        run.change(root, attempts=attempt)
        selection.prepare_next_attempt(run, root)
        found.add(run.children(root))

    assert (len(found) > 1) == changes


@pytest.mark.book("SR.1")
@pytest.mark.parametrize("now", ["active", "suspended"])
def test_an_attempt_that_is_under_way_keeps_its_children(now: str) -> None:
    run = run_of(of(select=3, select_when="onEachNewAttempt"), State(seed=1))
    selection.prepare(run)
    root = run.tree.root
    before = run.children(root)

    run.change(root, attempts=1, **{now: True})
    for _ in range(5):
        selection.prepare_next_attempt(run, root)

    assert run.children(root) == before


def test_only_what_was_selected_is_delivered_and_shown() -> None:
    learner = Learner(of(select=2, select_when="once"), seed=3)
    shown = [one.id for one in learner.reply.contents.entries if one.shown and one.leaf]

    delivered = [learner.at, learner.ask("continue"), learner.ask("continue")]

    assert delivered == [*shown, ""]
    assert learner.reply.ended


def test_what_may_be_chosen_is_what_will_be_given_when_it_is_resumed() -> None:
    made = of(select=3, select_when="onEachNewAttempt", reorder=True, reorder_when="onEachNewAttempt")
    learner = Learner(made, seed=9)
    shown = {one.id for one in learner.reply.contents.entries if one.shown}

    learner.ask("suspendAll")
    resumed = sequencer.resume(made, learner.state)

    assert {one.id for one in resumed.contents.entries if one.shown} == shown
