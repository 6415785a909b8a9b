"""A page that checks codes too slowly would be seen; that it is measured at all, test_progress.py holds, which has a service."""

from __future__ import annotations

from bench import checking, targets
from bench.figures import Figure, Round


def test_a_slow_page_would_be_seen() -> None:
    slow = Figure(checking.name_of(1), "pages/s", [Round.of([0.02] * 20, 50)])
    quick = Figure(checking.name_of(1), "pages/s", [Round.of([0.005] * 20, 200)])

    assert [line.reached for line in targets.lines([slow])] == [False]
    assert [line.reached for line in targets.lines([quick])] == [True]
