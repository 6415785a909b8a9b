"""A service under load: sends what was written beforehand, and sees what each side spends on it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bench import processes, statements
from bench.figures import Round
from bench.lines import drive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.requests import Writer
    from bench.service import Service
    from bench.statements import Statement

_WARM = 50
_ALL_DAY = 86_400.0


class Load:
    """A service, and whoever writes requests to it."""

    def __init__(self, service: Service, writer: Writer, seconds: float, seed: int = 1) -> None:
        self.service = service
        self.writer = writer
        self.seconds = seconds
        self._endless: Iterator[Statement] = statements.generate(seed)

    def stream(self, count: int) -> Iterator[Statement]:
        """Give statements that have not been sent yet."""
        return islice(self._endless, count)

    def warm_up(self) -> None:
        """Let every worker have seen a statement and a question."""
        drive(self.service.port, self.writer.singles(self.stream(_WARM)), 8)
        drive(self.service.port, [self.writer.get(limit="1")] * _WARM, 8)

    def run(self, requests: Iterable[bytes], connections: int, per_request: int = 1, *, whole: bool = False) -> Round:
        """Send for the seconds of a round, or the whole of it; a request may carry several statements."""
        before = self._spent()
        outcome = drive(self.service.port, requests, connections, _ALL_DAY if whole else self.seconds)
        service, database = (late - early for early, late in zip(before, self._spent(), strict=True))
        found = Round.of(outcome.latencies, outcome.rate * per_request)
        each = 1e6 / found.requests
        found.load_us, found.service_us, found.database_us = outcome.own_seconds * each, service * each, database * each
        return found

    def _spent(self) -> tuple[float, float]:
        database = self.service.ground.server
        return self.service.processor_seconds(), processes.processor_seconds(database) if database else 0.0
