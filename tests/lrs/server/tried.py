"""gunicorn with our worker and an application that does one thing at a time: what tests/lrs/server/test_worker.py talks to."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from lrs import logs
from lrs.server.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrs.logs import Application, Environ, StartResponse

globals().update(SETTINGS)
bind = f"127.0.0.1:{os.environ.get('TRIED_PORT', '0')}"
wsgi_app = "tests.lrs.server.tried:application"
workers = 1
threads = int(os.environ.get("TRIED_THREADS", "1"))
worker_connections = int(os.environ.get("TRIED_LINES", "1000"))
graceful_timeout = 10


def post_worker_init(_worker: Any) -> None:
    """Write the log as the service does."""
    logs.set_up("info")


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Do what the path says."""
    return DOES[environ["PATH_INFO"]](environ, start_response)


def echo(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Say what was sent."""
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def ignore(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer without a look at what was sent."""
    start_response("413 Content Too Large", [("Content-Length", "8")])
    return [b"too much"]


def fail(_environ: Environ, _start_response: StartResponse) -> Iterable[bytes]:
    """Make a mistake before anything is said."""
    raise LookupError("secret")


def fail_late(_environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
    """Make a mistake in the middle."""
    start_response("200 OK", [("Content-Length", "100")])
    yield b"half"
    raise LookupError("secret")


def wait(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Take some time."""
    time.sleep(float(environ["QUERY_STRING"]))
    return echo(environ, start_response)


class _Together:
    """Answers that wait for one another, and say how many they were."""

    def __init__(self) -> None:
        self.waiting: list[list[int]] = []

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Put an answer off."""
        environ[logs.CAN_WAIT] = True
        count: list[int] = []
        self.waiting.append(count)
        return self._answer(count, start_response)

    def _answer(self, count: list[int], start_response: StartResponse) -> Iterator[bytes]:
        if not count:
            for each in self.waiting:
                each.append(len(self.waiting))
            self.waiting = []
        body = str(count[0]).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        yield body


DOES: dict[str, Application] = {
    "/": echo,
    "/ignore": ignore,
    "/fail": fail,
    "/fail-late": fail_late,
    "/wait": wait,
    "/together": _Together(),
}
