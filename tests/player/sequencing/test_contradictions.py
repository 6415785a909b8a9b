"""Packages that contradict themselves: the learner is given a way on, the author a trace, and everything comes to an end."""

from __future__ import annotations

from typing import Any

import pytest

from packages.model import ControlMode, Item, Objective, ObjectiveMap, Organisation, Text
from player.sequencing import sequencer
from player.sequencing.navigation import Request
from player.sequencing.tracking import State
from player.sequencing.tree import Tree
from tests.player.sequencing.trees import Learner, item, lessons, mapped, rule, tree

NEITHER = ControlMode(choice=False, flow=False)
ALWAYS = rule("skip", "always")


def ways_on(learner: Learner) -> list[str]:
    found = learner.reply.contents
    return [one.id for one in found.entries if one.selectable or one.jump] + [
        name for name, on in found.requests.items() if on
    ]


@pytest.mark.parametrize("action", ["retry", "previous", "continue", "retryAll", "exitParent"])
def test_rules_that_lead_round_and_round_deliver_and_let_learners_out(action: str) -> None:
    learner = Learner(tree(*lessons("a", "b", after=(rule(action, "always"),))))

    for _ in range(20):
        learner.ask("continue")
    learner.ask("exitAll")

    assert learner.reply.ended


def test_clusters_that_send_learners_to_each_other_come_to_an_end() -> None:
    back, on = (rule("previous", "always"),), (rule("continue", "always"),)
    learner = Learner(tree(item("m", item("a", after=on)), item("n", item("b", after=back))))

    assert [learner.ask("continue") for _ in range(4)] == ["b", "a", "b", "a"]


def test_a_course_that_skips_everything_ends() -> None:
    learner = Learner(tree(*lessons("a", "b", before=(ALWAYS,))))

    assert (learner.at, learner.reply.ended) == ("", True)
    assert any(step.outcome == "skipped" for step in learner.reply.trace)


def test_a_course_in_which_everything_is_disabled_says_so() -> None:
    learner = Learner(tree(*lessons("a", "b", before=(rule("disabled", "always"),))))

    assert (learner.at, learner.reply.exception) == ("", "SB.2.2-2")
    assert any(step.outcome == "disabled" for step in learner.reply.trace)


@pytest.mark.parametrize("items", [lessons("a"), lessons("a", "b")])
def test_a_course_that_neither_flows_nor_lets_choose_says_so(items: tuple[Item, ...]) -> None:
    learner = Learner(tree(*items, control=NEITHER))

    assert learner.at == ""
    assert learner.reply.exception == "SB.2.2-1"
    assert not learner.reply.ended


def test_a_module_that_neither_flows_nor_lets_choose_is_passed_by_choosing_what_follows() -> None:
    learner = Learner(tree(item("a"), item("m", item("b"), control=NEITHER), item("c")))

    learner.ask("continue")

    assert learner.at == ""
    assert learner.ask("choice", "c") == "c"


def test_rules_about_objectives_that_are_not_there_never_hold() -> None:
    from packages.model import Condition

    gone = Condition("satisfied", negated=True, objective="gone")
    learner = Learner(tree(item("a"), item("b", before=(rule("disabled", gone), rule("skip", gone)))))

    assert learner.ask("continue") == "b"


@pytest.mark.parametrize("by_measure", [True, False])
def test_objectives_that_are_mapped_to_themselves_and_to_each_other_settle(*, by_measure: bool) -> None:
    everything: dict[str, Any] = {name: True for name in ObjectiveMap.__slots__ if name != "target"}
    round_ = Objective(
        "a",
        primary=True,
        by_measure=by_measure,
        maps=(ObjectiveMap("a", **everything), ObjectiveMap("b", **everything)),
    )
    other = mapped("a", "b", **everything)
    learner = Learner(
        tree(item("m", item("x", objectives=(round_,)), objectives=(other,)), item("y", objectives=(other,)))
    )

    learner.ask("continue", success_status="passed", score__scaled="0.5", completion_status="incomplete")

    assert learner.at == "y"
    assert learner.state.objectives["a"].measure == 0.5


def test_two_objectives_of_one_name_are_one() -> None:
    said = (Objective("o", primary=True), Objective("o"))

    assert Learner(tree(item("a", objectives=said))).at == "a"


@pytest.mark.parametrize("edition", ["4th", "3rd", "2nd", "5th", ""])
def test_any_edition_plays(edition: str) -> None:
    learner = Learner(tree(*lessons("a", "b"), edition=edition))

    assert learner.ask("continue") == "b"


def test_a_course_without_anything_says_so() -> None:
    reply = sequencer.begin(Tree(Organisation("", Text.of(""))))

    assert [one.leaf for one in reply.contents.entries] == [True]


@pytest.mark.parametrize(
    "state",
    [
        State(current="gone", suspended="gone"),
        State(current="m"),
        State(suspended="m"),
        State(suspended="a", ended=True),
        State(seed=-1),
    ],
)
def test_a_state_of_another_version_of_the_package_leaves_a_way_on(state: State) -> None:
    made = tree(item("m", *lessons("a", "b")), item("c"))
    learner = Learner(made)

    for ask in (sequencer.resume, sequencer.navigate):
        learner.reply = ask(made, state)
        assert ways_on(learner)


@pytest.mark.parametrize("name", ["", "dance", "start", "resumeAll", "retry", "_none_"])
def test_requests_that_nobody_can_make_change_nothing(name: str) -> None:
    made = tree(*lessons("a", "b"))
    begun = sequencer.begin(made).state

    found = sequencer.navigate(made, begun, Request(name, "b"))

    assert (found.state, found.delivery, found.exception[:5]) == (begun, None, "NB.2.")


def test_a_deep_tree_and_a_wide_one_play() -> None:
    deep = item("d0")
    for n in range(1, 90):
        deep = item(f"d{n}", deep)
    learner = Learner(tree(deep, *lessons(*(f"w{n}" for n in range(1500)), before=(ALWAYS,)), item("z")))

    assert learner.at == "d0"
    assert learner.ask("continue") == "z"
