"""A request and its answer: the application is asked, and what it says is sent, perhaps somewhat later."""

import secrets
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from lrs.logs import CAN_WAIT, REQUEST_ID, Application, Environ, log, place, request_line
from lrs.server.answer import Answer
from lrs.server.line import Line
from lrs.server.refusal import refusal, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_BROKEN = (ConnectionError, BlockingIOError, TimeoutError)
"""How the system says that nobody is there any more."""


class Request(Protocol):
    """What the application can be asked with."""

    environ: Environ
    stays: bool

    def finish(self) -> bool:
        """Read past what is left of it; False if the line cannot be used again."""
        ...


class Exchange:
    """One of them, on one line."""

    def __init__(self, line: Line, request: Request, *, stays: bool) -> None:
        self.line = line
        self._request = request
        environ = request.environ
        self._answer = Answer(
            line.socket, environ["REQUEST_METHOD"], environ["SERVER_PROTOCOL"], stays=stays and request.stays
        )
        self._body: Iterable[bytes] | None = None
        self.deadline = 0.0
        """Until when it may be put off."""

    def ask(self, application: Application) -> None:
        """Ask the application."""
        try:
            self._body = application(self._request.environ, self._answer.start)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and the next request is another
            self._fail(error)

    @property
    def can_wait(self) -> bool:
        """Whether others may be listened to before the answer is sent."""
        return self._body is not None and CAN_WAIT in self._request.environ

    def end(self) -> None:
        """Send the answer."""
        if self._body is None:
            return
        try:
            try:
                self._answer.send(self._body)
            finally:
                close = getattr(self._body, "close", None)
                if close is not None:
                    close()
        except Exception as error:  # noqa: BLE001
            self._fail(error)
        else:
            self.line.renew()
            if not self._request.finish():
                self.line.say_farewell()
            elif not self._answer.stays:
                self.line.over = True

    def _fail(self, error: Exception) -> None:
        if isinstance(error, _BROKEN):
            self.line.over = True
        elif self._answer.begun:  # to say more would make another answer of what is out
            self.line.over = True
            log("bug", level="error", **place(error))
        else:
            refuse(self.line, error)


def refuse(line: Line, error: Exception) -> None:
    """Answer what could not be read, or what we could not answer."""
    status = status_of(error)
    request_id = secrets.token_hex(16)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log("bug", level="error", request=request_id, **place(error))
    request_line({REQUEST_ID: request_id}, status.value, 0.0)
    with suppress(OSError):  # nobody may be there any more
        line.socket.sendall(refusal(status, request_id))
    line.say_farewell()
