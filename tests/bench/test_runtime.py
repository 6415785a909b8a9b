"""The runtime of lessons is measured as it is delivered, and a slow one would be seen."""

from __future__ import annotations

from bench import runtime, targets
from bench.figures import Figure, Round


def test_each_case_has_a_round_and_what_has_a_target_reaches_it() -> None:
    told: list[Figure] = []

    figures = runtime.measure(1, 0.4, told.append)

    assert len(figures) == len(told) == 3
    assert all(one.rounds[0].requests > 1 for one in figures)
    lines = {line.what: line.reached for line in targets.lines(figures)}
    assert set(lines) == {"SetValue, SCORM 1.2", "SetValue, SCORM 2004"}


def test_more_than_50_microseconds_a_call_are_too_slow() -> None:
    slow = Figure("SetValue, SCORM 1.2", "calls/s", [Round.of([51e-6], 1 / 51e-6)])

    assert [line.reached for line in targets.lines([slow])] == [False]
