"""Figures: what was measured, in rounds, and what is said of them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    spread: list[float] = field(default_factory=list)
    """Every twentieth of the latencies: how they are distributed."""

    @classmethod
    def of(cls, latencies: Sequence[float], rate: float) -> Round:
        """Sum up latencies in seconds."""
        ordered = sorted(value * _MS for value in latencies)
        return cls(
            rate=rate,
            p50=percentile(ordered, 0.50),
            p99=percentile(ordered, 0.99),
            requests=len(ordered),
            spread=[round(percentile(ordered, share / 20), 3) for share in range(21)],
        )


@dataclass
class Figure:
    """One line of the report: some rounds of the same."""

    name: str
    unit: str
    rounds: list[Round] = field(default_factory=list)
    limit_name: str = ""
    size: int = 0
    """Statements in the space, where that is the question."""
    note: str = ""
    server: str = ""

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

    def last_words(self) -> str:
        """Say what the last round came to."""
        one = self.rounds[-1]
        size = f"{self.size:,} " if self.size else ""
        words = [
            f"{f'{size}{self.name}':42} {one.rate:9,.0f} {self.unit:13} p50 {one.p50:8.2f} ms  p99 {one.p99:8.2f} ms",
            f"a request: service {one.service_us:,.0f} us, database {one.database_us:,.0f} us, load {one.load_us:,.0f} us",
            f"limit {one.limit:,.0f}, ratio {one.rate / one.limit:.2f}" if one.limit else "",
            self.note,
        ]
        return "  ".join(word for word in words if word)
