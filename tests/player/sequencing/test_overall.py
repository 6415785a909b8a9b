"""One navigation request from what is asked to what is delivered (OP.1)."""

from typing import Any

import pytest

from packages.model import LimitConditions
from player.sequencing.navigation import Request
from player.sequencing.overall import overall_sequencing_process
from player.sequencing.run import Run
from tests.player.sequencing.trees import at, item, lessons, rule, run_of, tree

pytestmark = pytest.mark.book("OP.1")


def begun(*items: Any, **said: Any) -> Run:
    run = run_of(tree(*items, **said))
    overall_sequencing_process(run, Request("start"))
    return run


def ask(run: Run, name: str, target: str = "") -> tuple[str, str]:
    found = overall_sequencing_process(run, Request(name, target))
    return found.delivered.id if found.delivered else "", found.exception


def test_a_request_ends_what_is_open_and_delivers_what_comes_next() -> None:
    run = begun(*lessons("a", "b"))

    assert ask(run, "continue") == ("b", "")
    assert [run.track(at(run, name)).active for name in "ab"] == [False, True]


def test_a_request_that_is_not_valid_changes_nothing() -> None:
    run = begun(*lessons("a", "b"))
    before = run.state()

    assert ask(run, "choice", "nobody") == ("", "NB.2.1-11")
    assert run.state() == before


def test_a_postcondition_replaces_what_was_asked_for() -> None:
    run = begun(item("a", after=(rule("retry", "always"),)), item("b"))

    assert ask(run, "choice", "b") == ("a", "")


def test_when_the_root_is_left_the_session_has_ended() -> None:
    run = begun(*lessons("a"))

    assert ask(run, "exitAll") == ("", "")
    assert (run.ended, run.current) == (True, None)


def test_what_must_not_be_delivered_is_not() -> None:
    run = begun(item("a"), item("b", limits=LimitConditions(attempts=0)))

    assert ask(run, "jump", "b") == ("", "DB.1.1-3")
    assert ask(run, "continue") == ("", "SB.2.2-2")


def test_every_decision_is_told() -> None:
    run = begun(item("a"), item("b", before=(rule("skip", "always"),)), item("c"))

    ask(run, "continue")

    told = [str(one) for one in run.trace.steps]
    assert "UP.2 b: skip (all of: always)" in told
    assert told[-1] == "DB.2 c: delivered"
