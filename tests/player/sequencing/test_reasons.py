"""Why something cannot be chosen, as learners are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from packages.model import Condition, ConstrainedChoice, ControlMode, Item, LimitConditions
from player.sequencing.reasons import AFTER, DONE, FIRST, LATER, ORDER, PAST, SPENT, Why
from tests.player.sequencing.trees import Learner, item, lessons, mapped, rule, tree

if TYPE_CHECKING:
    from player.sequencing.tree import Tree

HALFWAY = {"completion_status": "incomplete", "success_status": "failed"}
WAITS = rule("disabled", Condition("satisfied", negated=True, objective="trước"))


def why(made: Tree, name: str) -> Why | None:
    """Ask why something cannot be chosen, when the first lesson was left undone and another one begun."""
    learner = Learner(made)
    learner.ask("continue", **HALFWAY)
    return learner.reply.contents.entry(name).why


def waiting(name: str, on: str) -> Item:
    objectives = (mapped(on, "trước", primary=False, read_satisfied_status=True),)
    return item(name, before=(WAITS,), objectives=objectives)


def telling(name: str) -> Item:
    return item(name, objectives=(mapped(name, write_satisfied_status=True),))


def test_what_waits_for_another_lesson_names_it() -> None:
    assert why(tree(telling("a"), item("b"), waiting("c", "a")), "c") == Why(AFTER, ("a",))


def test_what_lies_in_something_that_waits_says_the_same() -> None:
    module = item("m", *lessons("x"), before=(WAITS,), objectives=waiting("m", "a").sequencing.objectives)

    assert why(tree(telling("a"), item("b"), module), "x") == Why(AFTER, ("a",))


def test_what_can_be_chosen_or_is_not_shown_needs_no_reason() -> None:
    hidden = item("c", before=(rule("hiddenFromChoice", "always"),))

    assert why(tree(*lessons("a", "b"), hidden), "a") is None
    assert why(tree(*lessons("a", "b"), hidden), "c") is None


def test_what_lets_nobody_pass_is_named() -> None:
    stops = item("b", before=(rule("stopForwardTraversal", "not completed"),))
    learner = Learner(tree(item("a"), stops, item("c")))
    learner.ask("continue")
    learner.ask("choice", "b", completion_status="incomplete")
    learner.ask("choice", "a", completion_status="incomplete")

    assert learner.reply.contents.entry("c").why == Why(AFTER, ("b",))


@pytest.mark.parametrize(
    ("made", "name", "kind"),
    [
        (tree(item("a", limits=LimitConditions(attempts=1)), item("b")), "a", SPENT),
        (tree(item("a", before=(rule("disabled", "attempted"),)), item("b")), "a", LATER),
        (tree(item("a", before=(rule("disabled", "not satisfied"),)), item("b")), "a", LATER),
        (tree(*lessons("a", "b", "c"), control=ControlMode(flow=True, choice=False)), "c", ORDER),
        (tree(*lessons("a", "b"), control=ControlMode(flow=True, forward_only=True)), "a", PAST),
        (
            tree(item("a"), item("m", *lessons("x"), control=ControlMode(flow=True, choice_exit=False)), item("c")),
            "c",
            FIRST,
        ),
        (
            tree(*lessons("a", "b"), item("m", *lessons("x"), constrained=ConstrainedChoice(prevent_activation=True))),
            "x",
            ORDER,
        ),
    ],
)
def test_each_reason_has_its_kind(made: Tree, name: str, kind: str) -> None:
    assert why(made, name) == Why(kind)


def test_what_was_done_may_be_closed() -> None:
    learner = Learner(tree(item("a", before=(rule("disabled", "satisfied"),)), item("b")))
    learner.ask("continue", success_status="passed")

    assert learner.reply.contents.entry("a").why == Why(DONE)


def test_objectives_that_nobody_writes_are_waited_for_without_a_name() -> None:
    assert why(tree(item("a"), item("b"), waiting("c", "nobody")), "c") in {None, Why(LATER)}
