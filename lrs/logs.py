"""JSON logs, a line a request, without personal data: no address, no path, no query, no header; the route's pattern says what was asked.

docs/operation.md lists the fields.
"""

import logging
import re
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from lrs import metrics

HOST = "haidang.host"
REQUEST_ID = "haidang.request_id"
ROUTE = "haidang.route"
"""Names under which the request's environment carries what the log and the answer both need."""

CAN_WAIT = "haidang.can_wait"
"""Set by who answers: the body comes once something is on disk, and others may be listened to before (docs/serving.md)."""

REQUEST_ID_HEADER = "X-Request-Id"

_logger = logging.getLogger("haidang")
_GIVEN_ID = re.compile(r"[0-9A-Za-z._-]{8,64}")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class AsJson(logging.Formatter):
    """One line of JSON a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a line of ours as it is; of a library's, nothing that may come from a request."""
        fields = getattr(record, "fields", None)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": "library" if fields is None else record.getMessage(),
        }
        return orjson.dumps(line | (_of_library(record) if fields is None else fields), default=str).decode()


def _of_library(record: logging.LogRecord) -> dict[str, Any]:
    """Say which library speaks, its sentence without what it fills in (but numbers), and where an error was: never what it says."""
    filled = record.args if isinstance(record.args, tuple) else ()
    try:
        says = str(record.msg) % tuple(value if isinstance(value, int) else "..." for value in filled)
    except (TypeError, ValueError):
        says = str(record.msg)
    told: dict[str, Any] = {"library": record.name, "says": says}
    if record.exc_info and record.exc_info[1] is not None:
        told |= place(record.exc_info[1])
    return told


def place(error: BaseException) -> dict[str, Any]:
    """Say what kind of error it was and where, and nothing of its message: that may repeat what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return {"kind": type(error).__name__, "where": where}


def set_up(level: str) -> None:
    """Write all lines as JSON to standard error: ours from this level on, the libraries' warnings and errors."""
    # What no line of ours tells need not be found out for each (logging's own how-to, "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # noqa: SLF001 - named so in that how-to
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    least = getattr(logging, level.upper())
    for logger, lowest in ((_logger, least), (logging.getLogger(), max(least, logging.WARNING))):
        logger.handlers[:] = [handler]
        logger.setLevel(lowest)
    _logger.propagate = False


def log(event: str, *, level: str = "info", **fields: Any) -> None:
    """Write one line."""
    _logger.log(getattr(logging, level.upper()), event, extra={"fields": fields})


def request_line(environ: Environ, status: int, seconds: float) -> None:
    """Count a request and write its line."""
    host, method = environ.get(HOST), environ.get("REQUEST_METHOD", "")
    kind = host.kind if host is not None else "unknown"
    metrics.count_request(kind, method, status, seconds)
    log(
        "request",
        request=environ[REQUEST_ID],
        host=kind,
        method=metrics.known_method(method),
        route=environ.get(ROUTE, "-"),
        status=status,
        ms=round(seconds * 1000, 1),
    )


class RequestLog:
    """Give each request an id, and write one line about it when its answer is out; only a proxy we know may choose the id."""

    def __init__(self, application: Application, *, behind_proxy: bool = False) -> None:
        self._application = application
        self._behind_proxy = behind_proxy

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, watching its status and its time."""
        begun = time.perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._behind_proxy else ""
        request_id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(16)
        environ[REQUEST_ID] = request_id
        seen: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen[:] = [status]
            return start_response(status, [*headers, (REQUEST_ID_HEADER, request_id)], *rest)

        def done() -> None:
            status = int(seen[0].split(" ", 1)[0]) if seen else 0
            request_line(environ, status, time.perf_counter() - begun)

        return _Watched(self._application(environ, start), done)


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
