"""A server that says what a store says in distress, and Swift can't be brought to say."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from storage.blobs import Blobs, open_blobs

if TYPE_CHECKING:
    from collections.abc import Iterator

ERROR = "<?xml version='1.0'?>\n<Error><Code>{code}</Code><Message>of no matter</Message></Error>"
OBJECT = {"Last_Modified": "Fri, 20 Nov 2026 08:00:00 GMT", "ETag": '"1"'}


class Told(BaseHTTPRequestHandler):
    """A server that has one answer to everything but HEAD, and as Ceph does names no etag to who puts."""

    protocol_version = "HTTP/1.1"
    status: int
    body: bytes
    fields: dict[str, str]
    asked: list[str]

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        # Bucket and object are there, whatever is told of reading and writing them.
        self.send_response(200 if self.command == "HEAD" else self.status)
        fields = {"Content-Type": "application/xml", "Content-Length": str(len(self.body))}
        for name, value in (fields | self.fields).items():
            if name != "ETag" or self.command in {"GET", "HEAD"}:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 - the names are http.server's

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is http.server's
        """Say nothing."""


@contextmanager
def told(status: int, body: str, **fields: str) -> Iterator[tuple[Blobs, list[str]]]:
    asked: list[str] = []
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    handler = type("Answer", (Told,), {"status": status, "body": body.encode(), "fields": named, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield open_blobs(f"s3+http://key:secret@127.0.0.1:{server.server_port}/bucket"), asked
        finally:
            server.shutdown()
            thread.join()
