"""What the browser journeys share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.learning import Wired
from tests.journeys.walking import serving
from tests.lrs.webhooks.receiver import LOOPBACK
from tests.parts.line import Line
from tests.parts.ports import free_port
from tests.parts.turns import ARRANGEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.walking import Service


@pytest.fixture(scope="session", params=ARRANGEMENTS)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve each arrangement, for all tests that do not mind each other's lessons: a start takes seconds.

    The mail server that it names is never there: the pages about letters are, and have something to say.
    Other systems are told of events on this machine.
    """
    others = {
        "HAIDANG_SMTP_HOST": "127.0.0.1",
        "HAIDANG_SMTP_PORT": str(free_port()),
        "HAIDANG_SMTP_FROM": "a@example.org",
        "HAIDANG_WEBHOOK_NETWORKS": LOOPBACK,
    }
    with serving(request, tmp_path_factory.mktemp("service"), "embedded", request.param, **others) as started:
        yield started


@pytest.fixture(scope="session", params=ARRANGEMENTS)
def wired(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wired]:
    """Serve each arrangement behind a line that can be cut."""
    port = free_port()
    line = Line(port)
    domain = "lms" if request.param == "sibling" else "hd"
    public = f"http://app.{domain}.localhost:{line.port}"
    more = {"HAIDANG_PORT": str(port), "HAIDANG_PUBLIC_URL": public}
    with serving(request, tmp_path_factory.mktemp("wired"), "embedded", request.param, **more) as started:
        yield Wired(started, line)
    line.close()
