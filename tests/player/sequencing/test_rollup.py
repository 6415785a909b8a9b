"""What clusters become by what their children are."""

from typing import Any

import pytest

from packages.model import Completion, Condition, DeliveryControls, Objective, Rollup, RollupConsiderations, RollupRule
from player.sequencing import objectives, rollup
from player.sequencing.run import Run
from player.sequencing.tracking import Progress
from player.sequencing.tree import Activity
from tests.player.sequencing.trees import at, item, mapped, rollup_rule, rule, run_of, tree

UNTRACKED = DeliveryControls(tracked=False)


def known(run: Run, name: str = "root") -> Progress:
    return objectives.primary(run, at(run, name))


def tell(run: Run, **said: Any) -> None:
    """Record one member of the progress of each lesson, by name."""
    member = said.pop("member", "satisfied")
    for name, value in said.items():
        objectives.record(run, at(run, name), at(run, name).primary, **{member: value})


@pytest.mark.book("RB.1.1 a")
def test_a_measure_is_the_weighted_mean_of_all_children_that_are_tracked() -> None:
    weights = {"a": 1.0, "b": 0.5, "c": 0.5}
    items = [item(name, rollup=Rollup(measure_weight=weight)) for name, weight in weights.items()]
    run = run_of(tree(*items, item("d", delivery=UNTRACKED)))

    tell(run, member="measure", a=0.8, b=0.4, d=-1.0)
    rollup.measure_rollup_process(run, run.tree.root)

    assert known(run).measure == pytest.approx((0.8 + 0.2) / 2)


@pytest.mark.book("RB.1.1 a")
def test_without_any_measure_or_weight_there_is_none() -> None:
    run = run_of(tree(item("a", rollup=Rollup(measure_weight=0.0)), item("b")))
    rollup.measure_rollup_process(run, run.tree.root)
    before = known(run).measure

    only = run_of(tree(item("a", rollup=Rollup(measure_weight=0.0))))
    tell(only, member="measure", a=1.0)
    rollup.measure_rollup_process(only, only.tree.root)

    assert (before, known(only).measure) == (None, None)


@pytest.mark.book("RB.1.1 b")
@pytest.mark.book("RB.1.3")
@pytest.mark.book("RB.1.3 a")
@pytest.mark.parametrize(("edition", "progress", "completed"), [("4th", 0.75, True), ("3rd", None, None)])
def test_progress_is_weighed_and_completes_since_the_4th_edition(
    edition: str, progress: float | None, *, completed: bool | None
) -> None:
    by_measure = Completion(by_measure=True, least_progress=0.7)
    made = tree(item("a", completion=Completion(weight=3.0)), item("b"), edition=edition, completion=by_measure)
    run = run_of(made)

    tell(run, member="progress", a=1.0, b=0.0)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert (known(run).progress, known(run).completed) == (progress, completed)


@pytest.mark.book("RB.1.2")
@pytest.mark.book("RB.1.2 a")
@pytest.mark.parametrize(("measure", "satisfied"), [(0.4, False), (0.6, True), (None, None)])
def test_a_measure_decides_before_any_rule(measure: float | None, *, satisfied: bool | None) -> None:
    by_measure = Objective("p", primary=True, by_measure=True, least_measure=0.5)
    rules = Rollup((rollup_rule("satisfied", "always"),))
    run = run_of(tree(item("a"), objectives=(by_measure,), rollup=rules))

    tell(run, member="measure", a=measure)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert known(run).satisfied is satisfied


@pytest.mark.book("RB.1.2 b")
@pytest.mark.parametrize(
    ("a", "b", "satisfied"),
    [(True, True, True), (True, False, False), (False, False, False), (True, None, None), (None, None, None)],
)
def test_by_default_all_must_be_satisfied_and_all_known(a: bool | None, b: bool | None, satisfied: bool | None) -> None:  # noqa: FBT001
    run = run_of(tree(item("a"), item("b")))

    tell(run, a=a, b=b)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert known(run).satisfied is satisfied


@pytest.mark.book("RB.1.3 b")
@pytest.mark.parametrize(("a", "b", "completed"), [(True, True, True), (True, False, False), (True, None, None)])
def test_by_default_all_must_be_completed(a: bool | None, b: bool | None, completed: bool | None) -> None:  # noqa: FBT001
    run = run_of(tree(item("a"), item("b")))

    tell(run, member="completed", a=a, b=b)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert known(run).completed is completed


@pytest.mark.book("RB.1.4")
@pytest.mark.parametrize(
    ("rule_", "values", "holds"),
    [
        (rollup_rule("satisfied", "satisfied"), (True, True, True), True),
        (rollup_rule("satisfied", "satisfied"), (True, True, None), False),
        (rollup_rule("satisfied", "satisfied", "any"), (False, None, True), True),
        (rollup_rule("satisfied", "satisfied", "any"), (False, None, False), False),
        (rollup_rule("satisfied", "satisfied", "none"), (False, False, False), True),
        (rollup_rule("satisfied", "satisfied", "none"), (False, None, False), False),
        (rollup_rule("satisfied", "satisfied", "atLeastCount", least_count=2), (True, True, None), True),
        (rollup_rule("satisfied", "satisfied", "atLeastCount", least_count=2), (True, False, None), False),
        (rollup_rule("satisfied", "satisfied", "atLeastPercent", least_percent=0.6), (True, True, None), True),
        (rollup_rule("satisfied", "satisfied", "atLeastPercent", least_percent=0.7), (True, True, None), False),
    ],
)
def test_a_rule_holds_for_so_many_children(rule_: RollupRule, values: tuple[bool | None, ...], *, holds: bool) -> None:
    run = run_of(tree(item("a"), item("b"), item("c"), rollup=Rollup((rule_,))))

    tell(run, **dict(zip("abc", values, strict=True)))

    assert rollup.rollup_rule_check_subprocess(run, run.tree.root, "satisfied") == holds


