"""How soon an award is there is measured through the service, and one that is late would be seen."""

from __future__ import annotations

import pytest

from bench import targets, within
from bench.figures import Figure, Round
from bench.load import Load
from bench.service import Service, ground


@pytest.mark.long
def test_each_case_has_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(within, "KILLS", 1)
    said: list[Figure] = []

    with ground("sqlite") as on:
        service = Service(on)
        load = Load(service, service.prepare(), 0.2)
        with service:
            figures = [*within.measure(load, 2, said.append)]

    assert [one.name for one in figures] == [*targets.AWARD]
    assert [one.rounds[0].requests for one in figures] == [2, 2, 2, 1]


def test_an_award_that_is_late_is_seen() -> None:
    late = Figure(within.IDLE, "awards/s", [Round.of([1.1], 1)])

    assert [line.reached for line in targets.lines([late])] == [False]
