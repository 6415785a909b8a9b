"""Spans of time: the same vectors as the browser's."""

from __future__ import annotations

import pytest

from player.cmi.timespan import clock, period
from tests.player.cmi.cases import vectors

SUMS = vectors("timespans")


@pytest.mark.parametrize(("spans", "total"), SUMS["clock"])
def test_times_on_a_clock_are_added_up(spans: list[str], total: str) -> None:
    assert clock(*spans) == total


@pytest.mark.parametrize(("spans", "total"), SUMS["period"])
def test_periods_are_added_up(spans: list[str], total: str) -> None:
    assert period(*spans) == total
