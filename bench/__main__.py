"""`python -m bench`: measure the service, or parts of it, beside what the database and the targets allow (docs/bench.md)."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench import (
    anew,
    awards,
    certificates,
    checking,
    commits,
    content,
    documents,
    ingest,
    limits,
    opening,
    packages,
    people,
    progress,
    queries,
    rules,
    runtime,
    school,
    sequencing,
    within,
    workers,
)
from bench.load import Load
from bench.machine import describe
from bench.report import RESULTS, Report, memory_rows, table, target_rows, write
from bench.service import CURRENT, GRANIAN, KINDS, Service, ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.figures import Figure
    from bench.service import Make

WRITTEN = {"singles": ingest.singles, "batches": ingest.batches, "state": documents.state}
PARTS = dict.fromkeys(WRITTEN, "written") | {
    name: name
    for name in (
        "certificates",
        "checking",
        "queries",
        "commits",
        "content",
        "opening",
        "packages",
        "people",
        "progress",
        "rules",
        "awards",
        "anew",
        "within",
        "runtime",
        "sequencing",
        "granian",
        "workers",
    )
}
"""Every part, and what runs it."""
QUICK = (10_000, 50_000)
FULL = (10_000, 100_000, 1_000_000)


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"which of {', '.join(PARTS)}; all if none is named (workers only with --full)",
    )
    parser.add_argument("--on", choices=KINDS, default=KINDS[0], help="the database")
    parser.add_argument("--full", action="store_true", help="longer rounds, and queries up to a million statements")
    parser.add_argument("--name", help="of the report in bench/results/: quick-postgresql, full-postgresql, ...")
    parser.add_argument("--rounds", type=int, help="3, or 5 with --full")
    parser.add_argument("--seconds", type=float, help="of each round: 4, or 8 with --full")
    parser.add_argument("--sizes", type=int, nargs="+", help="statements in the space at which queries are measured")
    parser.add_argument("--asked", type=int, default=300, help="questions of each kind at each size")
    parser.add_argument("--learners", type=int, help="whom rules are followed for: 600, or 30,000 with --full")
    parser.add_argument("--into", type=Path, default=RESULTS, help="the folder for the report")
    chosen = parser.parse_args(words)
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"there is no part called {', '.join(sorted(unknown))}")
    chosen.parts = chosen.parts or [name for name in PARTS if chosen.full or name != "workers"]
    chosen.name = chosen.name or f"{'full' if chosen.full else 'quick'}-{chosen.on}"
    chosen.rounds = chosen.rounds or (5 if chosen.full else 3)
    chosen.seconds = chosen.seconds or (8.0 if chosen.full else 4.0)
    chosen.sizes = tuple(chosen.sizes or (FULL if chosen.full else QUICK))
    return chosen


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print the figures beside the targets, and write the report."""
    chosen = arguments(words)
    report = Report(chosen.name, {}, chosen.rounds)
    for part, run in RUNS.items():
        if parts := [name for name in chosen.parts if PARTS[name] == part]:
            run(chosen, report, parts)
    report.not_measured += [f"the part {name}" for name in PARTS if name not in chosen.parts]
    for server in report.servers:
        print(f"\n{server}\n{table(target_rows(report.of(server)))}")
    if report.memory:
        print(f"\n{table(memory_rows(report))}")
    print(f"\nThe report: {write(report, chosen.into)}")


def _written(chosen: argparse.Namespace, report: Report, parts: Sequence[str], make: Make = CURRENT) -> None:
    with _load(chosen, report, make) as load:
        beside = limits.of(load.service.ground)
        for part in parts:
            for figure in WRITTEN[part](load, beside, chosen.rounds, _say):
                figure.server = make.name
                report.figures.append(figure)


