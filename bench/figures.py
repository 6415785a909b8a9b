"""Figures: what was measured, in rounds, and what is said of them."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.load import Outcome

_MS = 1000.0


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which so much of them lies: the nearest one that was really measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass
class Round:
    """One run of a load: its rate, its latencies in milliseconds, and what a request cost whom, in microseconds of processor time."""

    rate: float
    p50: float
    p99: float
    requests: int
    load_us: float = 0.0
    service_us: float = 0.0
    database_us: float = 0.0
    limit: float | None = None


@dataclass
class Figure:
    """One line of the report: some rounds of the same."""

    name: str
    unit: str
    rounds: list[Round] = field(default_factory=list)
    limit_name: str = ""

    def median(self, what: str = "rate") -> float:
        """Give the middle one of the rounds."""
        values: list[float] = [getattr(one, what) for one in self.rounds]
        return statistics.median(values)

    @property
    def limit(self) -> float | None:
        """The middle one of the limits that were measured between the rounds."""
        limits = [one.limit for one in self.rounds if one.limit is not None]
        return statistics.median(limits) if limits else None

    @property
    def ratio(self) -> float | None:
        """The rate beside its limit: the middle one of the rounds, each with the limit measured right after it."""
        ratios = [one.rate / one.limit for one in self.rounds if one.limit]
        return statistics.median(ratios) if ratios else None


def round_of(outcome: Outcome, per_request: int = 1, *, service: float = 0.0, database: float = 0.0) -> Round:
    """Sum up an outcome; a request may carry several statements."""
    each = 1e6 / max(outcome.requests, 1)
    return Round(
        rate=outcome.rate * per_request,
        p50=percentile(outcome.latencies, 0.50) * _MS,
        p99=percentile(outcome.latencies, 0.99) * _MS,
        requests=outcome.requests,
        load_us=outcome.own_seconds * each,
        service_us=service * each,
        database_us=database * each,
    )
