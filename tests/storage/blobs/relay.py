"""A TCP relay in front of a store: it may cut, stand still, and speak TLS to the client."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from types import TracebackType


class Relay:
    """A port on 127.0.0.1 that passes everything on to another one."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None = None) -> None:
        self._target = host, port
        self._tls = tls
        self._server = socket.create_server(("127.0.0.1", 0))
        # Small, so that a client notices when nothing is taken from it.
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.cut_up_after: int | None = None
        """How much each connection may send before it is cut."""
        self.cut_down_after: int | None = None
        """How much each connection may receive before it is cut."""
        self.cuts_left = 1_000
        self.still = 0.0
        """How many seconds each connection waits before it passes on anything."""
        self.connections = 0
        self._over = threading.Event()

    @property
    def netloc(self) -> str:
        """The address that clients are told."""
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.drop()
        for thread in self._threads:
            thread.join(10)

    def drop(self) -> None:
        """Cut every connection."""
        for each in self._open:
            self._cut(each)

    def _start(self, work: object, *arguments: object) -> None:
        assert callable(work)
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._start(self._connect, self._server.accept()[0])

    def _connect(self, client: socket.socket) -> None:
        self.connections += 1
        self._open.append(client)
        with suppress(OSError):
            self._over.wait(self.still)
            if self._tls:
                client = self._tls.wrap_socket(client, server_side=True)
                self._open.append(client)
            server = socket.create_connection(self._target)
            self._open.append(server)
            self._start(self._pass, client, server, "cut_up_after")
            self._pass(server, client, "cut_down_after")

    def _pass(self, source: socket.socket, target: socket.socket, limit: str) -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(65536):
                passed += len(data)
                allowed: int | None = getattr(self, limit)
                if allowed is not None and passed > allowed and self.cuts_left > 0:
                    self.cuts_left -= 1
                    break
                target.sendall(data)
        self._cut(source)
        self._cut(target)

    @staticmethod
    def _cut(each: socket.socket) -> None:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
