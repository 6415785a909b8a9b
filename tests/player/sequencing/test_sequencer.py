"""The sequencer as the player uses it."""

from typing import Any

import pytest

from packages.model import ControlMode, Item
from player.sequencing import sequencer
from player.sequencing.navigation import Request
from player.sequencing.sequencer import Visit
from player.sequencing.tracking import Progress, State
from player.sequencing.tree import Tree
from tests.player.sequencing.trees import Learner, item, lessons, mapped, tree

BOTH: dict[str, Any] = {"read_satisfied_status": True, "write_satisfied_status": True}
CHOICE_ALONE = ControlMode(flow=False)


def shared(*, global_: bool) -> Tree:
    return tree(item("a", objectives=(mapped("g", **BOTH),)), item("b"), objectives_global=global_)


def test_a_course_begins_with_its_first_lesson() -> None:
    learner = Learner(tree(*lessons("a", "b")))

    assert learner.at == "a"
    assert learner.reply.delivery is not None
    assert not learner.reply.delivery.resumed


@pytest.mark.parametrize(("items", "delivered"), [(lessons("a"), "a"), (lessons("a", "b"), "")])
def test_where_nothing_flows_the_only_lesson_is_delivered_and_among_several_the_learner_chooses(
    items: tuple[Item, ...], delivered: str
) -> None:
    learner = Learner(tree(*items, control=CHOICE_ALONE))

    assert learner.at == delivered
    assert learner.reply.contents.entry("a").selectable


def test_a_request_of_the_learner_comes_before_that_of_the_lesson() -> None:
    made = tree(*lessons("a", "b", "c"))
    visit = Visit({"adl.nav.request": "{target=c}choice"}, {})

    begun = sequencer.begin(made).state
    asked = sequencer.navigate(made, begun, Request("continue"), visit)
    silent = sequencer.navigate(made, begun, None, visit)

    assert [one.delivery and one.delivery.id for one in (asked, silent)] == ["b", "c"]


@pytest.mark.parametrize("exit_", ["time-out", "logout"])
def test_some_ways_out_come_before_everything(exit_: str) -> None:
    made = tree(*lessons("a", "b"))

    found = sequencer.navigate(made, sequencer.begin(made).state, Request("continue"), Visit({"cmi.exit": exit_}, {}))

    assert (found.ended, found.delivery) == (True, None)


def test_a_lesson_that_ends_without_asking_leaves_the_learner_where_it_was() -> None:
    made = tree(*lessons("a", "b"))

    found = sequencer.navigate(
        made, sequencer.begin(made).state, None, Visit({"cmi.completion_status": "completed"}, {})
    )

    assert (found.delivery, found.exception, found.ended) == (None, "", False)
    assert found.contents.entry("a").completed is True
    assert found.contents.requests["continue"]


@pytest.mark.parametrize("request_", ["abandon", "abandonAll"])
def test_what_is_abandoned_has_said_nothing(request_: str) -> None:
    learner = Learner(shared(global_=True))

    learner.ask(request_, success_status="passed")

    assert learner.state.objectives == {}
    assert learner.status("a") == (None, None)


def test_suspending_everything_and_resuming_leads_back_to_the_same() -> None:
    learner = Learner(tree(item("m", *lessons("a", "b")), item("c")))
    learner.ask("continue")
    learner.ask("suspendAll", location="3")

    assert (learner.at, learner.reply.ended, sequencer.goes_on(learner.tree, learner.state)) == ("", True, True)

    learner.reply = sequencer.resume(learner.tree, learner.state)

    assert learner.at == "b"
    assert learner.reply.delivery is not None
    assert learner.reply.delivery.resumed


def test_an_attempt_that_was_left_goes_on_if_something_in_it_is_suspended() -> None:
    made = tree(*lessons("a", "b"))
    begun = sequencer.begin(made).state

    left = [
        sequencer.navigate(made, begun, Request("exitAll"), Visit({"cmi.exit": exit_}, {})).state
        for exit_ in ("suspend", "normal")
    ]

    assert [sequencer.goes_on(made, one) for one in left] == [True, False]
    again = sequencer.resume(made, left[0])
    assert (again.delivery and again.delivery.id, again.delivery and again.delivery.resumed) == ("a", True)
    assert again.contents.entry("root").attempts == 1


@pytest.mark.parametrize(("global_", "kept"), [(True, {"g": Progress(satisfied=True)}), (False, {})])
def test_global_objectives_outlive_an_attempt_if_the_package_says_so(
    kept: dict[str, Progress], *, global_: bool
) -> None:
    learner = Learner(shared(global_=global_))
    learner.ask("exitAll", success_status="passed")

    left = sequencer.left_over(learner.tree, learner.state)

    assert left.objectives == kept
    assert sequencer.begin(learner.tree, carried=left).contents.entry("a").satisfied is (True if kept else None)


def test_attempts_are_kept_apart() -> None:
    learner = Learner(tree(*lessons("a", "b")))
    learner.ask("exitAll", success_status="passed")

    again = sequencer.begin(learner.tree, carried=sequencer.left_over(learner.tree, learner.state))

    assert (again.contents.entry("a").satisfied, again.contents.entry("a").attempts) == (None, 1)


def test_what_is_local_to_a_course_is_not_taken_from_others() -> None:
    carried = State(objectives={"g": Progress(satisfied=True)}, stores={"s": "words"})
    made = tree(*lessons("a"), objectives_global=False, shared_data_global=False)

    begun = sequencer.begin(made, carried=carried).state

    assert (begun.objectives, begun.stores) == ({}, {})


def test_others_may_change_what_is_global_while_an_attempt_is_suspended() -> None:
    learner = Learner(shared(global_=True))
    learner.ask("suspendAll", success_status="passed")
    others = State(objectives={"g": Progress(satisfied=False)})

    again = sequencer.resume(learner.tree, learner.state, others)

    assert again.delivery is not None
    assert again.delivery.given["cmi.objectives.0.success_status"] == "failed"


def test_what_was_carried_is_merged_by_name() -> None:
    one = State(objectives={"a": Progress(raw="1"), "b": Progress(raw="1")}, seed=4)
    other = State(objectives={"b": Progress(raw="2")}, stores={"s": "2"}, seed=5)

    assert sequencer.merged(one, other) == State(
        objectives={"a": Progress(raw="1"), "b": Progress(raw="2")}, stores={"s": "2"}, seed=4
    )


def test_a_request_that_is_not_valid_says_why_and_leaves_the_learner_a_way_on() -> None:
    learner = Learner(tree(*lessons("a", "b")))

    learner.ask("choice", "nobody")

    assert learner.reply.exception == "NB.2.1-11"
    assert learner.reply.contents.enabled


def test_the_trace_says_what_was_decided() -> None:
    learner = Learner(tree(*lessons("a", "b")))

    learner.ask("continue")

    processes = [step.process for step in learner.reply.trace]
    assert processes[0] == "NB.2.1"
    assert processes[-1] == "DB.2"
    assert {"UP.4", "TB.2.3", "SB.2.12"} <= set(processes)
