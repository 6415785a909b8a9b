"""Conditions are so, not so, or unknown."""

from typing import Any

import pytest

from packages.model import Condition, LimitConditions, Objective
from player.sequencing import conditions, objectives
from player.sequencing.run import Run
from tests.player.sequencing.trees import at, item, run_of, tree

KNOWN = {"satisfied": True, "measure": 0.5, "completed": False}


def run_with(**members: Any) -> Run:
    run = run_of(
        tree(
            item(
                "a", limits=LimitConditions(attempts=2), objectives=(Objective("p", primary=True), Objective("o%20 1"))
            )
        )
    )
    a = at(run, "a")
    objectives.record(run, a, a.primary, **members)
    return run


@pytest.mark.parametrize(
    ("condition", "known", "unknown"),
    [
        (Condition("satisfied"), True, None),
        (Condition("satisfied", negated=True), False, None),
        (Condition("objectiveStatusKnown"), True, False),
        (Condition("objectiveStatusKnown", negated=True), False, True),
        (Condition("objectiveMeasureKnown"), True, False),
        (Condition("objectiveMeasureGreaterThan", threshold=0.4), True, None),
        (Condition("objectiveMeasureGreaterThan", threshold=0.5), False, None),
        (Condition("objectiveMeasureLessThan", threshold=0.6), True, None),
        (Condition("objectiveMeasureLessThan", threshold=0.5), False, None),
        (Condition("completed"), False, None),
        (Condition("activityProgressKnown"), True, False),
        (Condition("attempted"), False, False),
        (Condition("attemptLimitExceeded"), False, False),
        (Condition("timeLimitExceeded"), None, None),
        (Condition("outsideAvailableTimeRange", negated=True), None, None),
        (Condition("always"), True, True),
        (Condition("satisfied", objective="o 1"), None, None),
        (Condition("satisfied", objective="nobody"), None, None),
        (Condition("objectiveStatusKnown", objective="nobody"), None, None),
    ],
)
def test_a_condition(condition: Condition, *, known: bool | None, unknown: bool | None) -> None:
    found = [conditions.evaluate(run, at(run, "a"), condition) for run in (run_with(**KNOWN), run_with())]

    assert found == [known, unknown]


def test_attempts_are_counted() -> None:
    run = run_of(tree(item("a", limits=LimitConditions(attempts=2))))

    run.change(at(run, "a"), attempts=2)

    names = ("attempted", "attemptLimitExceeded")
    assert [conditions.evaluate(run, at(run, "a"), Condition(name)) for name in names] == [True, True]


def test_a_referenced_objective_is_found_by_its_plain_name() -> None:
    run = run_with()
    a = at(run, "a")

    objectives.record(run, a, a.objectives["o%20 1"], satisfied=True)

    assert conditions.evaluate(run, a, Condition("satisfied", objective=" o%20%201")) is True


@pytest.mark.parametrize(
    ("truths", "all_", "any_"),
    [
        ([], None, None),
        ([True, True], True, True),
        ([True, False], False, True),
        ([True, None], None, True),
        ([False, None], False, None),
        ([False, False], False, False),
        ([None], None, None),
    ],
)
def test_unknown_decides_nothing(truths: list[bool | None], *, all_: bool | None, any_: bool | None) -> None:
    assert [conditions.combined(truths, how) for how in ("all", "any")] == [all_, any_]


def test_conditions_are_told_as_an_author_wrote_them() -> None:
    said = (
        Condition("objectiveMeasureGreaterThan", threshold=0.5, objective="o"),
        Condition("completed", negated=True),
    )

    assert conditions.in_words(said, "any") == "any of: objectiveMeasureGreaterThan 0.5 of o, not completed"
