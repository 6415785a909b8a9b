"""The line between a browser and a service, which a test can cut: what a browser sends when its page goes is cut off as well."""

from __future__ import annotations

import contextlib
import socket
import threading


class Line:
    """Passes on what comes to its port, to another port of this machine, while it is whole."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listening.getsockname()[1]
        self._whole = True
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Cut it: what is on its way is lost, and nothing new comes through."""
        with self._lock:
            self._whole = False
            for end in self._ends:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let everything through again."""
        self._whole = True

    def close(self) -> None:
        """Take it away."""
        self.cut()
        self._listening.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._to)) as far:
            ends = {near, far}
            with self._lock:
                if not self._whole:
                    return
                self._ends |= ends
            back = threading.Thread(target=_pass, args=(far, near), daemon=True)
            back.start()
            _pass(near, far)
            back.join()
            with self._lock:
                self._ends -= ends


def _pass(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while words := one.recv(65_536):
            other.sendall(words)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_WR)
