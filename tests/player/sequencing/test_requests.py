"""What sequencing requests come to."""

import pytest

from packages.model import ControlMode, Item
from player.sequencing.requests import sequencing_request_process
from player.sequencing.run import Run
from player.sequencing.tracking import Progress
from tests.player.sequencing.trees import at, item, lessons, rule, run_of, tree

NO_FLOW = ControlMode(flow=False)


def run_at(current: str = "", *items: Item) -> Run:
    run = run_of(tree(*(items or (item("m", *lessons("a", "b")), item("c")))))
    run.current = at(run, current) if current else None
    return run


def outcome(run: Run, request: str, target: str = "") -> str:
    """Name what is delivered, or tell why nothing is."""
    found = sequencing_request_process(run, request, run.tree.find(target))
    return found.activity.id if found.activity else "the end" if found.ended else found.exception


@pytest.mark.book("SB.2.5")
@pytest.mark.parametrize(("current", "expected"), [("", "a"), ("a", "SB.2.5-1")])
def test_start_begins_at_the_first_lesson_once(current: str, expected: str) -> None:
    assert outcome(run_at(current), "start") == expected


@pytest.mark.book("SB.2.5")
def test_a_tree_that_is_one_lesson_is_delivered() -> None:
    assert outcome(run_of(tree()), "start") == "root"


@pytest.mark.book("SB.2.5")
def test_a_tree_that_skips_all_it_has_ends_at_once() -> None:
    assert outcome(run_at("", item("a", before=(rule("skip", "always"),))), "start") == "the end"


@pytest.mark.book("SB.2.6")
def test_resume_all_delivers_what_was_suspended() -> None:
    run = run_at()
    before = outcome(run, "resumeAll")
    run.suspended = at(run, "b")

    assert (before, outcome(run, "resumeAll")) == ("SB.2.6-2", "b")
    assert outcome(run_at("a"), "resumeAll") == "SB.2.6-1"


@pytest.mark.book("SB.2.7")
@pytest.mark.parametrize(
    ("current", "expected"), [("", "SB.2.7-1"), ("a", "b"), ("b", "c"), ("c", "the end"), ("m", "c")]
)
def test_continue_goes_on(current: str, expected: str) -> None:
    assert outcome(run_at(current), "continue") == expected


@pytest.mark.book("SB.2.8")
@pytest.mark.parametrize(("current", "expected"), [("", "SB.2.8-1"), ("c", "b"), ("b", "a"), ("a", "SB.2.1-3")])
def test_previous_goes_back(current: str, expected: str) -> None:
    assert outcome(run_at(current), "previous") == expected


@pytest.mark.book("SB.2.7")
@pytest.mark.book("SB.2.8")
@pytest.mark.parametrize(("request_", "expected"), [("continue", "SB.2.7-2"), ("previous", "SB.2.8-2")])
def test_where_nothing_flows_there_is_no_next_one(request_: str, expected: str) -> None:
    assert outcome(run_at("b", item("m", *lessons("a", "b", "c"), control=NO_FLOW)), request_) == expected


@pytest.mark.book("SB.2.9")
@pytest.mark.parametrize(("target", "expected"), [("", "SB.2.9-1"), ("c", "c"), ("m", "a")])
def test_choice_delivers_what_is_named(target: str, expected: str) -> None:
    assert outcome(run_at("b"), "choice", target) == expected


@pytest.mark.book("SB.2.10")
@pytest.mark.parametrize(("current", "expected"), [("", "SB.2.10-1"), ("b", "b"), ("m", "a")])
def test_retry_begins_anew(current: str, expected: str) -> None:
    assert outcome(run_at(current), "retry") == expected


@pytest.mark.book("SB.2.10")
@pytest.mark.parametrize("state", ["active", "suspended"])
def test_what_has_not_ended_is_not_begun_anew(state: str) -> None:
    run = run_at("b")

    run.change(at(run, "b"), **{state: True})

    assert outcome(run, "retry") == "SB.2.10-2"


@pytest.mark.book("SB.2.10")
@pytest.mark.parametrize(("stale", "expected"), [((), "b"), (("completed",), "a")])
def test_a_retry_leaves_out_what_was_done_in_an_earlier_attempt(stale: tuple[str, ...], expected: str) -> None:
    done = item("a", before=(rule("skip", "completed"),))
    run = run_at("m", item("m", done, item("b")))
    run.change(at(run, "a"), objectives={"": Progress(completed=True)}, stale=stale)

    assert outcome(run, "retry") == expected


@pytest.mark.book("SB.2.11")
@pytest.mark.parametrize(("current", "expected"), [("", "SB.2.11-1"), ("root", "the end"), ("a", "")])
def test_leaving_the_root_is_the_end(current: str, expected: str) -> None:
    assert outcome(run_at(current), "exit") == expected


@pytest.mark.book("SB.2.11")
def test_what_is_still_active_was_not_left() -> None:
    run = run_at("a")

    run.change(at(run, "a"), active=True)

    assert outcome(run, "exit") == "SB.2.11-2"


@pytest.mark.book("SB.2.12")
def test_an_unknown_request_comes_to_nothing() -> None:
    assert outcome(run_at("a"), "dance") == "SB.2.12-1"


@pytest.mark.book("SB.2.13")
@pytest.mark.parametrize(("current", "expected"), [("", "SB.2.13-1"), ("a", "c")])
def test_jump_goes_where_it_says(current: str, expected: str) -> None:
    assert outcome(run_at(current), "jump", "c") == expected
