"""Whole HTTP requests as bytes, written before a run."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from bench.statements import Statement

STATEMENTS = "/xapi/statements"
STATE = "/xapi/activities/state"


class Writer:
    """Writes requests of one program: its key stands in each."""

    def __init__(self, port: int, key: str, secret: str) -> None:
        word = b64encode(f"{key}:{secret}".encode()).decode()
        self._always = (
            f"Host: 127.0.0.1:{port}\r\nAuthorization: Basic {word}\r\nX-Experience-API-Version: 1.0.3\r\n".encode()
        )

    def write(self, method: str, path: str, body: bytes = b"") -> bytes:
        """Write one request."""
        line = f"{method} {path} HTTP/1.1\r\n".encode()
        if method == "GET":
            return line + self._always + b"\r\n"
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        return line + self._always + length + body

    def get(self, path: str = STATEMENTS, **parameters: Any) -> bytes:
        """Write a question; a parameter that is an object is said as JSON."""
        return self.ask("GET", path, **parameters)

    def ask(self, method: str, path: str, body: bytes = b"", **parameters: Any) -> bytes:
        """Write a request about a resource that parameters name."""
        pairs = {name: _said(value) for name, value in parameters.items()}
        return self.write(method, f"{path}?{urlencode(pairs, quote_via=quote)}" if pairs else path, body)

    def singles(self, statements: Iterable[Statement]) -> Iterator[bytes]:
        """Write each statement into a request of its own."""
        return (self.write("POST", STATEMENTS, statement.body) for statement in statements)

    def batches(self, statements: Iterable[Statement], size: int) -> Iterator[bytes]:
        """Write so many statements into each request."""
        left = iter(statements)
        while bodies := [statement.body for statement in islice(left, size)]:
            yield self.write("POST", STATEMENTS, b"[" + b",".join(bodies) + b"]")


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
