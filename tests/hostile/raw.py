"""Bytes over a socket, for what no client library would send."""

from __future__ import annotations

import http.client
import io
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Answer:
    """What came back; the status is 0 when nothing did."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class _Kept(io.BufferedReader):
    """What came over a line, read by one answer after the other: what one has read too much is the next one's."""

    def makefile(self, _mode: str) -> _Kept:
        """Pass for a socket."""
        return self

    def close(self) -> None:
        """Stay open."""

    def close_at_last(self) -> None:
        """Close it."""
        super().close()


class Line:
    """One connection to a service."""

    def __init__(self, port: int, timeout: float = 30) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._came = _Kept(self._socket.makefile("rb", buffering=0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._came.close_at_last()
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes; a service that has heard enough may have hung up."""
        with suppress(ConnectionError):
            self._socket.sendall(data)

    def receive(self, expected: bytes) -> None:
        """Read exactly these bytes."""
        assert self._came.read(len(expected)) == expected

    def finish(self) -> None:
        """Say that nothing more will come."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def answer(self, method: str = "GET") -> Answer:
        """Read one answer."""
        response = http.client.HTTPResponse(self._came, method=method)  # type: ignore[arg-type]  # all it wants is a file
        try:
            response.begin()
            return Answer(response.status, response.headers, response.read())
        except (ConnectionError, http.client.HTTPException):
            return Answer(0, http.client.HTTPMessage(), b"")
        finally:
            response.close()


def head(method: str, path: str, host: str, **fields: Any) -> bytes:
    """Write the head of a request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def exchange(port: int, data: bytes, method: str = "GET") -> Answer:
    """Send bytes over a connection of its own and read the answer."""
    with Line(port) as line:
        line.send(data)
        return line.answer(method)
