"""Requests that only gunicorn's own parser can tell from no requests: chunks, expectations, and whatever is broken."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gunicorn.http import errors  # type: ignore[import-untyped]  # gunicorn has no types
from gunicorn.http.parser import RequestParser  # type: ignore[import-untyped]
from gunicorn.http.wsgi import create  # type: ignore[import-untyped]

from lrs.server.head import ALWAYS
from lrs.server.line import Line
from lrs.server.usual import MOMENT

if TYPE_CHECKING:
    from lrs.logs import Environ


class UnusualRequest:
    """A request as gunicorn's parser reads it, in the time of the thread that has the line."""

    def __init__(self, line: Line, settings: Any) -> None:
        self._parser = RequestParser(settings, line.socket, line.peer)
        self._parser.unreader.unread(line.give(len(line.came)))
        request = next(self._parser)
        _, environ = create(request, line.socket, line.peer, line.here, settings)
        del environ["wsgi.file_wrapper"], environ["wsgi.early_hints"]
        self._line = line
        self.environ: Environ = {**environ, **ALWAYS, "wsgi.input": Body(request.body)}
        self.stays = not request.should_close()

    def finish(self) -> bool:
        """Read past what is left of it, and give the line back what came after; False if that cannot be done."""
        try:
            if not self._parser.finish_body(deadline=time.monotonic() + MOMENT):
                return False
        except (OSError, errors.ParseException):
            return False
        self._line.came[:0] = self._parser.unreader.take_buffered()
        return True


class Body:
    """The body of such a request, in which a malformed chunk is what a cut line is: an OSError, which frameworks take for a 400."""

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
