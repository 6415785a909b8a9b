"""A long body is left to the system: it sends a file's bytes to the learner's line without ever showing them to us."""

import os
import socket
from collections.abc import Iterable, Iterator

from lrs.logs import Environ
from storage.blobs import Reading
from storage.blobs.blob import PIECE
from storage.waiting import about_to_wait

LINE = "gunicorn.socket"
"""Where gunicorn's workers name the line of a request."""


class BySystem:
    """What a file holds from `start` to `stop`, on its way past us."""

    def __init__(self, reading: Reading, line: socket.socket) -> None:
        self._reading = reading
        self._line = line

    def __iter__(self) -> Iterator[bytes]:
        yield b""  # for which the server sends the head
        about_to_wait()
        start, stop = self._reading.start, self._reading.stop
        while start < stop:
            # Somebody who takes nothing for long is an error here, as everywhere else (lrs.server.line).
            sent = os.sendfile(self._line.fileno(), self._reading.fileno(), start, stop - start)
            if not sent:
                raise OSError("a file ended too soon")
            start += sent

    def close(self) -> None:
        """Let go of the file."""
        self._reading.close()


def body_of(reading: Reading, environ: Environ) -> Iterable[bytes]:
    """Choose how a file is sent; what is one piece goes out sooner as it is."""
    line = environ.get(LINE)
    if line is None or reading.stop - reading.start <= PIECE:
        return reading
    return BySystem(reading, line)
