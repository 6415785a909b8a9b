"""A whole record gone through for one rule: made anew for another version, with the memory of that, and as a trial, slice by slice."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from bench.figures import Figure, Round
from bench.school import HOME, RULE, School
from lrs.outcomes import trial as trials
from lrs.outcomes import trying

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from bench.service import Ground

REPLAYED = "awards, a replay of the record"
GROWN = "awards, memory of a replay"
TRIED = "awards, a dry run for everybody"

_PAGE = os.sysconf("SC_PAGE_SIZE")


def measure(on: Ground, learners: int, say: Callable[[Figure], None]) -> list[Figure]:
    """Go through a record twice: for a version of a rule, and for a trial of another."""
    with tempfile.TemporaryDirectory() as folder:
        school = School(on.url, learners, Path(folder))
        school.come(late=False)
        on.settle()
        rule = school.rule()
        figures = [*_replayed(school), _tried(school, rule)]
        for figure in figures:
            say(figure)
        school.database.dispose()
        return figures


def _replayed(school: School) -> list[Figure]:
    job, latencies, learners = school.remaking(), list[float](), 0
    gc.collect()
    idle = third = _memory()
    begin = before = time.perf_counter()
    while done := job.work(school.database, school.space):
        learners += done
        latencies.append(time.perf_counter() - before)
        before = time.perf_counter()
        third = _memory() if learners * 3 <= len(school.learners) else third
    seconds, end = time.perf_counter() - begin, _memory()
    note = f"{school.count:,} statements of {learners:,} learners in {seconds:,.0f} s; latencies of a slice"
    grown = f"{idle:,.0f} MiB before, {third:,.0f} after a third, {end:,.0f} at the end"
    return [
        Figure(REPLAYED, "statements/s", [Round.of(latencies, school.count / seconds)], note=note),
        Figure(GROWN, "MiB grown", [Round(max(0.0, end - third), 0, 0, 1)], note=grown),
    ]


def _tried(school: School, rule: UUID) -> Figure:
    """Try a change of the rule as its form does: each slice brings back in which place the last one ended."""
    body = RULE | {"all": RULE["all"][:2]}
    ground, form, latencies = trying.Ground(school.keys, HOME), dict[str, list[str]](), list[float]()
    text, begin = orjson.dumps(body).decode(), time.perf_counter()
    while True:
        before = time.perf_counter()
        with school.database.read(school.space) as tx:
            trial = trials.gone_on(tx, ground, rule, body, trials.begun(text, form))
        latencies.append(time.perf_counter() - before)
        if trial.done:
            break
        form = {}
        for name, value in trial.fields():
            form.setdefault(f"trial.{name}", []).append(value)
    seconds = time.perf_counter() - begin
    note = f"{trial.looked:,} people in {seconds:,.0f} s and {len(latencies)} slices: {trial.gain:,} would gain; latencies of a slice"
    return Figure(TRIED, "people/s", [Round.of(latencies, trial.looked / seconds)], note=note)


def _memory() -> float:
    """Tell how much memory this process has, in MiB."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE / 2**20
