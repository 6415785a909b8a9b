"""A connection, and what has come on it."""

import re
import socket
import struct
import time
from contextlib import suppress

from gunicorn.http import errors  # type: ignore[import-untyped]  # gunicorn has no types

from lrs.server.head import END, MOST, Head, Unusual, read

SILENCE = 30
"""Seconds after which nobody is believed to be at the other end: a phone that has lost its network says no goodbye."""

IDLE = 5
"""Seconds that a line is kept on which nothing is going on."""

FAREWELL = 2
"""Seconds that somebody has to read a last answer before the line is cut."""

PIECE = 256 * 1024
"""Bytes that are taken at once."""

AT_HAND = 64 * 1024
"""Bytes of a body that are waited for before the application is asked."""

_NEVER = float("inf")
_OTHER_BREAK = re.compile(rb"(?<!\r)\n")
"""A line break after which the end of a head would never come."""


def limit_silence(line: socket.socket, seconds: float) -> None:
    """Let reading and writing fail after so long without a byte; whoever blocks for ever would hold a thread for ever."""
    whole, part = divmod(seconds, 1)
    patience = struct.pack("@ll", int(whole), int(part * 1_000_000))
    for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        line.setsockopt(socket.SOL_SOCKET, direction, patience)


class Line:
    """A connection. One thread at a time has it in hand (docs/serving.md); others may read `deadline` and say `lose_patience`."""

    def __init__(self, connection: socket.socket, peer: tuple[str, int], here: tuple[str, int]) -> None:
        connection.setblocking(True)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        limit_silence(connection, SILENCE)
        self.socket = connection
        self.number = connection.fileno()
        self.peer = peer
        self.here = here
        self.came = bytearray()
        """What has come since."""
        self.head: Head | None = None
        """The head of the request that is coming."""
        self.ended = False
        """Whether nothing more will come."""
        self.over = False
        """Whether it can be hung up at once."""
        self.leaving = False
        """Whether the last answer is out, and only its arrival is waited for."""
        self.deadline = _NEVER
        """When patience is over."""
        self._began = 0.0

    def take(self) -> None:
        """Take what has come, without waiting for more."""
        self.deadline = _NEVER
        try:
            came = self.socket.recv(PIECE, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        if not came:
            self.ended = True
        elif not self.leaving:
            if not self.came:
                self._began = time.monotonic()
            self.came += came

    def give(self, count: int) -> bytes:
        """Give so many of the bytes that have come."""
        given = bytes(self.came[:count])
        del self.came[:count]
        return given

    def has_request(self) -> bool:
        """Tell whether a request can be answered; Unusual if only gunicorn knows what this is, gunicorn's own error if it cannot be one."""
        if self.head is None:
            self.head = self._read_head()
        if self.head is None:
            return False
        # All is there; or there is too much to wait for; or nothing more will come, which whoever reads the body has to notice.
        return len(self.came) >= self.head.length or self.head.length > AT_HAND or self.ended

    def _read_head(self) -> Head | None:
        end = self.came.find(END)
        if end < 0:
            self._check_unfinished()
            return None
        if end > MOST:
            raise Unusual
        head = read(bytes(self.came[: end + len(END)]))
        del self.came[: end + len(END)]
        return head

    def _check_unfinished(self) -> None:
        """Refuse what can become no head: nobody waits for the rest of it."""
        if _OTHER_BREAK.search(self.came):
            raise errors.InvalidHeader("a line break of another kind")
        if len(self.came) > MOST:
            raise (
                errors.LimitRequestHeaders("the head")
                if b"\n" in self.came
                else errors.LimitRequestLine(len(self.came), MOST)
            )

    @property
    def is_idle(self) -> bool:
        """Whether nothing of a request is there."""
        return self.head is None and not self.came

    @property
    def is_in_hand(self) -> bool:
        """Whether a thread has it."""
        return self.deadline == _NEVER

    def renew(self) -> None:
        """Begin to count anew: what has come before the last answer could not be taken any sooner."""
        self._began = time.monotonic()

    def wait(self) -> None:
        """Say until when to wait: for a body as long as something comes, for a head and at the end not even then."""
        now = time.monotonic()
        if self.leaving:
            self.deadline = self._began + FAREWELL
        elif self.head is not None:
            self.deadline = now + SILENCE
        else:
            self.deadline = self._began + SILENCE if self.came else now + IDLE

    def lose_patience(self) -> None:
        """Let no more come: whoever listens finds the end of the line."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RD)

    def say_farewell(self) -> None:
        """Say no more, and wait until all has arrived: a line that is cut with something unread takes our last words along."""
        self.leaving = True
        self.renew()
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.ended = True
