"""How what is open is left."""

from typing import Any

import pytest

from packages.model import Item, Rule
from player.sequencing import termination
from player.sequencing.run import Run
from player.sequencing.termination import Termination
from player.sequencing.tracking import State
from tests.player.sequencing.trees import at, item, lessons, rule, run_of, tree

NAMES = ("root", "m", "n", "a")


def run_at(
    current: str = "a", *, of_lesson: tuple[Rule, ...] = (), of_n: tuple[Rule, ...] = (), of_root: tuple[Rule, ...] = ()
) -> Run:
    """Stand in a lesson that lies three levels deep."""
    lesson: Item = item("a", after=of_lesson)
    run = run_of(tree(item("m", item("n", lesson, item("b"), after=of_n)), item("c"), after=of_root))
    run.current = at(run, current)
    for one in run.current.path:
        run.change(one, active=True, attempts=1)
    return run


def standing(run: Run, what: str) -> list[str]:
    return [name for name in NAMES if getattr(run.track(at(run, name)), what)]


@pytest.mark.book("TB.2.3")
@pytest.mark.parametrize(
    ("request_", "active", "current"),
    [
        ("exit", ["root", "m", "n"], "a"),
        ("exitAll", [], "root"),
        ("suspendAll", [], "root"),
        ("abandon", ["root", "m", "n"], "a"),
        ("abandonAll", [], "root"),
    ],
)
def test_what_a_request_ends(request_: str, active: list[str], current: str) -> None:
    run = run_at()

    found = termination.termination_request_process(run, request_)

    assert found.exception == ""
    assert standing(run, "active") == active
    assert run.current is at(run, current)


@pytest.mark.book("TB.2.3")
def test_what_is_suspended_with_everything_is_found_again() -> None:
    run = run_at()

    termination.termination_request_process(run, "suspendAll")

    assert standing(run, "suspended") == list(NAMES)
    assert run.suspended is at(run, "a")


@pytest.mark.book("TB.2.3")
def test_after_a_lesson_has_ended_its_parent_is_suspended() -> None:
    run = run_at()

    termination.termination_request_process(run, "exit")
    termination.termination_request_process(run, "suspendAll")

    assert run.suspended is at(run, "n")


@pytest.mark.book("TB.2.3")
def test_an_abandoned_lesson_says_nothing() -> None:
    run = run_at()

    termination.termination_request_process(run, "abandon")

    assert dict(run.track(at(run, "a")).objectives) == {}


@pytest.mark.book("TB.2.3")
def test_what_cannot_be_ended() -> None:
    nothing, root = run_of(tree(*lessons("a"))), run_at("root")
    root.change(at(root, "root"), active=False)

    assert termination.termination_request_process(nothing, "exit").exception == "TB.2.3-1"
    assert [termination.termination_request_process(root, one).exception for one in ("exit", "abandon")] == [
        "TB.2.3-2"
    ] * 2
    assert termination.termination_request_process(root, "suspendAll").exception == "TB.2.3-3"
    assert termination.termination_request_process(run_at(), "dance").exception == "TB.2.3-7"


@pytest.mark.book("TB.2.2")
@pytest.mark.parametrize(
    ("action", "expected", "current"),
    [
        ("retry", "retry", "a"),
        ("continue", "continue", "a"),
        ("previous", "previous", "a"),
        ("exitParent", "", "n"),
        ("exitAll", "exit", "root"),
        ("retryAll", "retry", "root"),
    ],
)
def test_a_postcondition_asks_for_something(action: str, expected: str, current: str) -> None:
    run = run_at(of_lesson=(rule(action, "always"),))

    found = termination.termination_request_process(run, "exit")

    assert found == Termination(expected)
    assert run.current is at(run, current)


@pytest.mark.book("TB.2.2")
def test_of_what_is_suspended_nothing_is_asked() -> None:
    run = run_at(of_lesson=(rule("retry", "always"),))

    run.change(at(run, "a"), suspended=True)

    assert termination.termination_request_process(run, "exit") == Termination("")


@pytest.mark.book("TB.2.3")
def test_leaving_a_parent_asks_that_one_in_turn() -> None:
    run = run_at(of_lesson=(rule("exitParent", "always"),), of_n=(rule("exitParent", "always"),))

    termination.termination_request_process(run, "exit")

    assert standing(run, "active") == ["root"]
    assert run.current is at(run, "m")


@pytest.mark.book("TB.2.3")
@pytest.mark.parametrize(
    ("action", "expected"),
    [("exitParent", Termination("", "TB.2.3-4")), ("retry", Termination("retry")), ("continue", Termination("exit"))],
)
def test_at_the_root_there_is_only_an_end_or_another_round(action: str, expected: Termination) -> None:
    run = run_at("root", of_root=(rule(action, "always"),))

    assert termination.termination_request_process(run, "exit") == expected


@pytest.mark.book("TB.2.1")
@pytest.mark.parametrize(
    ("where", "current"), [({"m": "always", "n": "always"}, "m"), ({"n": "always"}, "n"), ({}, "a")]
)
def test_the_highest_exit_rule_ends_all_below_it(where: dict[str, str], current: str) -> None:
    said: dict[str, dict[str, Any]] = {
        name: {"during": (rule("exit", condition),)} for name, condition in where.items()
    }
    inner = item("n", item("a"), **said.get("n", {}))
    run = run_of(tree(item("m", inner, **said.get("m", {}))), State())
    run.current = at(run, "a")
    for one in run.current.path:
        run.change(one, active=True)

    termination.termination_request_process(run, "exit")

    assert run.current is at(run, current)
    assert standing(run, "active") == list(NAMES[: NAMES.index(current)])


@pytest.mark.book("TB.2.1")
def test_without_a_current_activity_no_exit_rule_is_asked() -> None:
    run = run_of(tree(*lessons("a"), during=(rule("exit", "always"),)))

    termination.sequencing_exit_action_rules_subprocess(run)

    assert run.current is None
