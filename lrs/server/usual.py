"""Requests with a usual head, and their bodies."""

import io
import select
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from lrs.server.head import Head
from lrs.server.line import PIECE, Line
from storage.waiting import about_to_wait

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from lrs.logs import Environ

PAST = 64 * 1024
"""Bytes of a body that are read past when nobody wanted them."""

MOMENT = 5
"""Seconds that are spent on it at most."""


class UsualRequest:
    """A request whose head is there; its body may still be coming."""

    def __init__(self, line: Line, head: Head) -> None:
        line.head = None
        self._coming: _Coming | None = None
        came = line.give(head.length)
        body: io.BufferedIOBase
        if len(came) == head.length:
            body = io.BytesIO(came)
        else:
            self._coming = _Coming(line.socket, came, head.length)
            body = io.BufferedReader(self._coming, PIECE)
        self.environ: Environ = head.environ
        self.environ["wsgi.input"] = body
        self.environ["gunicorn.socket"] = line.socket
        self.environ["REMOTE_ADDR"], port = line.peer
        self.environ["REMOTE_PORT"] = str(port)
        self.environ["SERVER_NAME"], port = line.here
        self.environ["SERVER_PORT"] = str(port)
        self.stays = head.stays

    def finish(self) -> bool:
        """Read past what is left of it; False if that is too much."""
        return self._coming is None or self._coming.pass_over()


class _Coming(io.RawIOBase):
    """A body that is still coming in; it ends early if its sender does, and whoever reads it has to notice."""

    def __init__(self, line: socket.socket, came: bytes, length: int) -> None:
        super().__init__()
        self._line = line
        self._came = memoryview(came)
        self._left = length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        into = memoryview(buffer)[: self._left]
        if self._came:
            count = min(len(into), len(self._came))
            into[:count] = self._came[:count]
            self._came = self._came[count:]
        else:
            about_to_wait()
            count = self._line.recv_into(into) if into else 0
        self._left -= count
        return count

    def pass_over(self) -> bool:
        """Read to the end, if that is near and comes soon; the line is not to be used again if not."""
        if self._left > PAST:
            return False
        scrap, last = bytearray(PAST), time.monotonic() + MOMENT
        ear = select.poll()
        ear.register(self._line, select.POLLIN)
        with suppress(OSError):
            while self._left and (self._came or ear.poll(max(last - time.monotonic(), 0) * 1000)):
                if not self.readinto(scrap):
                    break
        return not self._left
