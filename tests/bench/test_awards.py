"""Awards are measured on what they are for, and a follower that falls behind would be seen."""

from __future__ import annotations

from bench import awards, targets
from bench.figures import Figure, Round
from bench.service import ground


def test_each_case_has_a_round() -> None:
    said: list[Figure] = []

    with ground("sqlite") as on:
        followed, why = awards.measure(on, 150, 5, said.append)

    assert said == [followed, why]
    assert "of 150 learners" in followed.note
    assert why.rounds[0].requests == 5
    assert {line.what for line in targets.lines(said)} == {one.name for one in said}


def test_a_follower_that_would_not_keep_up_is_seen() -> None:
    slow = Figure(awards.FOLLOWED, "statements/s", [Round.of([0.5], 1900)])
    late = Figure(awards.WHY, "answers/s", [Round.of([0.021], 47)])

    assert [line.reached for line in targets.lines([slow, late])] == [False, False]
