"""A control of the hostile lesson: from a host without our guard it does install its service worker, in this very browser."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from storage.media_types import media_type
from tests.journeys.test_hostile_lesson import FILES, TRAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser


class _Careless(BaseHTTPRequestHandler):
    """A server that gives everybody everything."""

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        self.send_response(200)
        self.send_header("Content-Type", media_type(name))
        self.end_headers()
        self.wfile.write(FILES.get(name, TRAP))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def careless() -> Iterator[str]:
    """Serve the trap from a host as lessons have one, without any guard."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Careless)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://c-careless.lms.localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_without_the_guard_a_lesson_installs_a_service_worker(screen: Screens) -> None:
    with careless() as origin:
        page = screen.open()
        page.goto(f"{origin}/c/token/index.html")
        assert page.evaluate("installWorkers()") == [f"{origin}/c/token/"]
        page.goto(f"{origin}/index.html")
        assert page.evaluate("installWorkers()") == [f"{origin}/", f"{origin}/"]
