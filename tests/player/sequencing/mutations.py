"""Expectations of ADL's scripts turned wrong, one at a time: whoever plays such a script must notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.player.cmi.adl import answered
from tests.player.sequencing.suite import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.player.cmi.adl import Call, Step
    from tests.player.sequencing.suite import Suite

KINDS = ("delivers", "answers", "asks")
"""What is turned wrong: which lesson comes, what a call is answered, what the learner sees."""

ABOUT_THE_MODEL = {"API", "DMI", "DDM"}
"""Scripts about the data model more than about sequencing, and thousands of calls long."""


def mutations(suite: Suite, name: str) -> Iterator[tuple[str, list[Step]]]:
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
