"""What the browser journeys share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.walking import ARRANGEMENTS, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.walking import Service


@pytest.fixture(scope="session", params=ARRANGEMENTS)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve each arrangement, for all tests that do not mind each other's lessons: a start takes seconds."""
    with serving(request, tmp_path_factory.mktemp("service"), "embedded", request.param) as started:
        yield started
