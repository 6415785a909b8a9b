"""Of two attempts at one lesson the better one is gone on with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from player import progress
from player.better import Tried, best
from player.standing import Score, Standing

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NEW, DONE = Standing(), Standing("completed")
PASSED, FAILED = Standing("completed", "passed", Score(0.5)), Standing("completed", "failed", Score(0.9))


def tried(*lessons: Standing, said: int = 1, days: int = 0, whole: Standing | None = None) -> Tried:
    """Make up an attempt."""
    return Tried(whole or progress.together(lessons), lessons, said, NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (tried(DONE), tried(NEW, days=1)),
        (tried(PASSED), tried(FAILED, days=1)),
        (tried(PASSED), tried(DONE, days=1)),
        (tried(DONE), tried(FAILED, days=1)),
        (tried(DONE, NEW, DONE), tried(DONE, NEW, NEW, days=1)),
        (tried(Standing("completed", "passed", Score(0.8))), tried(PASSED, days=1)),
        (tried(Standing("", "", Score(0.1))), tried(NEW, days=1)),
        (tried(NEW, said=1), tried(NEW, said=0, days=1)),
        (tried(NEW, days=1), tried(NEW)),
        (tried(NEW, whole=DONE), tried(DONE, whole=NEW, days=1)),
    ],
)
def test_the_better_one_is_chosen_in_whichever_order_they_come(better: Tried, worse: Tried) -> None:
    assert best([better, worse]) == 0
    assert best([worse, better]) == 1


def test_one_alone_is_the_best() -> None:
    assert best([tried(NEW, said=0)]) == 0
