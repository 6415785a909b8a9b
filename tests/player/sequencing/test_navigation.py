"""Which navigation requests are valid, and what they ask for (NB.2.1)."""

import pytest

from packages.model import ControlMode
from player.sequencing.navigation import Navigation, Request, navigation_request_process
from player.sequencing.run import Run
from player.sequencing.tracking import State, Track
from tests.player.sequencing.trees import FLOW, at, item, lessons, run_of, tree

pytestmark = pytest.mark.book("NB.2.1")

NO_FLOW = ControlMode(flow=False)
NO_CHOICE = ControlMode(choice=False, flow=True)
NO_EXIT = ControlMode(choice_exit=False, flow=True)
FORWARD_ONLY = ControlMode(flow=True, forward_only=True)


def run_at(current: str, *, active: bool = True, control: ControlMode = FLOW) -> Run:
    run = run_of(tree(item("m", *lessons("a", "b"), control=control), item("c")))
    run.current = at(run, current) if current else None
    for one in run.current.path if run.current else ():
        run.change(one, active=active)
    return run


def asked(run: Run, name: str, target: str = "") -> Navigation:
    return navigation_request_process(run, Request(name, target))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("start", ("", "start", "")),
        ("resumeAll", ("", "", "NB.2.1-3")),
        ("continue", ("", "", "NB.2.1-2")),
        ("previous", ("", "", "NB.2.1-2")),
        ("exit", ("", "", "NB.2.1-2")),
        ("exitAll", ("", "", "NB.2.1-2")),
        ("abandon", ("", "", "NB.2.1-2")),
        ("abandonAll", ("", "", "NB.2.1-2")),
        ("suspendAll", ("", "", "NB.2.1-2")),
        ("forward", ("", "", "NB.2.1-13")),
    ],
)
def test_before_anything_was_delivered(name: str, expected: tuple[str, str, str]) -> None:
    found = asked(run_at(""), name)

    assert (found.termination, found.sequencing, found.exception) == expected


@pytest.mark.parametrize(
    ("name", "active", "ended"),
    [
        ("start", ("", "", "NB.2.1-1"), ("", "", "NB.2.1-1")),
        ("resumeAll", ("", "", "NB.2.1-1"), ("", "", "NB.2.1-1")),
        ("continue", ("exit", "continue", ""), ("", "continue", "")),
        ("previous", ("exit", "previous", ""), ("", "previous", "")),
        ("exit", ("exit", "exit", ""), ("", "", "NB.2.1-12")),
        ("abandon", ("abandon", "exit", ""), ("", "", "NB.2.1-12")),
        ("exitAll", ("exitAll", "exit", ""), ("exitAll", "exit", "")),
        ("abandonAll", ("abandonAll", "exit", ""), ("abandonAll", "exit", "")),
        ("suspendAll", ("suspendAll", "exit", ""), ("suspendAll", "exit", "")),
    ],
)
def test_when_a_lesson_is_open_or_has_ended(
    name: str, active: tuple[str, str, str], ended: tuple[str, str, str]
) -> None:
    found = [asked(run_at("a", active=open_), name) for open_ in (True, False)]

    assert [(one.termination, one.sequencing, one.exception) for one in found] == [active, ended]


def test_what_was_suspended_can_be_resumed() -> None:
    run = run_at("")

    run.suspended = at(run, "b")

    assert asked(run, "resumeAll").sequencing == "resumeAll"


@pytest.mark.parametrize(
    ("control", "name", "exception"),
    [
        (NO_FLOW, "continue", "NB.2.1-4"),
        (NO_FLOW, "previous", "NB.2.1-5"),
        (FORWARD_ONLY, "previous", "NB.2.1-5"),
        (FORWARD_ONLY, "continue", ""),
    ],
)
def test_flow_must_be_allowed(control: ControlMode, name: str, exception: str) -> None:
    assert asked(run_at("b", control=control), name).exception == exception


def test_there_is_nothing_next_to_the_root() -> None:
    assert [asked(run_at("root"), name).exception for name in ("continue", "previous")] == ["NB.2.1-4", "NB.2.1-5"]


@pytest.mark.parametrize(
    ("control", "current", "target", "exception"),
    [
        (FLOW, "a", "b", ""),
        (FLOW, "", "b", ""),
        (FLOW, "a", "root", ""),
        (FLOW, "a", "nobody", "NB.2.1-11"),
        (NO_CHOICE, "a", "b", "NB.2.1-10"),
        (NO_CHOICE, "a", "c", ""),
        (NO_EXIT, "a", "b", ""),
        (NO_EXIT, "a", "c", "NB.2.1-8"),
        (NO_EXIT, "c", "a", ""),
    ],
)
def test_choice_must_be_allowed(control: ControlMode, current: str, target: str, exception: str) -> None:
    found = asked(run_at(current, control=control), "choice", target)

    assert found.exception == exception
    assert found.target is None or found.target.id == target


def test_a_lesson_may_not_let_learners_out_by_choice() -> None:
    run = run_at("a", control=FLOW)
    held = run_of(tree(item("a", control=ControlMode(choice_exit=False)), item("b")))
    held.current = at(held, "a")
    held.change(held.current, active=True)

    assert [asked(one, "choice", "b").exception for one in (run, held)] == ["", "NB.2.1-8"]


def test_jump_knows_no_rules_but_needs_an_activity_that_is_given() -> None:
    run = run_at("a", control=NO_CHOICE)
    without = run_of(run.tree, State(tracks={"m": Track(available=("a",))}))
    without.current = at(without, "a")

    assert [asked(run, "jump", name).exception for name in ("b", "nobody")] == ["", "NB.2.1-11"]
    assert asked(without, "jump", "b").exception == "NB.2.1-11"
    assert asked(run_at(""), "jump", "b").exception == "NB.2.1-2"


def test_jump_came_with_the_4th_edition() -> None:
    run = run_of(tree(*lessons("a", "b"), edition="3rd"))
    run.current = at(run, "a")

    assert asked(run, "jump", "b").exception == "NB.2.1-11"
