"""From one activity to the next that can be delivered."""

from typing import Any

import pytest

from packages.model import ControlMode, Item, LimitConditions
from player.sequencing import flow
from player.sequencing.flow import BACKWARD, FORWARD
from player.sequencing.tracking import State, Track
from tests.player.sequencing.trees import at, item, lessons, rule, run_of, tree

SKIPPED: dict[str, Any] = {"before": (rule("skip", "always"),)}
DISABLED: dict[str, Any] = {"before": (rule("disabled", "always"),)}
FORWARD_ONLY = ControlMode(flow=True, forward_only=True)
CHOICE_ALONE = ControlMode(flow=False)


def flows(items: tuple[Item, ...], start: str, direction: str, *, into: bool = False) -> tuple[str, bool, str]:
    run = run_of(tree(*items))
    found = flow.flow_subprocess(run, at(run, start), direction, consider_children=into)
    return found.activity.id if found.activity else "", found.deliverable, found.exception


@pytest.mark.book("SB.2.1")
@pytest.mark.parametrize(
    ("start", "direction", "expected"),
    [
        ("a", FORWARD, ("b", True, "")),
        ("b", FORWARD, ("c", True, "")),
        ("c", BACKWARD, ("b", True, "")),
        ("a", BACKWARD, ("a", False, "SB.2.1-3")),
        ("d", FORWARD, ("d", False, "SB.2.1-1")),
    ],
)
def test_flow_goes_in_and_out_of_clusters(start: str, direction: str, expected: tuple[str, bool, str]) -> None:
    items = (item("m", *lessons("a", "b")), item("n", *lessons("c", "d")))

    assert flows(items, start, direction) == expected


@pytest.mark.book("SB.2.1")
def test_beyond_the_last_activity_everything_ends() -> None:
    run = run_of(tree(*lessons("a")))

    assert flow.flow_subprocess(run, at(run, "a"), FORWARD, consider_children=False).ended


@pytest.mark.book("SB.2.1")
@pytest.mark.parametrize(("start", "expected"), [("b", ("b", False, "SB.2.1-4")), ("c", ("a", True, ""))])
def test_where_flow_is_forward_only_a_cluster_is_entered_at_its_beginning(
    start: str, expected: tuple[str, bool, str]
) -> None:
    items = (item("m", *lessons("a", "b"), control=FORWARD_ONLY), item("c"))

    assert flows(items, start, BACKWARD) == expected


@pytest.mark.book("SB.2.1")
def test_a_cluster_without_available_children_stops_flow() -> None:
    run = run_of(tree(item("m", item("a"))), State(tracks={"m": Track(available=())}))

    found = flow.flow_subprocess(run, run.tree.root, FORWARD, consider_children=True)

    assert (found.deliverable, found.exception) == (False, "SB.2.1-2")


@pytest.mark.book("SB.2.2")
@pytest.mark.parametrize(
    ("middle", "direction", "expected"),
    [
        (item("x", **SKIPPED), FORWARD, ("z", True, "")),
        (item("x", **DISABLED), FORWARD, ("x", False, "SB.2.2-2")),
        (item("x", item("y"), **SKIPPED), FORWARD, ("z", True, "")),
        (item("x", item("y", **SKIPPED)), FORWARD, ("z", True, "")),
        (item("x", item("y"), control=CHOICE_ALONE), FORWARD, ("y", False, "SB.2.2-1")),
        (item("x", *lessons("p", "q"), item("r", **SKIPPED)), BACKWARD, ("q", True, "")),
        (item("x", item("p", **SKIPPED), item("q"), control=FORWARD_ONLY), BACKWARD, ("q", True, "")),
        (item("x", item("p", **SKIPPED), control=FORWARD_ONLY), BACKWARD, ("a", True, "")),
    ],
)
def test_flow_passes_what_is_skipped_and_stops_at_what_forbids_it(
    middle: Item, direction: str, expected: tuple[str, bool, str]
) -> None:
    start = "a" if direction == FORWARD else "z"

    assert flows((item("a"), middle, item("z")), start, direction) == expected


@pytest.mark.book("SB.2.2")
def test_a_limit_that_is_reached_stops_flow() -> None:
    run = run_of(tree(*lessons("a", "b", limits=LimitConditions(attempts=1))), State(tracks={"b": Track(1)}))

    assert flow.flow_subprocess(run, at(run, "a"), FORWARD, consider_children=False).exception == "SB.2.2-2"


@pytest.mark.book("SB.2.2")
@pytest.mark.parametrize("direction", [FORWARD, BACKWARD])
def test_thousands_of_skipped_activities_are_no_trouble(direction: str) -> None:
    items = (item("a"), *lessons(*(f"s{n}" for n in range(3000)), **SKIPPED), item("z"))
    start, end = ("a", "z") if direction == FORWARD else ("z", "a")

    assert flows(items, start, direction) == (end, True, "")


@pytest.mark.book("SB.2.3")
def test_flow_begins_below_an_activity_where_its_children_are_considered() -> None:
    items = (item("m", *lessons("a", "b")), item("c"))

    assert [flows(items, "m", FORWARD, into=into)[0] for into in (True, False)] == ["a", "c"]
