"""What is written: single statements, batches, documents. Each round is followed by its limit."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bench import processes, statements
from bench.figures import Figure, Round, round_of
from bench.load import Outcome, drive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.limits import Limits
    from bench.requests import Writer
    from bench.service import Service
    from bench.statements import Statement

SINGLES = (1, 32)
"""Connections on which single statements come."""

BATCHES = ((100, 1), (100, 4), (500, 4))
"""Sizes of batches, and connections on which they come."""

WARM = 50


class Load:
    """A service under load, and whoever writes its requests."""

    def __init__(self, service: Service, writer: Writer, seconds: float, seed: int = 1) -> None:
        self.service = service
        self.writer = writer
        self.seconds = seconds
        self._stream: Iterator[Statement] = statements.generate(seed)

    def fresh(self, count: int) -> list[Statement]:
        """Give statements that have not been sent yet."""
        return list(islice(self._stream, count))

    def run(self, requests: Sequence[bytes], connections: int, per_request: int = 1) -> Round:
        """Send for so many seconds, or to the last request, and see what each side spends."""
        database = self.service.ground.server
        before = self.service.processor_seconds(), processes.processor_seconds(database) if database else 0.0
        outcome: Outcome = drive(self.service.port, requests, connections, self.seconds)
        after = self.service.processor_seconds(), processes.processor_seconds(database) if database else 0.0
        spent = [late - early for early, late in zip(before, after, strict=True)]
        return round_of(outcome, per_request, service=spent[0], database=spent[1])


def warm_up(load: Load) -> None:
    """Let every worker have seen a statement and a question."""
    drive(load.service.port, load.writer.singles(load.fresh(WARM)), 8)
    drive(load.service.port, [load.writer.get(limit="1")] * WARM, 8)


def singles(load: Load, limits: Limits | None, rounds: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """Measure single statements, on one connection and on many."""
    for connections in SINGLES:
        figure = Figure(f"single, {_connections(connections)}", "statements/s")
        for _ in range(rounds):
            count = int(load.seconds * (1500 if connections == 1 else 5000))
            one = load.run(list(load.writer.singles(load.fresh(count))), connections)
            if limits:
                one.limit = limits.commits(connections)
                figure.limit_name = f"one row a commit, {_connections(connections)}"
            figure.rounds.append(one)
            say(line(figure, one))
        yield figure


def batches(load: Load, limits: Limits | None, rounds: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """Measure batches."""
    for size, connections in BATCHES:
        figure = Figure(f"batch {size}, {_connections(connections)}", "statements/s")
        for _ in range(rounds):
            count = int(load.seconds * 18_000) // size * size
            one = load.run(list(load.writer.batches(load.fresh(count), size)), connections, size)
            if limits:
                one.limit = limits.copies(size, connections)
                figure.limit_name = f"COPY, {size} statements a transaction, {_connections(connections)}"
            figure.rounds.append(one)
            say(line(figure, one))
        yield figure


def line(figure: Figure, one: Round) -> str:
    """Say what a round came to."""
    limit = f"  limit {one.limit:9,.0f}  ratio {one.rate / one.limit:.2f}" if one.limit else ""
    return (
        f"{figure.name:32} {one.rate:9,.0f} {figure.unit:13} p50 {one.p50:8.2f} ms  p99 {one.p99:8.2f} ms"
        f"  service {one.service_us:6,.0f} us, database {one.database_us:6,.0f} us, load {one.load_us:4,.0f} us a request{limit}"
    )


def _connections(count: int) -> str:
    return f"{count} connection{'s' if count > 1 else ''}"
