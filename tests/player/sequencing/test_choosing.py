"""Whether an activity may be reached by choice."""

from typing import Any

import pytest

from packages.model import ConstrainedChoice, ControlMode
from player.sequencing import choosing
from player.sequencing.flow import BACKWARD, FORWARD
from player.sequencing.run import Run
from player.sequencing.tracking import State, Track
from tests.player.sequencing.trees import at, item, lessons, rule, run_of, tree

HIDDEN: dict[str, Any] = {"before": (rule("hiddenFromChoice", "always"),)}
STOPS: dict[str, Any] = {"before": (rule("stopForwardTraversal", "always"),)}
NO_CHOICE: dict[str, Any] = {"control": ControlMode(choice=False, flow=True)}
NO_EXIT: dict[str, Any] = {"control": ControlMode(choice_exit=False, flow=True)}
FORWARD_ONLY: dict[str, Any] = {"control": ControlMode(flow=True, forward_only=True)}
PREVENTS: dict[str, Any] = {"constrained": ConstrainedChoice(prevent_activation=True)}
CONSTRAINS: dict[str, Any] = {"constrained": ConstrainedChoice(constrain_choice=True)}


def run_at(current: str | None, **said: dict[str, Any]) -> Run:
    """Stand somewhere in a course of four modules with two lessons each; `said` is what is said of an activity."""
    modules = [
        item(name, *(item(f"{name}{n}", **said.get(f"{name}{n}", {})) for n in (1, 2)), **said.get(name, {}))
        for name in "mnop"
    ]
    run = run_of(tree(*modules, **said.get("root", {})))
    run.current = at(run, current) if current else None
    for one in run.current.path if run.current else ():
        run.change(one, active=one is not run.current)
    return run


def why_not(run: Run, target: str) -> str:
    return choosing.why_not(run, at(run, target))


@pytest.mark.book("SB.2.9")
@pytest.mark.parametrize("current", [None, "root", "m", "m1", "m2", "p2"])
@pytest.mark.parametrize("target", ["root", "m1", "n", "n2", "p1"])
def test_without_a_word_about_it_everything_may_be_chosen(current: str | None, target: str) -> None:
    assert why_not(run_at(current), target) == ""


@pytest.mark.book("SB.2.9")
@pytest.mark.parametrize(
    ("current", "target", "said", "expected"),
    [
        ("m1", "n1", {"n1": HIDDEN}, "SB.2.9-3"),
        ("m1", "n1", {"n": HIDDEN}, "SB.2.9-3"),
        ("m1", "n1", {"n2": HIDDEN}, ""),
        ("m1", "n1", {"n": NO_CHOICE}, "SB.2.9-4"),
        ("m1", "n", {"n": NO_CHOICE}, ""),
        # among siblings
        ("m1", "m2", {"m1": STOPS}, "SB.2.4-1"),
        ("m1", "m2", {"m2": STOPS}, ""),
        ("m2", "m1", {"m1": STOPS, "m2": STOPS}, ""),
        ("m2", "m1", {"m": FORWARD_ONLY}, "SB.2.4-2"),
        ("m1", "m2", {"m": FORWARD_ONLY}, ""),
        # downwards
        (None, "n1", {"root": STOPS}, "SB.2.4-1"),
        ("root", "n1", {"n": STOPS}, "SB.2.4-1"),
        ("root", "n1", {"n": PREVENTS}, "SB.2.9-6"),
        ("root", "n", {"n": PREVENTS}, ""),
        # upwards
        ("m1", "root", {"m": NO_EXIT}, "SB.2.9-7"),
        ("m1", "m", {"m1": NO_EXIT}, "SB.2.9-7"),
        ("m1", "m", {"m": NO_EXIT}, ""),
        # elsewhere
        ("m1", "n1", {"m": NO_EXIT}, "SB.2.9-7"),
        ("m1", "n1", {"n": STOPS}, "SB.2.4-1"),
        ("n1", "m1", {"m": STOPS}, ""),
        ("m1", "n1", {"n": PREVENTS}, "SB.2.9-6"),
        ("n1", "m1", {"m": PREVENTS}, "SB.2.9-6"),
        ("n1", "m1", {"n": CONSTRAINS}, ""),
        ("n1", "o2", {"n": CONSTRAINS}, ""),
        ("m1", "o1", {"m": CONSTRAINS}, "SB.2.9-8"),
        ("o1", "m1", {"o": CONSTRAINS}, "SB.2.9-8"),
        ("m1", "o1", {"m1": CONSTRAINS}, ""),
    ],
)
def test_what_forbids_a_choice(current: str | None, target: str, said: dict[str, Any], expected: str) -> None:
    assert why_not(run_at(current, **said), target) == expected


@pytest.mark.book("SB.2.9")
def test_what_is_not_available_cannot_be_chosen() -> None:
    run = run_of(tree(*lessons("a", "b")), State(tracks={"root": Track(available=("b",))}))

    assert [why_not(run, name) for name in "ab"] == ["SB.2.9-2", ""]


@pytest.mark.book("SB.2.9")
def test_choosing_a_cluster_delivers_the_first_lesson_in_it() -> None:
    run = run_at("m1", o1={"before": (rule("skip", "always"),)})

    assert choosing.choice_sequencing_request_process(run, at(run, "o")).activity is at(run, "o2")


@pytest.mark.book("SB.2.9")
def test_choosing_a_cluster_with_nothing_to_deliver_leads_there_all_the_same() -> None:
    run = run_at("m1", o={"control": ControlMode(flow=False)})

    found = choosing.choice_sequencing_request_process(run, at(run, "o"))

    assert found == (None, "SB.2.9-9")
    assert run.current is at(run, "o")
    assert not run.track(at(run, "m")).active


@pytest.mark.book("SB.2.4")
@pytest.mark.parametrize(
    ("name", "direction", "said", "expected"),
    [
        ("m1", FORWARD, {"m1": STOPS}, "SB.2.4-1"),
        ("m1", FORWARD, {}, ""),
        ("m1", BACKWARD, {"m": FORWARD_ONLY}, "SB.2.4-2"),
        ("m1", BACKWARD, {"m1": STOPS}, ""),
        ("root", BACKWARD, {}, "SB.2.4-3"),
    ],
)
def test_what_forbids_to_pass_an_activity(name: str, direction: str, said: dict[str, Any], expected: str) -> None:
    run = run_at(None, **said)

    assert choosing.choice_activity_traversal_subprocess(run, at(run, name), direction) == expected


@pytest.mark.book("SB.2.9.1")
@pytest.mark.book("SB.2.9.2")
@pytest.mark.parametrize(
    ("name", "direction", "expected"),
    [
        ("m", FORWARD, "n"),
        ("n", BACKWARD, "m"),
        ("m2", FORWARD, "n"),
        ("n1", BACKWARD, "m"),
        ("p", FORWARD, "p"),
        ("m", BACKWARD, "m"),
        ("root", FORWARD, "root"),
    ],
)
def test_what_is_next_to_a_constrained_activity(name: str, direction: str, expected: str) -> None:
    run = run_at(None)
    beside = choosing.choice_flow_tree_traversal_subprocess(run, at(run, name), direction)

    assert choosing.choice_flow_subprocess(run, at(run, name), direction).id == expected
    assert (beside is None) == (name == expected)
