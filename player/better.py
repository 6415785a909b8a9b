"""Which of several attempts at one lesson is gone on with, pure: somebody learnt as a guest and under their own name (docs/people.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from player.standing import COMPLETED, FAILED, PASSED, Standing

_SUCCESS = {PASSED: 2, "": 1, FAILED: 0}


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt: where the learner stands in the course and in each of its lessons, in how many anything was said, and since when."""

    whole: Standing
    lessons: tuple[Standing, ...]
    said: int
    created: datetime


def best(tried: Sequence[Tried]) -> int:
    """Say which: completed, then passed, then more parts completed, then the higher score, then more said, then the newer."""
    return max(range(len(tried)), key=lambda at: _rank(tried[at]))


def _rank(one: Tried) -> tuple[bool, int, int, float, int, datetime]:
    whole = one.whole
    score = whole.score.scaled if whole.score and whole.score.scaled is not None else -1.0
    return whole.completion == COMPLETED, _SUCCESS[whole.success], _completed(one.lessons), score, one.said, one.created


def _completed(lessons: Iterable[Standing]) -> int:
    return sum(each.completion == COMPLETED for each in lessons)
