"""Targets of the tests' own: a real HTTP server that notes what it is given, and a program that sends to it.

`python -m tests.lrs.sending URL PORT` sends the outbox in a process of its own, as one candidate among others.
"""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from lrs.outbox import Sender
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.outbox import Entry

NAME = "elsewhere"


@dataclass
class Http:
    """Posts an entry to a port of this machine."""

    port: int
    name: str = NAME
    lease: float = 1.0
    hands: int = 1

    def deliver(self, space: int, entry: Entry) -> None:
        """Post it; whatever is not taken is an error."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("POST", f"/{space}/{entry.id}", entry.body.encode())
            answer = line.getresponse()
            if answer.status != 204:
                raise ConnectionError(f"it said {answer.status}")
        finally:
            line.close()


@dataclass
class Elsewhere:
    """What a server was given, in its order, and what it says to it."""

    answers: Callable[[str], int]
    got: list[str] = field(default_factory=list)
    port: int = 0


@contextmanager
def elsewhere(answers: Callable[[str], int] = lambda _path: 204) -> Iterator[Elsewhere]:
    """Serve; each path is noted and answered with the status that is given for it."""
    found = Elsewhere(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append(self.path)
            self.send_response(found.answers(self.path))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who is killed in mid-request is meant to be
        found.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield found
        server.shutdown()


def main(url: str, port: str) -> None:
    """Send until killed."""
    print("here", flush=True)  # noqa: T201 - the test waits for it
    Sender(Database(url), Http(int(port)), threading.Event()).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
