"""Keys in browsers (CORS): answers that pages of other origins may read, for keys that were made for these pages alone.

A server's key gets the same answers as ever, and no permission with them (docs/credentials.md).
"""

import json
import math
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from flask import Flask, Response, current_app, request
from flask_babel import lazy_gettext as _

from lrs.access import caller
from lrs.errors import WrongOrigin
from lrs.resources.versions import ours
from lrs.services import services
from storage import credentials

LASTS = 5.0
"""Seconds for which a process remembers the origins of all keys."""

RESTS = 0.05
"""Seconds between two looks for an origin that is not among them: a launch has just made its key, and strangers cost no query each."""

EXPOSED = "ETag, Last-Modified, Retry-After, X-Experience-API-Version, X-Experience-API-Consistent-Through"

_NAME = "haidang.origins"
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE"),
    (
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Content-Encoding, If-Match, If-None-Match, X-Experience-API-Version",
    ),
    ("Access-Control-Max-Age", "600"),
)


class Origins:
    """The origins that any key of the installation was made for, as one process knows them."""

    def __init__(self, read: Callable[[], Iterable[str]], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._read_at: float | None = None
        self._known: frozenset[str] = frozenset()

    def __contains__(self, origin: str) -> bool:
        """Tell whether pages of an origin may send a key at all."""
        with self._lock:
            now = self._clock()
            age = math.inf if self._read_at is None else now - self._read_at
            if age >= (LASTS if origin in self._known else RESTS):
                self._known = frozenset(each for text in self._read() for each in json.loads(text))
                self._read_at = now
            return origin in self._known


def _of_all_keys() -> list[str]:
    with services().database.read() as tx:
        return credentials.browser_origins(tx, datetime.now(UTC))


def preflight() -> Response | None:
    """Answer a browser that asks, without a key yet, whether it may send one."""
    origin = request.headers.get("Origin")
    asks = request.method == "OPTIONS" and origin is not None and "Access-Control-Request-Method" in request.headers
    if not asks or origin is None or not ours() or origin not in current_app.extensions[_NAME]:
        return None
    response = Response(status=204)
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers.extend(_PREFLIGHT)
    return response


def hold() -> None:
    """Refuse a browser's key that comes from another page than it was made for."""
    allowed, origin = caller().key.origins, request.headers.get("Origin")
    if allowed is not None and origin is not None and origin not in allowed:
        raise WrongOrigin(_("It was made for other origins than %(origin)s.", origin=origin[:200]))


def _permit(response: Response) -> Response:
    """Let the page read its answer, where its key was made for it."""
    if ours():
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin is not None and origin in (caller().key.origins or ()):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response


def init_app(app: Flask) -> None:
    """Let pages of other origins use the record; `preflight` comes before anything that asks for a key."""
    app.extensions[_NAME] = Origins(_of_all_keys)
    app.before_request(hold)
    app.after_request(_permit)
