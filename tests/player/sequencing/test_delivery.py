"""How an attempt begins."""

from typing import Any

import pytest

from packages.model import ControlMode, DeliveryControls, LimitConditions
from player.sequencing import delivery
from player.sequencing.tracking import Progress, State, Track
from tests.player.sequencing.trees import at, item, lessons, rule, run_of, tree

DONE = {"": Progress(satisfied=True, completed=True)}
DISABLED = (rule("disabled", "always"),)


@pytest.mark.book("DB.1.1")
def test_only_lessons_are_delivered() -> None:
    run = run_of(tree(item("m", item("a"))))

    assert [delivery.delivery_request_process(run, at(run, name)) for name in "ma"] == ["DB.1.1-1", ""]


@pytest.mark.book("DB.1.1")
@pytest.mark.parametrize("said", [{"before": DISABLED}, {"limits": LimitConditions(attempts=0)}])
def test_nothing_is_delivered_below_what_is_barred(said: dict[str, Any]) -> None:
    run = run_of(tree(item("m", item("a"), **said)))

    assert delivery.delivery_request_process(run, at(run, "a")) == "DB.1.1-3"


@pytest.mark.book("DB.2")
def test_attempts_begin_on_a_lesson_and_all_above_it() -> None:
    run = run_of(tree(item("m", *lessons("a", "b"))), State(tracks={"m": Track(3, active=True)}))

    delivery.content_delivery_environment_process(run, at(run, "a"))

    found = {one.id: (run.track(one).attempts, run.track(one).active) for one in run.tree.activities}
    assert found == {"root": (1, True), "m": (3, True), "a": (1, True), "b": (0, False)}
    assert run.current is at(run, "a")


@pytest.mark.book("DB.2")
@pytest.mark.parametrize(("suspended", "attempts", "known"), [(True, 1, DONE), (False, 2, {})])
def test_what_was_suspended_goes_on_and_what_had_ended_begins_anew(
    attempts: int, known: dict[str, Progress], *, suspended: bool
) -> None:
    run = run_of(tree(*lessons("a")), State(tracks={"a": Track(1, suspended=suspended, objectives=DONE)}))
    a = at(run, "a")

    delivery.content_delivery_environment_process(run, a)

    assert (run.track(a).attempts, run.track(a).objectives, run.resumed) == (attempts, known, suspended)
    assert not run.track(a).suspended


@pytest.mark.book("DB.2")
def test_what_is_not_tracked_has_no_attempts() -> None:
    run = run_of(tree(item("a", delivery=DeliveryControls(tracked=False))))

    delivery.content_delivery_environment_process(run, at(run, "a"))

    assert (run.track(at(run, "a")).attempts, run.track(at(run, "a")).active) == (0, True)


@pytest.mark.book("DB.2")
@pytest.mark.parametrize(
    ("control", "stale"),
    [
        (ControlMode(flow=True), ("satisfied", "measure", "raw", "least", "most", "completed", "progress")),
        (ControlMode(flow=True, current_attempt_objectives=False), ("completed", "progress")),
        (
            ControlMode(flow=True, current_attempt_progress=False),
            ("satisfied", "measure", "raw", "least", "most"),
        ),
        (ControlMode(flow=True, current_attempt_objectives=False, current_attempt_progress=False), ()),
    ],
)
def test_in_a_new_attempt_what_children_did_before_is_stale_as_far_as_said(
    control: ControlMode, stale: tuple[str, ...]
) -> None:
    tracks = {"a": Track(1, objectives=DONE), "b": Track(1, objectives=DONE)}
    run = run_of(tree(*lessons("a", "b"), control=control), State(tracks=tracks))

    delivery.content_delivery_environment_process(run, at(run, "b"))

    assert [run.track(at(run, name)).stale for name in "ab"] == [stale, ()]


@pytest.mark.book("DB.2.1")
def test_what_was_suspended_is_so_no_longer_when_something_else_is_delivered() -> None:
    tracks = {name: Track(1, suspended=True) for name in ("root", "m", "n", "a")}
    made = tree(item("m", item("n", *lessons("a", "b"))), item("c"))
    run = run_of(made, State(tracks=tracks, suspended="a"))

    delivery.content_delivery_environment_process(run, at(run, "c"))

    assert [name for name in tracks if run.track(at(run, name)).suspended] == []
    assert run.suspended is None


@pytest.mark.book("DB.2.1")
def test_a_cluster_in_which_something_else_is_suspended_stays_so() -> None:
    tracks = {name: Track(1, suspended=True) for name in ("root", "m", "n", "a", "b")}
    made = tree(item("m", item("n", *lessons("a", "b"))), item("c"))
    run = run_of(made, State(tracks=tracks, suspended="a"))

    delivery.clear_suspended_activity_subprocess(run, at(run, "c"))

    assert [name for name in tracks if run.track(at(run, name)).suspended] == ["root", "m", "n", "b"]
