"""Objectives read and write global ones as their maps say (SN, 3.10)."""

from dataclasses import replace
from typing import Any

import pytest

from packages.model import Completion, Objective, RollupConsiderations
from player.sequencing import objectives
from player.sequencing.objectives import MAPPED
from player.sequencing.run import Run
from player.sequencing.tracking import Progress
from tests.player.sequencing.trees import at, item, mapped, run_of, tree

WHOLE = Progress(satisfied=True, measure=0.5, raw="5", least="0", most="10", completed=True, progress=0.25)
MEMBERS = sorted(MAPPED)


def run_with(*said: Objective, **more: Any) -> Run:
    return run_of(tree(item("a", objectives=said, **more)))


def one_way(way: str, member: str) -> Objective:
    said: dict[str, Any] = {f"{way}_{MAPPED[member]}": True}
    return mapped("g", **said)


def primary(run: Run) -> Progress:
    return objectives.primary(run, at(run, "a"))


def record(run: Run, **members: Any) -> None:
    objectives.record(run, at(run, "a"), at(run, "a").primary, **members)


@pytest.mark.parametrize("member", MEMBERS)
def test_a_map_writes_what_it_says_and_nothing_else(member: str) -> None:
    run = run_with(one_way("write", member))

    record(run, **{name: getattr(WHOLE, name) for name in MEMBERS})

    assert run.objectives == {"g": replace(Progress(), **{member: getattr(WHOLE, member)})}


@pytest.mark.parametrize("member", MEMBERS)
def test_a_map_reads_what_it_says_and_nothing_else(member: str) -> None:
    run = run_with(one_way("read", member))

    run.change_global("g", {name: getattr(WHOLE, name) for name in MEMBERS})

    assert primary(run) == replace(Progress(), **{member: getattr(WHOLE, member)})


@pytest.mark.parametrize(
    ("member", "stays"), [("satisfied", False), ("measure", False), ("completed", True), ("raw", True)]
)
def test_what_a_global_objective_does_not_know_stays_local_only_for_what_the_4th_edition_added(
    member: str, *, stays: bool
) -> None:
    run = run_with(one_way("read", member))

    record(run, **{member: getattr(WHOLE, member)})

    assert (getattr(primary(run), member) is not None) == stays


def test_what_is_unknown_is_not_written() -> None:
    run = run_with(mapped("g", write_satisfied_status=True))

    record(run, satisfied=True)
    record(run, satisfied=None)

    assert run.objectives["g"].satisfied is True


@pytest.mark.parametrize(("measure", "satisfied"), [(None, None), (0.49, False), (0.5, True)])
def test_a_measure_alone_satisfies_where_it_is_meant_to(measure: float | None, *, satisfied: bool | None) -> None:
    run = run_with(Objective("p", primary=True, by_measure=True, least_measure=0.5))

    record(run, satisfied=not satisfied, measure=measure)

    assert primary(run).satisfied is satisfied


@pytest.mark.parametrize(("active", "satisfied"), [(True, None), (False, True)])
def test_a_measure_may_have_to_wait_until_the_attempt_has_ended(*, active: bool, satisfied: bool | None) -> None:
    said = Objective("p", primary=True, by_measure=True, least_measure=0.5)
    run = run_with(said, considerations=RollupConsiderations(measure_if_active=False))

    record(run, measure=0.9)
    run.change(at(run, "a"), active=active)

    assert primary(run).satisfied is satisfied


@pytest.mark.parametrize(("progress", "completed"), [(None, None), (0.49, False), (0.5, True)])
def test_progress_alone_completes_where_it_is_meant_to(progress: float | None, *, completed: bool | None) -> None:
    run = run_with(completion=Completion(by_measure=True, least_progress=0.5))

    record(run, completed=not completed, progress=progress)

    assert primary(run).completed is completed


def test_a_judgement_is_what_is_written() -> None:
    said = mapped("g", by_measure=True, write_satisfied_status=True)
    run = run_with(replace(said, least_measure=0.5))

    record(run, satisfied=True, measure=0.1)

    assert run.objectives["g"].satisfied is False


def test_fresh_knowledge_leaves_out_what_is_stale() -> None:
    run = run_with()
    a = at(run, "a")

    record(run, satisfied=True, completed=True)
    run.change(a, stale=("satisfied",))

    assert (primary(run).satisfied, primary(run).completed) == (True, True)
    fresh = objectives.primary(run, a, fresh=True)
    assert (fresh.satisfied, fresh.completed) == (None, True)


def test_an_objective_that_is_mapped_to_itself_and_to_others_comes_to_an_end() -> None:
    both: dict[str, Any] = {"read_satisfied_status": True, "write_satisfied_status": True}
    run = run_of(tree(item("a", objectives=(mapped("p", **both),)), item("b", objectives=(mapped("p", "q", **both),))))

    record(run, satisfied=True)

    assert objectives.primary(run, at(run, "b")).satisfied is True