def _queries(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        for figure in queries.curve(load, chosen.sizes, chosen.asked, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _commits(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        for figure in commits.measure(load, chosen.rounds, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _content(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        for figure in content.measure(load, chosen.rounds, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _opening(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        for figure in opening.measure(load.service, chosen.rounds, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _packages(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    size = packages.FULL if chosen.full else packages.QUICK
    with packages.stores(report.not_measured) as stores:
        for name, address in stores.items():
            with _load(chosen, report, CURRENT, address) as load:
                for figure in packages.measure(load.service, name, size, chosen.rounds, _say):
                    figure.server = CURRENT.name
                    report.figures.append(figure)


def _people(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        for figure in people.measure(load.service, people.MANY if chosen.full else people.FEW, chosen.asked, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _progress(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        for figure in progress.measure(
            load.service, progress.MANY if chosen.full else progress.FEW, chosen.asked, _say
        ):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _rules(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    report.machine = report.machine or describe("no database")
    report.figures += rules.measure(rules.MANY if chosen.full else rules.FEW, chosen.rounds, _say)


def _awards(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with ground(chosen.on) as on:
        report.machine = report.machine or describe(on.version)
        for figure in awards.measure(on, _learners(chosen), chosen.asked, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _anew(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with ground(chosen.on) as on:
        report.machine = report.machine or describe(on.version)
        for figure in anew.measure(on, _learners(chosen), _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _learners(chosen: argparse.Namespace) -> int:
    return chosen.learners or (school.MANY if chosen.full else school.FEW)


def _within(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        for figure in within.measure(load, chosen.asked, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _certificates(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    report.machine = report.machine or describe("no database")
    count = certificates.MANY if chosen.full else certificates.FEW
    report.figures += certificates.measure(count, chosen.rounds, _say)


def _checking(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with _load(chosen, report, CURRENT) as load:
        many = checking.MANY if chosen.full else checking.FEW
        for figure in checking.measure(load.service, many, chosen.asked, _say):
            figure.server = CURRENT.name
            report.figures.append(figure)


def _runtime(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    report.machine = report.machine or describe("no database")
    report.figures += runtime.measure(chosen.rounds, chosen.seconds, _say)


def _sequencing(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    report.machine = report.machine or describe("no database")
    report.figures += sequencing.measure(chosen.rounds, chosen.seconds, _say)


def _granian(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    _written(chosen, report, ("singles", "batches"), GRANIAN)


def _workers(chosen: argparse.Namespace, report: Report, _parts: Sequence[str]) -> None:
    with ground(chosen.on) as on:
        report.machine = report.machine or describe(on.version)
        report.workers = workers.compare(on, chosen.rounds, chosen.seconds, _say)
    report.not_measured += [f"{name}: not installed" for name in workers.ways()[1]]


RUNS: dict[str, Callable[[argparse.Namespace, Report, Sequence[str]], None]] = {
    "written": _written,
    "queries": _queries,
    "commits": _commits,
    "content": _content,
    "opening": _opening,
    "packages": _packages,
    "people": _people,
    "progress": _progress,
    "certificates": _certificates,
    "checking": _checking,
    "rules": _rules,
    "awards": _awards,
    "anew": _anew,
    "within": _within,
    "runtime": _runtime,
    "sequencing": _sequencing,
    "granian": _granian,
    "workers": _workers,
}


@contextmanager
def _load(chosen: argparse.Namespace, report: Report, make: Make, store: str = "") -> Iterator[Load]:
    """Serve a database of its own, warm, and see at the end how much memory that took."""
    with ground(chosen.on) as on:
        report.machine = report.machine or describe(on.version)
        service = Service(on, make, store)
        load = Load(service, service.prepare(), chosen.seconds)
        with service:
            load.warm_up()
            yield load
            now = service.memory()
            before = report.memory.get(make.name, now)
            report.memory[make.name] = max(before, now, key=lambda memory: memory.together)


def _say(figure: Figure) -> None:
    print(figure.last_words(), flush=True)


if __name__ == "__main__":
    main()
