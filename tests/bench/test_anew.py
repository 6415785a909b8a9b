"""A whole record is gone through once for a version and once for a trial, each person in one slice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import anew, targets
from bench.figures import Figure, Round
from bench.service import ground
from lrs.outcomes import trial

if TYPE_CHECKING:
    import pytest


def test_each_case_has_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SLICE", 0.0)
    said: list[Figure] = []

    with ground("sqlite") as on:
        replayed, grown, tried = anew.measure(on, 120, said.append)

    assert said == [replayed, grown, tried]
    assert "120 learners in" in replayed.note
    assert tried.note.startswith("120 people in")
    assert "and 4 slices" in tried.note
    assert {line.what for line in targets.lines(said)} == {one.name for one in said}


def test_a_replay_that_is_slow_or_grows_is_seen() -> None:
    slow = Figure(anew.REPLAYED, "statements/s", [Round.of([0.5], 3300)])
    grown = Figure(anew.GROWN, "MiB grown", [Round(21.0, 0, 0, 1)])

    assert [line.reached for line in targets.lines([slow, grown])] == [False, False]
