"""A real receiver on loopback: it keeps what it takes, checks it as the specification says, and answers as a test tells it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

import schemas

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

_SCHEMA = Draft202012Validator(schemas.load("webhooks/event"))

LOOPBACK = "127.0.0.0/8,::1/128"


@dataclass(frozen=True)
class Got:
    """What came: where to, with which fields, and what it says."""

    path: str
    fields: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Its webhook-id."""
        return self.fields["webhook-id"]

    @property
    def says(self) -> dict[str, Any]:
        """Its body, read; it is as the schema says."""
        found: dict[str, Any] = json.loads(self.body)
        _SCHEMA.validate(found)
        return found

    def signed_with(self, secret: str) -> bool:
        """Check a signature as a receiver does: in words of its own, from the bytes as they came."""
        key = base64.b64decode(secret.split("_", 1)[1], validate=True)
        content = b".".join([self.id.encode(), self.fields["webhook-timestamp"].encode(), self.body])
        right = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        return any(hmac.compare_digest(f"v1,{right}", each) for each in self.fields["webhook-signature"].split(" "))


@dataclass
class Receiver:
    """What was taken so far, and what is said to it: a status, or a status and fields."""

    answers: Callable[[Got], int | tuple[int, dict[str, str]]] = lambda _got: 204
    got: list[Got] = field(default_factory=list)
    port: int = 0
    scheme: str = "http"

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{self.scheme}://localhost:{self.port}/hook?from=haidang"

    @property
    def environ(self) -> dict[str, str]:
        """The setting that lets it be reached."""
        return {"HAIDANG_WEBHOOK_NETWORKS": LOOPBACK}


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Open a receiver on 127.0.0.1."""
    found = Receiver(scheme="http" if tls is None else "https")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got = Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            found.got.append(got)
            said = found.answers(got)
            status, fields = said if isinstance(said, tuple) else (said, {})
            self.send_response(status)
            for name, value in fields.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who breaks off is meant to
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        found.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield found
        server.shutdown()
