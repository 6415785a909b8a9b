"""gunicorn's worker: one of the service's processes. What it does, and why so, stands in docs/serving.md."""

import os
import select
import threading
import time
from collections import deque
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # gunicorn has no types
from gunicorn.http import errors  # type: ignore[import-untyped]
from gunicorn.workers.base import Worker as Base  # type: ignore[import-untyped]

from lrs.logs import Application, AsJson, log, place
from lrs.server.ear import ear
from lrs.server.exchange import Exchange, Request, refuse
from lrs.server.head import Unusual
from lrs.server.lead import Lead, Seat
from lrs.server.line import FAREWELL, Line
from lrs.server.unusual import UnusualRequest
from lrs.server.usual import UsualRequest
from storage.waiting import about_to_wait, when_waiting

if TYPE_CHECKING:
    import socket

_LOOK = 1.0
"""Seconds between two looks at whose patience is over."""

_STUCK = 0.02
"""Seconds after which a thread has to let others listen that is still busy with what it heard."""


_OPEN = 0.0

_TOGETHER = 32
"""So many answers are put off at most, to be written to disk together."""

_PATIENCE = 0.01
"""Seconds for which an answer is put off while others keep coming."""


class Worker(Base):  # type: ignore[misc]  # gunicorn has no types
    """A process with threads, of which each answers whatever comes next."""

    def load_wsgi(self) -> None:
        """Load the application."""
        super().load_wsgi()
        self.application = self.wsgi
        self.wsgi: Application

    def run(self) -> None:
        """Let the threads work until gunicorn says that it is enough."""
        self._ear = ear()
        self._lines: dict[int, Line] = {}
        self._doors: dict[int, socket.socket] = {door.fileno(): door for door in self.sockets}
        for number, door in self._doors.items():
            door.setblocking(False)
            self._ear.add(number)
        self._put_off: deque[Exchange] = deque()
        self._lead = Lead(self._ear, lambda: bool(self._put_off))
        self._shut_until = _OPEN
        for number in range(self.cfg.threads):
            threading.Thread(target=self._work, name=f"thread {number}", daemon=True).start()
        looked = 0.0
        while self.alive and self.ppid == os.getppid():
            self._lead.look()
            now = time.monotonic()
            if now - looked > _LOOK:
                looked = now
                self._look()
                self._open_doors()  # if there were too many lines
            if select.select([self.PIPE[0]], [], [], _STUCK)[0]:
                os.read(self.PIPE[0], 1024)  # what a signal has left
        self._end()

    def _end(self) -> None:
        """Take no more, and wait until all that came is answered."""
        self.alive = False
        for number, door in self._doors.items():
            self._ear.forget(number)
            door.close()  # so that nobody waits on it for nothing
        now = time.monotonic()
        kept, last = now + FAREWELL, now + self.cfg.graceful_timeout
        while self._lines and time.monotonic() < last:
            for line in list(self._lines.values()):
                if line.is_idle and not line.is_in_hand:
                    line.deadline = min(line.deadline, kept)
            self._look()
            self._lead.look()
            time.sleep(_STUCK)

    def _look(self) -> None:
        """Tell gunicorn that this process lives, and end the patience with lines on which nothing moves."""
        self.notify()
        now = time.monotonic()
        for line in list(self._lines.values()):
            if line.deadline < now:
                line.lose_patience()

    def _work(self) -> None:
        lead, seat = self._lead, Seat()
        when_waiting(partial(lead.before_waiting, seat))
        while True:
            lead.take(seat)
            while lead.is_with(seat):
                try:
                    self._step(seat)
                except Exception as error:  # noqa: BLE001 - a thread that ends is missing for ever
                    log("bug", level="error", **place(error))

    def _step(self, seat: Seat) -> None:
        """Serve a line that has something; if none has, or it is time, end what was put off."""
        heard = self._lead.listen(seat, 0 if self._put_off else self._politeness())
        if heard in self._doors:
            self._welcome(heard)
        elif heard is not None:
            line = self._lines[heard]
            line.take()
            self._serve(line)
        if self._put_off and (heard is None or len(self._put_off) >= _TOGETHER or self._is_time()):
            self._end_put_off()

    def _is_time(self) -> bool:
        try:
            return time.monotonic() > self._put_off[0].deadline
        except IndexError:  # another thread has ended it
            return False

    def _end_put_off(self) -> None:
        """Send all answers that were put off; the first that is read commits for all. Then see what else came on their lines."""
        ends: list[Exchange] = []
        with suppress(IndexError):
            while True:
                ends.append(self._put_off.popleft())
        for exchange in ends:
            exchange.end()
        for exchange in sorted(ends, key=lambda exchange: len(exchange.line.came)):  # what may take time comes last
            self._serve(exchange.line)

    def _politeness(self) -> float:
        """Tell how long others may take the next connection: the longer, the more lines are here. When it is over, open the doors."""
        if self._shut_until == _OPEN:
            return -1
        left = self._shut_until - time.monotonic()
        if left > 0:
            return left
        self._open_doors()
        return -1

    def _open_doors(self) -> None:
        if self.alive and len(self._lines) < self.cfg.worker_connections:
            self._shut_until = _OPEN
            for number in self._doors:
                with suppress(OSError):  # it may be closed meanwhile
                    self._ear.put_back(number)

    def _welcome(self, number: int) -> None:
        """Take one connection."""
        door = self._doors[number]
        with suppress(OSError):  # another process was faster, or no more can be had now
            connection, peer = door.accept()
            line = Line(connection, peer[:2], door.getsockname()[:2])
            line.wait()
            self._lines[line.number] = line
            self._ear.add(line.number)
        self._shut_until = time.monotonic() + min(1 + len(self._lines) // 8, 10) / 1000

    def _hang_up(self, line: Line) -> None:
        self._ear.forget(line.number)
        self._lines.pop(line.number, None)
        line.socket.close()

    def _serve(self, line: Line) -> None:
        """Answer what is whole, and let the line wait for more, or go."""
        try:
            while not (line.over or line.leaving) and (request := self._next(line)) is not None:
                exchange = Exchange(line, request, stays=self.alive)
                exchange.ask(self.wsgi)
                if exchange.can_wait:
                    exchange.deadline = time.monotonic() + _PATIENCE
                    self._put_off.append(exchange)
                    return
                exchange.end()
        except Exception as error:  # noqa: BLE001 - ours; the other lines do not suffer for it
            log("bug", level="error", **place(error))
            line.over = True
        if line.ended or line.over:
            self._hang_up(line)
        else:
            line.wait()
            self._ear.put_back(line.number)

    def _next(self, line: Line) -> Request | None:
        try:
            try:
                there = line.has_request()
            except Unusual:
                about_to_wait()
                return UnusualRequest(line, self.cfg)
            return UsualRequest(line, line.head) if there and line.head is not None else None
        except errors.ParseException as error:
            refuse(line, error)
        except (OSError, StopIteration):  # it broke off
            line.over = True
        return None


class Log(Logger):  # type: ignore[misc]
    """gunicorn's own lines as JSON, with their sentences and not what they fill in."""

    def setup(self, cfg: Any) -> None:
        """Set the log up as gunicorn does, then write it our way."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(AsJson())
