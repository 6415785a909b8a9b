"""Figures say what was measured."""

import pytest

from bench.figures import Figure, Round, percentile


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 51), (0.99, 100), (1.0, 100)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: float) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value


def test_a_single_value_is_every_percentile() -> None:
    assert {percentile([7.0], share) for share in (0.0, 0.5, 0.99)} == {7.0}


def test_a_round_is_told_in_milliseconds() -> None:
    one = Round.of([0.001] * 99 + [0.5], rate=10.0)

    assert (one.p50, one.p99, one.requests) == (1.0, 500.0, 100)
    assert (one.spread[0], one.spread[-1]) == (1.0, 500.0)


def rounds(*pairs: tuple[float, float | None]) -> list[Round]:
    return [Round(rate=rate, p50=1.0, p99=2.0, requests=1, limit=limit) for rate, limit in pairs]


def test_the_middle_round_counts() -> None:
    assert Figure("single", "statements/s", rounds((1, None), (100, None), (3, None))).median() == 3


def test_a_ratio_is_that_of_a_round_and_the_limit_measured_with_it() -> None:
    figure = Figure("single", "statements/s", rounds((50, 100), (5, 10), (90, 100)))

    assert figure.ratio == 0.5
    assert figure.limit == 100


def test_what_has_no_limit_has_no_ratio() -> None:
    assert Figure("single", "statements/s", rounds((50, None))).ratio is None
