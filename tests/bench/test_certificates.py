"""Certificates are measured on what they are for, and slow ones would be seen."""

from __future__ import annotations

from bench import certificates, targets
from bench.figures import Figure, Round


def test_each_case_has_a_round_and_what_has_a_target_reaches_it() -> None:
    said: list[Figure] = []

    figures = certificates.measure(5, 1, said.append)

    assert len(figures) == len(said) == 5
    assert "50 pages" in figures[3].note
    assert {line.what for line in targets.lines(figures)} == {one.name for one in figures}


def test_one_that_is_too_slow_or_grows_is_seen() -> None:
    slow = Figure(certificates.SIGNED, "certificates/s", [Round.of([0.2], 5)])
    late = Figure(certificates.FIRST, "certificates/s", [Round.of([1.2], 0.8)])
    large = Figure(certificates.GROWN, "MiB grown", [Round(80.0, 0, 0, 1)])

    assert [line.reached for line in targets.lines([slow, late, large])] == [False, False, False]
