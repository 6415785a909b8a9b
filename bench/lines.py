"""Connections: requests written beforehand, sent over connections that stay open, by one thread that hardly looks at the answers.

What it costs itself is measured too: on a small machine the one who asks takes the processor from the one who answers.
"""

from __future__ import annotations

import gc
import selectors
import socket
import time
from array import array
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_BLOCK = 1 << 20
_OK = range(200, 300)
PATIENCE = 60.0


class LoadFailed(Exception):
    """An answer was no success, or there was none: figures of such a run mean nothing."""


@dataclass
class Outcome:
    """What came of a run."""

    seconds: float = 0.0
    own_seconds: float = 0.0
    received: int = 0
    connects: int = 0
    latencies: array[float] = field(default_factory=lambda: array("d"))

    @property
    def requests(self) -> int:
        """How many were answered."""
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def drive(port: int, requests: Iterable[bytes], connections: int, seconds: float = 1e9) -> Outcome:
    """Send requests, one at a time on each connection, until all are answered or the time is over; LoadFailed at the first that fails."""
    left = iter(requests)
    outcome = Outcome()
    with selectors.DefaultSelector() as poll:
        lines = [Line(port, outcome) for _ in range(connections)]
        gc.disable()
        begin, own = time.perf_counter(), time.process_time()
        try:
            for line in lines:
                _next(line, left, poll)
            _until_answered(poll, left, begin + seconds)
        finally:
            outcome.seconds, outcome.own_seconds = time.perf_counter() - begin, time.process_time() - own
            gc.enable()
            for line in lines:
                line.close()
    return outcome


def pace(port: int, requests: Iterable[bytes], connections: int, rate: float) -> Outcome:
    """Send so many requests a second, as people do who do not wait for each other; what finds no line free waits, and that counts."""
    outcome = Outcome()
    with selectors.DefaultSelector() as poll:
        free = [Line(port, outcome) for _ in range(connections)]
        lines = tuple(free)
        gc.disable()
        begin, own = time.perf_counter(), time.process_time()
        try:
            for number, request in enumerate(requests):
                due = begin + number / rate
                while (left := due - time.perf_counter()) > 0 or not free:
                    free += _whoever_is_answered(poll, max(left, 0.0) if free else PATIENCE)
                line = free.pop(0)
                line.begin(request, due)
                poll.register(line.socket, selectors.EVENT_READ if not line.left else selectors.EVENT_WRITE, line)
            while poll.get_map():
                free += _whoever_is_answered(poll, PATIENCE)
        finally:
            outcome.seconds, outcome.own_seconds = time.perf_counter() - begin, time.process_time() - own
            gc.enable()
            for line in lines:
                line.close()
    return outcome


def ask(port: int, request: bytes) -> bytes:
    """Send one request and give back the body of its answer."""
    with closing(Line(port, Outcome())) as line:
        return line.ask(request)


def _until_answered(poll: selectors.BaseSelector, left: Iterator[bytes], end: float) -> None:
    while poll.get_map():
        for line in _whoever_is_answered(poll, PATIENCE):
            if time.perf_counter() < end:
                _next(line, left, poll)


def _whoever_is_answered(poll: selectors.BaseSelector, seconds: float) -> list[Line]:
    """Push and read for so long or until something happens; give the lines whose answers are whole."""
    ready = poll.select(seconds)
    if not ready and seconds >= PATIENCE:
        raise LoadFailed(f"no answer for {PATIENCE:.0f} s")
    done = []
    for key, events in ready:
        line: Line = key.data
        if events & selectors.EVENT_WRITE:
            line.push()
            if not line.left:
                poll.modify(line.socket, selectors.EVENT_READ, line)
        elif line.answered():
            poll.unregister(line.socket)
            done.append(line)
    return done


def _next(line: Line, left: Iterator[bytes], poll: selectors.BaseSelector) -> None:
    request = next(left, None)
    if request is None:
        return
    line.begin(request)
    poll.register(line.socket, selectors.EVENT_READ if not line.left else selectors.EVENT_WRITE, line)


class Line:
    """One connection, and the answer that is coming in on it."""

    def __init__(self, port: int, outcome: Outcome) -> None:
        self._port = port
        self._outcome = outcome
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self._outcome.connects += 1

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def begin(self, request: bytes, due: float | None = None) -> None:
        """Begin to send; what was due earlier has been waited for since."""
        if self.socket.fileno() < 0:
            self._open()
        self.left = memoryview(request)
        self._got = bytearray()
        self._whole = 0
        self._body_at = 0
        self._last = False
        self._begun = time.perf_counter() if due is None else due
        self.push()

    def push(self) -> None:
        """Send as much as the line takes."""
        try:
            while self.left:
                self.left = self.left[self.socket.send(self.left) :]
        except BlockingIOError:
            pass

    def answered(self) -> bool:
        """Take what has come; tell whether the answer is whole."""
        block = self.socket.recv(_BLOCK)
        if not block:
            raise LoadFailed("the service hung up before it had answered")
        self._got += block
        if not self._whole and not self._read_head():
            return False
        if len(self._got) < self._whole:
            return False
        self._outcome.latencies.append(time.perf_counter() - self._begun)
        self._outcome.received += len(self._got)
        if self._last:
            self.close()
        return True

    def ask(self, request: bytes) -> bytes:
        """Send one request, wait, and give back the body of its answer."""
        self.begin(request)
        with selectors.DefaultSelector() as poll:
            poll.register(self.socket, selectors.EVENT_READ)
            while True:
                self.push()
                if not poll.select(PATIENCE):
                    raise LoadFailed(f"no answer for {PATIENCE:.0f} s")
                if self.answered():
                    return bytes(self._got[self._body_at :])

    def _read_head(self) -> bool:
        """Read what the first lines say: the status, and where the answer ends."""
        end = self._got.find(_HEAD_END)
        if end < 0:
            return False
        head = bytes(self._got[:end]).lower()
        self._body_at = end + len(_HEAD_END)
        status = int(head[9:12])
        at = head.find(_LENGTH)
        if status not in _OK:
            raise LoadFailed(f"answered {status}: {bytes(self._got[self._body_at :])[:400].decode(errors='replace')}")
        if at < 0 and status != HTTPStatus.NO_CONTENT:
            raise LoadFailed("an answer without a Content-Length: this load does not read such")
        length = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        self._whole = self._body_at + length
        self._last = b"connection: close" in head
        return True
