"""Both ends of a connection."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lrs.server.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

Pair = tuple[Line, socket.socket]


@contextmanager
def paired() -> Iterator[Pair]:
    """Open one: our line, and theirs."""
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as theirs:
        theirs.settimeout(5)
        connection, peer = door.accept()
        with connection:
            yield Line(connection, peer, door.getsockname()), theirs
