"""Rules and limits say what is forbidden, skipped, left and repeated."""

from typing import Any

import pytest

from packages.model import DeliveryControls, LimitConditions
from player.sequencing import objectives, rules
from tests.player.sequencing.trees import at, item, rule, run_of, tree

ONCE = LimitConditions(attempts=1)


@pytest.mark.book("UP.1")
@pytest.mark.parametrize(
    ("track", "reached"),
    [
        ({"attempts": 0}, False),
        ({"attempts": 1}, True),
        ({"attempts": 1, "active": True}, False),
        ({"attempts": 1, "suspended": True}, False),
    ],
)
def test_a_limit_of_attempts_forbids_a_new_one_but_not_to_go_on(track: dict[str, Any], *, reached: bool) -> None:
    run = run_of(tree(item("a", limits=ONCE)))

    run.change(at(run, "a"), **track)

    assert rules.limit_conditions_check_process(run, at(run, "a")) == reached


@pytest.mark.book("UP.1")
def test_what_is_not_tracked_has_no_limit() -> None:
    run = run_of(tree(item("a", limits=ONCE, delivery=DeliveryControls(tracked=False))))

    run.change(at(run, "a"), attempts=5)

    assert not rules.limit_conditions_check_process(run, at(run, "a"))


@pytest.mark.book("UP.2")
def test_the_first_rule_of_a_kind_that_holds_decides() -> None:
    after = (rule("retry", "not completed"), rule("exitAll", "attempted"), rule("continue", "always"))
    run = run_of(tree(item("a", before=(rule("skip", "satisfied"), rule("disabled", "always")), after=after)))
    a = at(run, "a")

    assert [rules.sequencing_rules_check_process(run, a, kind) for kind in ("skip", "disabled", "exit", "after")] == [
        "",
        "disabled",
        "",
        "continue",
    ]


@pytest.mark.book("UP.2.1")
def test_a_rule_whose_conditions_are_unknown_does_not_hold() -> None:
    run = run_of(tree(item("a")))
    a = at(run, "a")

    before = rules.sequencing_rule_check_subprocess(run, a, rule("skip", "not satisfied"))
    objectives.record(run, a, a.primary, satisfied=False)

    assert (before, rules.sequencing_rule_check_subprocess(run, a, rule("skip", "not satisfied"))) == (False, True)


@pytest.mark.book("UP.5")
@pytest.mark.parametrize(
    ("said", "barred"), [({"before": (rule("disabled", "always"),)}, True), ({"limits": ONCE}, True), ({}, False)]
)
def test_what_is_disabled_or_spent_is_not_to_be_attempted(said: dict[str, Any], *, barred: bool) -> None:
    run = run_of(tree(item("a", **said)))

    run.change(at(run, "a"), attempts=1)

    assert rules.check_activity_process(run, at(run, "a")) == barred
