"""People are measured as they are looked after: by pages of the real service, with a password that is really computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import people
from bench.service import Service, ground

if TYPE_CHECKING:
    from bench.figures import Figure


def test_pages_and_signing_in_are_measured() -> None:
    said: list[Figure] = []
    with ground("sqlite") as on:
        service = Service(on)
        service.prepare()
        with service:
            figures = [*people.measure(service, 30, 2, said.append)]

    assert [figure.name for figure in figures] == [*people.PAGES, people.SIGN_IN] == [one.name for one in said]
    assert all(figure.rounds[0].p50 > 0 for figure in figures)
    assert (figures[-1].rounds[0].limit or 0) > 0