@pytest.mark.book("RB.1.4")
def test_rules_for_one_side_take_the_place_of_both_defaults() -> None:
    rules = Rollup((rollup_rule("satisfied", "satisfied", "any"),))
    run = run_of(tree(item("a"), item("b"), rollup=rules))

    tell(run, a=False, b=False)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert known(run).satisfied is None


@pytest.mark.book("RB.1.4")
def test_where_no_child_counts_nothing_changes() -> None:
    run = run_of(tree(item("a", delivery=UNTRACKED), item("b", rollup=Rollup(satisfaction=False, progress=False))))

    tell(run, a=True, b=True)
    rollup.overall_rollup_process(run, at(run, "b"))

    assert known(run).satisfied is None


@pytest.mark.book("RB.1.4.1")
def test_the_conditions_of_a_rule_are_combined_for_each_child() -> None:
    both = RollupRule("satisfied", (Condition("completed"), Condition("satisfied")), "all")
    either = RollupRule("satisfied", both.conditions, "any")
    run = run_of(tree(item("a")))

    tell(run, a=True)
    a = at(run, "a")

    assert rollup.evaluate_rollup_conditions_subprocess(run, a, both) is None
    assert rollup.evaluate_rollup_conditions_subprocess(run, a, either) is True


@pytest.mark.book("RB.1.4.2")
@pytest.mark.parametrize("action", ["satisfied", "notSatisfied", "completed", "incomplete"])
@pytest.mark.parametrize(
    ("required", "track", "counts"),
    [
        ("always", {}, True),
        ("ifAttempted", {}, False),
        ("ifAttempted", {"attempts": 1}, True),
        ("ifNotSuspended", {"attempts": 1, "suspended": True}, False),
        ("ifNotSuspended", {"attempts": 1}, True),
        ("ifNotSuspended", {}, True),
        ("ifNotSkipped", {"attempts": 1}, False),
        ("ifNotSkipped", {}, True),
    ],
)
def test_a_child_may_count_under_a_condition(
    action: str, required: str, track: dict[str, Any], *, counts: bool
) -> None:
    names = ("satisfied", "not_satisfied", "completed", "incomplete")
    required_for: dict[str, Any] = {f"required_for_{name}": required for name in names}
    said = RollupConsiderations(**required_for)
    run = run_of(tree(item("a", considerations=said, before=(rule("skip", "attempted"),))))

    run.change(at(run, "a"), **track)

    assert rollup.check_child_for_rollup_subprocess(run, at(run, "a"), action) == counts


@pytest.mark.book("RB.1.4.2")
def test_a_consideration_is_for_its_own_action() -> None:
    said = RollupConsiderations(required_for_satisfied="ifAttempted")
    run = run_of(tree(item("a", considerations=said, rollup=Rollup(progress=False))))

    actions = ("satisfied", "notSatisfied", "completed", "incomplete")
    counting = [rollup.check_child_for_rollup_subprocess(run, at(run, "a"), action) for action in actions]

    assert counting == [False, True, False, False]


@pytest.mark.book("RB.1.5")
def test_rollup_goes_up_to_the_root() -> None:
    run = run_of(tree(item("m", item("n", item("a")))))

    tell(run, a=True)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert [known(run, name).satisfied for name in ("n", "m", "root")] == [True, True, True]


@pytest.mark.book("RB.1.5")
def test_who_reads_a_global_objective_that_has_changed_is_rolled_up_too() -> None:
    writes = item("a", objectives=(mapped("g", write_satisfied_status=True),))
    reads = item("b", objectives=(mapped("g", read_satisfied_status=True),))
    run = run_of(tree(item("m", writes), item("n", reads)))

    tell(run, a=True)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert known(run, "n").satisfied is True


@pytest.mark.book("RB.1.5")
def test_clusters_that_read_each_other_come_to_an_end() -> None:
    def cluster(name: str, other: str) -> Any:
        both: dict[str, Any] = {"read_satisfied_status": True, "write_satisfied_status": True}
        first = mapped(other, read_satisfied_status=True)
        return item(name, item(f"{name}1", objectives=(first,)), objectives=(mapped(name, **both),))

    run = run_of(tree(cluster("m", "n"), cluster("n", "m")))

    run.change_global("m", {"satisfied": True})
    rollup.overall_rollup_process(run, at(run, "m1"))

    assert known(run, "n").satisfied is True


@pytest.mark.book("RB.1.5")
def test_what_is_not_tracked_rolls_nothing_up() -> None:
    written = mapped("g", write_satisfied_status=True)
    run = run_of(tree(item("m", item("a"), delivery=UNTRACKED, objectives=(written,))))

    tell(run, a=True)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert (known(run, "m").satisfied, run.objectives) == (None, {})


@pytest.mark.book("RB.1.5")
def test_a_cluster_is_rolled_up_once_however_many_of_its_children_read_what_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads = mapped("g", read_satisfied_status=True)
    writes = item("a", objectives=(mapped("g", write_satisfied_status=True),))
    run = run_of(tree(item("m", writes), item("n", *(item(f"r{n}", objectives=(reads,)) for n in range(50)))))
    rolled: list[str] = []
    process = rollup.measure_rollup_process

    def watched(on: Run, one: Activity) -> None:
        rolled.append(one.id)
        process(on, one)

    monkeypatch.setattr(rollup, "measure_rollup_process", watched)

    tell(run, a=True)
    rollup.overall_rollup_process(run, at(run, "a"))

    assert rolled == ["m", "root", "n", "root"]
    assert known(run, "n").satisfied is True
