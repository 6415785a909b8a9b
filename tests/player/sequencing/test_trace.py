"""The trace reads as a list of decisions."""

from player.sequencing.trace import MOST, Silence, Trace
from tests.player.sequencing.trees import tree


def test_a_step_says_process_activity_outcome_and_why() -> None:
    trace = Trace()

    trace.say("UP.2", tree().root, "skip", "satisfied")
    trace.say("OP.1", None, "the session has ended")

    assert [str(one) for one in trace.steps] == ["UP.2 root: skip (satisfied)", "OP.1: the session has ended"]


def test_a_trace_stays_short_enough_to_be_kept_and_tells_how_it_began_and_ended() -> None:
    trace = Trace()

    for n in range(3 * MOST):
        trace.say("SB.2.2", None, str(n))

    said = [int(step.outcome) for step in trace.steps]
    assert said == [*range(MOST // 2), *range(3 * MOST - MOST // 2, 3 * MOST)]


def test_what_is_only_tried_is_not_told() -> None:
    trace = Silence()

    trace.say("UP.2", None, "skip")

    assert trace.steps == []
