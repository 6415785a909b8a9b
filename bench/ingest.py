"""What is written: statements one by one and in batches. Each round is followed by its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.limits import Limits
    from bench.load import Load

SINGLES = {1: 2500, 32: 6000}
"""Connections on which single statements come, and how many a second at most."""

BATCHES = ((100, 1), (100, 4), (500, 4))
"""Sizes of batches, and connections on which they come."""

_MOST = 24_000


def singles(load: Load, limits: Limits, rounds: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Measure single statements, on one connection and on many."""
    for connections, most in SINGLES.items():
        figure = Figure(f"single, {_connections(connections)}", "statements/s")
        figure.limit_name = f"one statement a commit, {_connections(connections)}"
        for _ in range(rounds):
            one = load.run(list(load.writer.singles(load.stream(int(load.seconds * most)))), connections)
            one.limit = limits.commits(connections)
            figure.rounds.append(one)
            say(figure)
        yield figure


def batches(load: Load, limits: Limits, rounds: int, say: Callable[[Figure], None]) -> Iterator[Figure]:
    """Measure batches."""
    for size, connections in BATCHES:
        figure = Figure(f"batch {size}, {_connections(connections)}", "statements/s")
        figure.limit_name = f"COPY, {size} statements a transaction, {_connections(connections)}"
        for _ in range(rounds):
            count = int(load.seconds * _MOST) // size * size
            one = load.run(list(load.writer.batches(load.stream(count), size)), connections, size)
            one.limit = limits.copies(size, connections)
            figure.rounds.append(one)
            say(figure)
        if connections == 1:
            figure.note = f"all in one transaction: COPY writes {limits.bulk():,.0f} a second"
        yield figure


def _connections(count: int) -> str:
    return f"{count} connection{'s' if count > 1 else ''}"
