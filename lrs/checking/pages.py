"""Serves the page that checks, to whoever asks, and hands it over as a file."""

from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, allow
from lrs.checking.document import Document, KnownKey, document, worker
from lrs.seals.seal import name_of
from lrs.services import services
from lrs.web import reading
from storage import issuing
from storage.issuing import PublicRow

pages = Blueprint("checking", __name__)

_DAY = timedelta(days=1)
"""A day begins elsewhere before it begins in Greenwich: what was signed on the day of retiring is still genuine."""


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
    with reading() as tx:
        rows = issuing.everybodys(tx)
    return document(services().config.public_url, map(known, rows), datetime.now(UTC).date())


def _sent(made: Document) -> Response:
    response = Response(made.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = made.policy
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
