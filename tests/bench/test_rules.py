"""Rules are measured on what they are for, and slow ones would be seen."""

from __future__ import annotations

from bench import rules, targets
from bench.figures import Figure, Round


def test_each_case_has_a_round_and_what_has_a_target_reaches_it() -> None:
    said: list[Figure] = []

    figures = rules.measure(200, 1, said.append)

    assert len(figures) == len(said) == 4
    assert "8,400 facts of 200 learners" in figures[0].note
    assert all(one.rounds[0].requests > 1 for one in figures)
    assert {line.what for line in targets.lines(figures)} == {one.name for one in figures}


def test_everybody_does_the_same_for_the_same_seed() -> None:
    assert list(rules.told(3, 1)) == list(rules.told(3, 1)) != list(rules.told(3, 2))


def test_a_follower_that_would_not_keep_up_is_seen() -> None:
    slow = Figure(rules.REPLAYED, "facts/s", [Round.of([0.5], 2000)])
    late = Figure(rules.WHY, "answers/s", [Round.of([0.021], 47)])

    assert [line.reached for line in targets.lines([slow, late])] == [False, False]
