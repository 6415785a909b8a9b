"""Ways to serve one application, in turns, under one load: 32 connections with a statement each. Followers run beside all of them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from bench.figures import Figure
from bench.load import Load
from bench.service import Make, Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.service import Ground

CONNECTIONS = 32
_MOST = 6000
_SYNC = ("--worker-class", "sync", "--workers")

WAYS = (
    Make("our worker, 2 x 4 threads", 2, 4, gunicorn=()),
    Make("our worker, 2 x 16 threads", 2, 16, gunicorn=()),
    Make("our worker, 3 x 8 threads", 3, 8, gunicorn=()),
    Make("gthread, 2 x 16 threads", 2, 16, gunicorn=("--worker-class", "gthread")),
    Make("sync, 2 workers", 2, 1, gunicorn=(*_SYNC, "2")),
    Make("sync, 3 workers", 3, 1, gunicorn=(*_SYNC, "3")),
    Make("sync, 4 workers", 4, 1, gunicorn=(*_SYNC, "4")),
    Make("gevent, 2 workers", 2, 16, gunicorn=("--worker-class", "gevent", "--workers", "2")),
    Make("granian, 2 x 4 threads", 2, 4, granian=True),
    Make("granian, 2 x 8 threads", 2, 8, granian=True),
)


def ways() -> tuple[list[Make], list[str]]:
    """List the ways that can be gone here, and name those whose package is not installed."""
    there = [way for way in WAYS if find_spec(_package(way)) is not None]
    return there, [way.name for way in WAYS if way not in there]


def compare(on: Ground, rounds: int, seconds: float, say: Callable[[Figure], None]) -> list[Figure]:
    """Measure each way once, then each again: what the machine does meanwhile meets all of them."""
    there, _ = ways()
    figures = [Figure(way.name, "statements/s") for way in there]
    loads = [_load(on, way, seconds, seed) for seed, way in enumerate(there)]
    for _ in range(rounds):
        for figure, load in zip(figures, loads, strict=True):
            with load.service:
                load.warm_up()
                requests = list(load.writer.singles(load.stream(int(seconds * _MOST))))
                figure.rounds.append(load.run(requests, CONNECTIONS))
                figure.note = f"{load.service.memory().together:,.0f} MiB"
            say(figure)
    return figures


def _load(on: Ground, way: Make, seconds: float, seed: int) -> Load:
    service = Service(on, way)
    return Load(service, service.prepare(), seconds, seed)


def _package(way: Make) -> str:
    return "granian" if way.granian else "gevent" if "gevent" in (way.gunicorn or ()) else "gunicorn"
