"""Targets are held against the figures that they are about, and can be missed."""

import pytest

from bench import targets
from bench.figures import Figure, Round


def figure(name: str, rate: float = 1.0, p50: float = 1.0, limit: float | None = None, size: int = 0) -> Figure:
    one = Round(rate=rate, p50=p50, p99=p50, requests=1, limit=limit)
    return Figure(name, "statements/s", [one], limit_name="COPY", size=size)


def reached(*figures: Figure, target: str) -> list[bool]:
    return [line.reached for line in targets.lines(figures) if line.target == target]


@pytest.mark.parametrize(("rate", "enough"), [(399, False), (400, True)])
def test_a_rate_is_held_against_its_limit(rate: float, enough: bool) -> None:  # noqa: FBT001 - a case of a table
    assert reached(figure("single, 1 connection", rate, limit=1000), target="≥ 0.40 of the limit") == [enough]


@pytest.mark.parametrize(("most", "enough"), [(150, True), (151, False)])
def test_memory_is_held_against_its_bound_in_every_round(most: float, enough: bool) -> None:  # noqa: FBT001
    one = figure("memory of a large package, S3", most)
    one.rounds.append(Round(rate=10, p50=0, p99=0, requests=1))

    assert reached(one, target="≤ 150 MiB") == [enough]


@pytest.mark.parametrize(("late", "enough"), [(1.5, True), (1.51, False)])
def test_a_query_may_grow_by_half(late: float, enough: bool) -> None:  # noqa: FBT001
    grown = figure("agent", p50=1.0, size=10_000), figure("agent", p50=late, size=1_000_000)

    assert reached(*grown, target="≤ 1.5 times") == [enough]


def test_one_size_tells_nothing_of_growth() -> None:
    assert reached(figure("agent", size=10_000), target="≤ 1.5 times") == []


@pytest.mark.parametrize(("p50", "enough"), [(2.5, True), (2.6, False)])
def test_a_page_at_the_largest_size_has_its_time(p50: float, enough: bool) -> None:  # noqa: FBT001
    grown = figure("related_agents", p50=9.0, size=10_000), figure("related_agents", p50=p50, size=1_000_000)

    assert reached(*grown, target="≤ 2.5 ms") == [enough]


@pytest.mark.parametrize(("rate", "enough"), [(1079, False), (1080, True)])
def test_a_rate_is_held_against_a_peer(rate: float, enough: bool) -> None:  # noqa: FBT001
    lines = targets.lines([figure("single, 1 connection", rate)])

    peer = next(line for line in lines if "ADL" in line.beside)
    assert peer.reached == enough
    assert targets.ELSEWHERE in peer.beside


def test_a_faster_query_is_more_times_faster() -> None:
    lines = targets.lines([figure("statementId", p50=0.5, size=10_000)])

    assert next(line.ratio for line in lines if "ADL" in line.beside) == 160
