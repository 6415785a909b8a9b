"""gunicorn's side of a request: what it refuses itself is said and logged as everything else is, without personal data."""

import select
import selectors
import socket
import struct
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # gunicorn has no types
from gunicorn.http import errors  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from lrs.headers import BARE
from lrs.logs import (
    REQUEST_ID,
    REQUEST_ID_HEADER,
    Application,
    AsJson,
    Environ,
    StartResponse,
    log,
    place,
    request_line,
)

SILENCE = 30
"""Seconds after which nobody is believed to be at the other end: a phone that has lost its network says no goodbye."""

MOMENT = 5
"""Milliseconds that a thread listens for the next request on its connection before it looks whether somebody else needs it."""

MOMENTS = 10
"""So many times it listens, then it gives the connection back."""

_STATUS = (
    (errors.InvalidResponseHeader, HTTPStatus.INTERNAL_SERVER_ERROR),  # what we said, not what was sent
    (errors.InvalidResponseHeaderName, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (errors.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (errors.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (errors.ParseException, HTTPStatus.BAD_REQUEST),
)

_UNREADABLE = "Không đọc được nội dung vừa gửi.\nWhat was sent cannot be read.\n"
_BUG = "Đây là lỗi của hệ thống, không phải của bạn.\nThis is our mistake, not yours.\n"


def status_of(error: BaseException) -> HTTPStatus:
    """Tell what a request that never became one is answered with; what is no fault of the request is ours."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(status: HTTPStatus, request_id: str) -> bytes:
    """Write the whole answer to a request that cannot be read: nobody knows yet which language its sender reads."""
    body = (_BUG if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _UNREADABLE).encode()
    fields = [*BARE, ("Content-Length", str(len(body))), (REQUEST_ID_HEADER, request_id), ("Connection", "close")]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("ascii") + body


def limit_silence(line: socket.socket, seconds: float) -> None:
    """Let reading and writing fail after so long without a byte; whoever blocks for ever would hold a thread for ever."""
    whole, part = divmod(seconds, 1)
    patience = struct.pack("@ll", int(whole), int(part * 1_000_000))
    for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        line.setsockopt(socket.SOL_SOCKET, direction, patience)


class Settings:
    """gunicorn's configuration as a worker finds it: it no longer changes, and gunicorn looks each value up some twenty times a request."""

    def __init__(self, config: Any) -> None:
        self._config = config

    def __getattr__(self, name: str) -> Any:
        """Ask once; from then on it is an attribute as any other."""
        value = getattr(self._config, name)
        setattr(self, name, value)
        return value


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker with threads, as gunicorn's own, but for what it says when it cannot read a request, and for how long it waits."""

    def init_process(self) -> None:
        """Begin, in a process of its own."""
        self.cfg: Any = Settings(self.cfg)
        super().init_process()

    def load_wsgi(self) -> None:
        """Load the application, with a body before it that breaks as a broken line does."""
        super().load_wsgi()
        application: Application = self.wsgi  # type: ignore[has-type]  # gunicorn's own, which has none

        def with_honest_body(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            environ["wsgi.input"] = Body(environ["wsgi.input"])
            return application(environ, start_response)

        self.application = application
        self.wsgi = with_honest_body

    at_hand = 0
    """Connections that have a thread, or wait for one."""

    def handle(self, conn: Any) -> Any:
        """Answer a request, and the next on its connection if it comes soon: to hand it back and forth costs twice as much as an answer."""
        kept = super().handle(conn)
        while kept is True and self._hears(conn.sock):
            kept = super().handle(conn)
        return kept

    def _hears(self, line: socket.socket) -> bool:
        """Listen for the next request, as long as no other connection waits for this thread."""
        ear = select.poll()
        ear.register(line, select.POLLIN)
        for _ in range(MOMENTS):
            if not self.alive or self.at_hand > self.cfg.threads:
                return False
            if ear.poll(MOMENT):
                return True
        return False

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Take a connection back from its thread."""
        self.at_hand -= 1
        super().finish_request(conn, fs)

    def enqueue_req(self, conn: Any) -> None:
        """Give a connection to a thread once it has something to say: browsers open some in advance, and gunicorn would wait there."""
        if conn.initialized or conn.data_ready:
            self.at_hand += 1
            super().enqueue_req(conn)
            return
        limit_silence(conn.sock, SILENCE)
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's own signature
        """Begin or cease to take connections; a worker that ends hangs up the line, so that nobody waits on it for nothing."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                listener.close()

    def handle_error(self, _req: Any, client: Any, _addr: Any, exc: BaseException) -> None:
        """Answer a request that could not be read; gunicorn would write the sender's address and words into the log."""
        status = status_of(exc)
        request_id = uuid.uuid4().hex
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log("bug", level="error", request=request_id, **place(exc))
        request_line({REQUEST_ID: request_id}, status.value, 0.0)
        with suppress(OSError):  # nobody may be there any more
            client.sendall(refusal(status, request_id))


class Body:
    """The body of a request, in which a malformed chunk is what a cut line is: an OSError, which frameworks take for a 400."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, *size: int) -> bytes:
        """Read so many bytes."""
        return self._read(self._body.read, *size)

    def readline(self, *size: int) -> bytes:
        """Read a line."""
        return self._read(self._body.readline, *size)

    def readlines(self, _hint: int = -1) -> list[bytes]:
        """Read the lines."""
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    @staticmethod
    def _read(how: Any, *size: int) -> bytes:
        try:
            found: bytes = how(*size)
        except errors.ParseException as error:
            raise OSError("the body is malformed") from error
        return found


class Log(Logger):  # type: ignore[misc]
    """gunicorn's own lines as JSON, with their sentences and not what they fill in."""

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Write what went wrong; a line that fell silent is no error of anybody's."""
        if not isinstance(sys.exc_info()[1], BlockingIOError):
            super().exception(msg, *args, **kwargs)

    def setup(self, cfg: Any) -> None:
        """Set the log up as gunicorn does, then write it our way."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(AsJson())
