"""JSON logs, a line a request, without personal data: no address, no path, no query, no header; the route's pattern says what was asked.

docs/operation.md lists the fields.
"""

import json
import logging
import re
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from lrs import metrics

HOST = "haidang.host"
REQUEST_ID = "haidang.request_id"
ROUTE = "haidang.route"
"""Names under which the request's environment carries what the log and the answer both need."""

_logger = logging.getLogger("haidang")
_GIVEN_ID = re.compile(r"[0-9A-Za-z._-]{8,64}")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        return json.dumps(line | getattr(record, "fields", {}), ensure_ascii=False, default=str)


def set_up(level: str) -> None:
    """Write our lines as JSON to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_AsJson())
    _logger.handlers[:] = [handler]
    _logger.setLevel(level.upper())
    _logger.propagate = False


def log(event: str, *, level: str = "info", **fields: Any) -> None:
    """Write one line."""
    _logger.log(getattr(logging, level.upper()), event, extra={"fields": fields})


class RequestLog:
    """Give each request an id, and write one line about it when its answer is out."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, watching its status and its time."""
        begun = time.perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        environ[REQUEST_ID] = request_id
        seen: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen[:] = [status]
            return start_response(status, [*headers, ("X-Request-Id", request_id)], *rest)

        body = self._application(environ, start)
        return _Watched(body, lambda: self._write(environ, seen, begun))

    @staticmethod
    def _write(environ: Environ, seen: list[str], begun: float) -> None:
        seconds = time.perf_counter() - begun
        status = int(seen[0].split(" ", 1)[0]) if seen else 0
        host = environ.get(HOST)
        kind = host.kind if host is not None else "unknown"
        route = environ.get(ROUTE, "-")
        metrics.count_request(kind, environ.get("REQUEST_METHOD", ""), status, seconds)
        log(
            "request",
            request=environ[REQUEST_ID],
            host=kind,
            method=environ.get("REQUEST_METHOD", ""),
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
        )


class _Watched:
    """A body that says when it is done, whether it was read to its end or cut."""

    def __init__(self, body: Iterable[bytes], done: Callable[[], None]) -> None:
        self._body = body
        self._done = done

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._done()
