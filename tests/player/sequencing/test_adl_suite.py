"""ADL's test suite for SCORM 2004 4th Edition: every script that comes with its packages passes, and a wrong expectation does not."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.player.cmi.adl import answered
from tests.player.sequencing.suite import Suite, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.player.cmi.adl import Call, Step

MUTATIONS = 100
"""Expectations that are turned wrong, one at a time."""

_LONG = {"API", "DMI", "DDM"}
"""About the data model more than about sequencing, and thousands of calls long."""


@pytest.fixture(scope="module")
def suite(cases: Path) -> Suite:
    """Open the suite."""
    return Suite(cases / "adl-cts")


def test_every_script_passes(suite: Suite) -> None:
    faults = {name: found for name in suite.packages if (found := suite.play(name))}

    assert len(suite.packages) > 120
    assert faults == {}


def test_every_script_says_something(suite: Suite) -> None:
    silent = [name for name in suite.packages if not suite.steps(name)]

    assert silent == []


def test_a_wrong_expectation_is_noticed_wherever_it_stands(suite: Suite) -> None:
    chance = random.Random(20041)
    mutations = [(name, *one) for name in suite.packages if name not in _LONG for one in _mutations(suite, name)]
    by_kind = [[one for one in mutations if one[1].startswith(kind)] for kind in ("delivers", "answers", "asks")]
    chosen = [one for some in by_kind for one in chance.sample(some, -(-MUTATIONS // len(by_kind)))]

    unnoticed = [(name, what) for name, what, steps in chosen if not suite.play(name, steps)]

    assert len(chosen) >= MUTATIONS
    assert unnoticed == []


def _mutations(suite: Suite, name: str) -> Iterator[tuple[str, list[Step]]]:
    """Turn each expectation of a script wrong, one at a time: what is delivered, what a call answers, what a learner sees."""
    steps = suite.steps(name)
    lessons = [number for package in suite.packages[name] for number in read(package)[1]]
    for n, step in enumerate(steps):
        others = [one for one in lessons if one != step.activity]
        wrong = [("delivers", replace(step, activity=one)) for one in others[:1] if n]
        wrong += [("asks", _asked_otherwise(step, at)) for at in range(len(step.questions))]
        wrong += [("answers", _answered_otherwise(step, at)) for at, call in enumerate(step.calls) if _is_asked(call)]
        yield from ((f"{kind} {n}", [*steps[:n], one, *steps[n + 1 :]]) for kind, one in wrong)


def _asked_otherwise(step: Step, at: int) -> Step:
    question, expected = step.questions[at]
    return replace(step, questions=(*step.questions[:at], (question, not expected), *step.questions[at + 1 :]))


def _is_asked(call: Call) -> bool:
    return call.name in {"GetValue", "SetValue"} and answered(call)


def _answered_otherwise(step: Step, at: int) -> Step:
    call = step.calls[at]
    return replace(step, calls=[*step.calls[:at], replace(call, answer=f"{call.answer}?"), *step.calls[at + 1 :]])
