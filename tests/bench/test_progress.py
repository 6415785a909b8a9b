"""The progress of a course is measured by its page, and by putting a unit in; certificates beside it, by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import checking, progress
from bench.service import Service, ground

if TYPE_CHECKING:
    from bench.figures import Figure


def test_the_table_and_a_unit_are_measured() -> None:
    said: list[Figure] = []
    with ground("sqlite") as on:
        service = Service(on)
        service.prepare()
        with service:
            figures = [*progress.measure(service, 30, 2, said.append)]
            checked = [*checking.measure(service, 30, 3, said.append)]

    assert [figure.name for figure in figures] == [progress.TABLE, progress.TABLE, progress.PUT_IN]
    assert [figure.size for figure in figures] == [0, 30 * progress.SAID, 0]
    assert [figure.rounds[0].requests for figure in checked] == [3, 96]
    assert said == [*figures, *checked]
    assert all(figure.rounds[0].p50 > 0 for figure in figures)
