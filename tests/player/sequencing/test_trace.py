"""The trace reads as a list of decisions."""

from player.sequencing.trace import MOST, Silence, Trace
from tests.player.sequencing.trees import tree


def test_a_step_says_process_activity_outcome_and_why() -> None:
    trace = Trace()

    trace.say("UP.2", tree().root, "skip", "satisfied")
    trace.say("OP.1", None, "the session has ended")

    assert [str(one) for one in trace.steps] == ["UP.2 root: skip (satisfied)", "OP.1: the session has ended"]


def test_a_trace_stays_short_enough_to_be_kept() -> None:
    trace = Trace()

    for _ in range(MOST + 5):
        trace.say("SB.2.2", None, "skipped")

    assert len(trace.steps) == MOST


def test_what_is_only_tried_is_not_told() -> None:
    trace = Silence()

    trace.say("UP.2", None, "skip")

    assert trace.steps == []
