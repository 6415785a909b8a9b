"""The report: figures beside limits and targets, where they were measured, and what was not; printed, and written with plots."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bench import plots, targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.figures import Figure
    from bench.processes import Memory

RESULTS = Path(__file__).parent / "results"

NEVER = (
    "a network: load, service and database share one machine's processors",
    "the peers: their figures come from another run on two cores, and are marked",
    "attachments, signed statements and pages of the player",
)


@dataclass
class Report:
    """Everything that a run found out."""

    name: str
    machine: dict[str, str]
    rounds: int
    figures: list[Figure] = field(default_factory=list)
    workers: list[Figure] = field(default_factory=list)
    memory: dict[str, Memory] = field(default_factory=dict)
    not_measured: list[str] = field(default_factory=lambda: list(NEVER))

    def of(self, server: str) -> list[Figure]:
        """Give the figures of one server."""
        return [one for one in self.figures if one.server == server]

    @property
    def servers(self) -> list[str]:
        """Name the servers, ours first."""
        return list(dict.fromkeys(one.server for one in self.figures))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Write a table for people and Markdown alike: the first row is its head, all but the first column stand right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    rule = [f"{'-' * (width - 1)}:" if place else "-" * width for place, width in enumerate(widths)]

    def line(row: Sequence[str]) -> str:
        cells = [
            word.rjust(width) if place else word.ljust(width)
            for place, (word, width) in enumerate(zip(row, widths, strict=True))
        ]
        return f"| {' | '.join(cells)} |"

    return "\n".join(line(row) for row in (rows[0], rule, *rows[1:]))


def target_rows(figures: Sequence[Figure]) -> list[list[str]]:
    """Say what was to be reached and was."""
    head = ["measured", "figure", "limit or peer", "ratio", "target", "reached"]
    found = [
        [
            one.what,
            one.figure,
            one.beside,
            "" if one.ratio is None else f"{one.ratio:.2f}",
            one.target,
            "yes" if one.reached else "NO",
        ]
        for one in targets.lines(figures)
    ]
    return [head, *found]


def figure_rows(figures: Sequence[Figure]) -> list[list[str]]:
    """Say all that was measured."""
    head = [
        "",
        "median",
        "least",
        "most",
        "p50 ms",
        "p99 ms",
        "service µs",
        "database µs",
        "load µs",
        "limit",
        "ratio",
        "",
    ]
    rows = [head]
    for one in figures:
        rates = [a.rate for a in one.rounds]
        rows.append(
            [
                f"{one.name}{f' at {one.size:,}' if one.size else ''}",
                f"{one.median():,.0f} {one.unit}",
                f"{min(rates):,.0f}",
                f"{max(rates):,.0f}",
                f"{one.median('p50'):.2f}",
                f"{one.median('p99'):.2f}",
                *(f"{one.median(what):,.0f}" for what in ("service_us", "database_us", "load_us")),
                "" if one.limit is None else f"{one.limit:,.0f}",
                "" if one.ratio is None else f"{one.ratio:.2f}",
                one.note,
            ]
        )
    return rows


def memory_rows(report: Report) -> list[list[str]]:
    """Say what the services needed to remember."""
    rows = [["service", "together (PSS)", "most of one process"]]
    rows += [
        [name, f"{one.together:,.0f} MiB", f"{max(one.peaks, default=0):,.0f} MiB"]
        for name, one in report.memory.items()
    ]
    return rows


def markdown(report: Report, pictures: Sequence[str]) -> str:
    """Write the whole as a page."""
    parts = [f"# {report.name}", "\n".join(f"- {name}: {words}" for name, words in report.machine.items())]
    parts.append(
        f"Rounds: {report.rounds}, of queries one; the middle one counts. Microseconds are processor time a request: of the service's "
        "processes, the database's, the load's."
    )
    for server in report.servers:
        figures = report.of(server)
        parts += [
            f"## {server}: targets",
            table(target_rows(figures)),
            f"## {server}: figures",
            table(figure_rows(figures)),
        ]
    if report.workers:
        parts += ["## Ways to serve, in turns", table(figure_rows(report.workers))]
    if report.memory:
        parts += ["## Memory", table(memory_rows(report))]
    parts += [f"![{picture}]({picture})" for picture in pictures]
    parts += ["## Not measured", "\n".join(f"- {words}" for words in report.not_measured)]
    return "\n\n".join(parts) + "\n"


def drawings(report: Report) -> Iterator[tuple[str, str]]:
    """Draw what there is to be seen."""
    for number, server in enumerate(report.servers):
        figures = report.of(server)
        more = f"-{number}" if number else ""
        beside = {one.name: {"service": one.median(), "limit": one.limit} for one in figures if one.limit is not None}
        if beside:
            yield f"throughput{more}", plots.bars(f"{server} beside its limit", "statements/s", beside)
        spreads = {one.name: _spread(one) for one in figures if not one.size and "batch" not in one.name}
        if spreads:
            yield f"latency{more}", plots.curves("Latency", "of 100 requests", "ms", spreads)
        grown: dict[str, list[plots.Point]] = {}
        for one in figures:
            if one.size and one.name in (*targets.INDEXED, *targets.RELATED):
                grown.setdefault(one.name, []).append((one.size, one.median("p50")))
        if any(len(points) > 1 for points in grown.values()):
            yield (
                f"queries{more}",
                plots.curves("Queries in a growing log, p50", "statements in the space", "ms", grown, logarithmic=True),
            )
    if report.workers:
        yield (
            "workers",
            plots.bars("Ways to serve", "statements/s", {one.name: {"median": one.median()} for one in report.workers}),
        )


def _spread(one: Figure) -> list[plots.Point]:
    """Give the latencies of the middle round, up to 95 of 100: the last of all would hide the rest."""
    middle = sorted(one.rounds, key=lambda a: a.p50)[len(one.rounds) // 2]
    return [(place * 5.0, value) for place, value in enumerate(middle.spread[:-1])]


def write(report: Report, folder: Path) -> Path:
    """Write the page, the figures as JSON, and the plots."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for name, drawing in drawings(report):
        pictures.append(f"{report.name}-{name}.svg")
        (folder / pictures[-1]).write_text(drawing, "utf-8")
    (folder / f"{report.name}.json").write_text(
        json.dumps(asdict(report), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    page = folder / f"{report.name}.md"
    page.write_text(markdown(report, pictures), "utf-8")
    return page
