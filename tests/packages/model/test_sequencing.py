"""Silence in a manifest means what the standard says it means."""

import pytest

from packages.model import ControlMode, DeliveryControls, Objective, Rollup, RollupRule, Rule, Sequencing


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ControlMode().choice, True),
        (ControlMode().flow, False),
        (ControlMode().choice_exit, True),
        (ControlMode().forward_only, False),
        (DeliveryControls().tracked, True),
        (DeliveryControls().completion_by_content, False),
        (Objective().least_measure, 1.0),
        (Rollup().measure_weight, 1.0),
        (Rule("skip").combination, "all"),
        (RollupRule("completed").combination, "any"),
        (Sequencing().randomization.reorder_when, "never"),
        (Sequencing().considerations.required_for_completed, "always"),
    ],
)
def test_a_default_is_the_one_of_the_standard(said: object, expected: object) -> None:
    assert said == expected
