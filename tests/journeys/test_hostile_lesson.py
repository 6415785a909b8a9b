"""Whatever a hostile lesson tries, it gets at nothing of the app's or of another lesson's; served carelessly, all of it succeeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.careless import Careless, careless
from tests.journeys.hostility import attack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.walking import Service
    from tests.parts.figures import Telling
    from tests.parts.tabs import Engine

pytestmark = pytest.mark.browser

PROBES = 30
"""So many at the least."""


@pytest.fixture(scope="module")
def careless_service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Careless]:
    """Serve carelessly, once for all tests."""
    with careless(request, tmp_path_factory.mktemp("careless")) as service:
        yield service


def test_no_probe_succeeds(engine: Engine, service: Service, tell: Telling) -> None:
    outcome = attack(engine, service, patience=4_000)

    arrangement = service.installation.services.config.arrangement
    tell(f"{engine.name}, {arrangement}: {len(outcome.succeeded)} of {len(outcome.found)} probes succeeded")
    assert len(outcome.found) >= PROBES
    assert outcome.succeeded == []
    assert outcome.after == outcome.before


def test_served_carelessly_every_probe_succeeds(engine: Engine, careless_service: Careless, tell: Telling) -> None:
    outcome = attack(engine, careless_service, patience=15_000)

    tell(f"{engine.name}, control: {len(outcome.succeeded)} of {len(outcome.found)} probes succeeded")
    assert outcome.failed == []
    assert outcome.after != outcome.before
