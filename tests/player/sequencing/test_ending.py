"""How attempts end."""

from typing import Any

import pytest

from packages.model import DeliveryControls
from player.sequencing import ending, objectives
from player.sequencing.tracking import Progress
from tests.player.sequencing.trees import at, item, run_of, tree


@pytest.mark.book("UP.3")
def test_attempts_between_here_and_a_common_ancestor_end() -> None:
    run = run_of(tree(item("m", item("n", item("a"))), item("b")))
    for name in ("root", "m", "n", "a"):
        run.change(at(run, name), active=True)
    run.current = at(run, "a")

    ending.terminate_descendent_attempts_process(run, at(run, "b"))

    assert [run.track(at(run, name)).active for name in ("root", "m", "n", "a")] == [True, False, False, True]


@pytest.mark.book("UP.4")
@pytest.mark.parametrize(
    ("controls", "suspended", "said", "expected"),
    [
        ({}, False, {}, (True, True)),
        ({"completion_by_content": True}, False, {}, (None, True)),
        ({"objective_by_content": True}, False, {}, (True, None)),
        ({}, True, {}, (None, None)),
        ({}, False, {"completed": False, "satisfied": False}, (False, False)),
        ({"tracked": False}, False, {}, (None, None)),
    ],
)
def test_silence_is_taken_for_success_unless_the_content_decides(
    controls: dict[str, Any], said: dict[str, Any], expected: tuple[bool | None, bool | None], *, suspended: bool
) -> None:
    run = run_of(tree(item("a", delivery=DeliveryControls(**controls))))
    a = at(run, "a")
    run.change(a, active=True, suspended=suspended, objectives={"": Progress(**said)})

    ending.end_attempt_process(run, a)

    known = objectives.local(run, a, a.primary)
    assert (known.completed, known.satisfied, run.track(a).active) == (*expected, False)


@pytest.mark.book("UP.4")
def test_what_a_lesson_calls_unknown_stays_unknown() -> None:
    run = run_of(tree(item("a")))
    a = at(run, "a")
    run.change(a, active=True, unknown=("completed",))

    ending.end_attempt_process(run, a)

    known = objectives.local(run, a, a.primary)
    assert (known.completed, known.satisfied) == (None, True)


@pytest.mark.book("UP.4")
@pytest.mark.parametrize("suspended", [True, False])
def test_a_cluster_is_suspended_as_long_as_a_child_is(*, suspended: bool) -> None:
    run = run_of(tree(item("m", item("a"), item("b"))))
    run.change(at(run, "b"), suspended=suspended)
    run.change(at(run, "m"), active=True, suspended=not suspended)

    ending.end_attempt_process(run, at(run, "m"))

    assert run.track(at(run, "m")).suspended == suspended
