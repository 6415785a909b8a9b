"""Serves the page that checks, to whoever asks, and hands it over as a file."""

import threading
import time
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, allow
from lrs.checking.document import Document, KnownKey, document, worker
from lrs.seals.seal import name_of
from lrs.services import services
from lrs.web import reading
from storage import issuing
from storage.issuing import PublicRow

pages = Blueprint("checking", __name__)

_MADE = "haidang.checking"
_FRESH = 60
_DAY = timedelta(days=1)
"""A day begins elsewhere before it begins in Greenwich: what was signed on the day of retiring is still genuine."""


class Made:
    """The page as this process has made it within the last minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[float, Document] | None = None

    def now(self) -> Document:
        """Give the page, made anew once a minute."""
        with self._lock:
            if self._made is None or time.monotonic() - self._made[0] > _FRESH:
                with reading() as tx:
                    rows = issuing.everybodys(tx)
                today = datetime.now(UTC).date()
                keys = map(known, rows)
                self._made = time.monotonic(), document(services().config.public_url, keys, today)
            return self._made[1]


@pages.record_once
def _attach(state: object) -> None:
    state.app.extensions[_MADE] = Made()  # type: ignore[attr-defined]  # Flask's own, which it does not export


def known(row: PublicRow) -> KnownKey:
    """Say of a key what the page has to know."""
    until: date | None = None if row.retired is None else (row.retired + _DAY).date()
    return KnownKey(
        name_of(row.public).hex(), row.public.hex(), row.slug, row.name, until, withdrawn=row.withdrawn is not None
    )


@pages.get("/v/")
@allow(EVERYBODY)
def page() -> ResponseReturnValue:
    """Show the page that checks."""
    return _sent(_made())


@pages.get("/v/save")
@allow(EVERYBODY)
def save() -> ResponseReturnValue:
    """Hand the same page over as a file."""
    response = _sent(_made())
    response.headers["Content-Disposition"] = 'attachment; filename="kiem-tra-chung-nhan.html"'
    return response


@pages.get("/v/worker.js")
@allow(EVERYBODY)
def keeper() -> ResponseReturnValue:
    """Give the script that keeps the page on a device."""
    response = Response(worker(), mimetype="text/javascript")
    response.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _made() -> Document:
    made: Made = current_app.extensions[_MADE]
    return made.now()


def _sent(made: Document) -> Response:
    response = Response(made.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = made.policy
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
