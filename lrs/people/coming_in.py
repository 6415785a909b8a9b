"""What every way in ends with: a session's cookie, and the page that somebody wanted to see."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, redirect, request, url_for

from lrs import cookies
from lrs.people import accounts, devices
from lrs.people.callers import session_cookie
from storage.database import Tx

GO = "go"
"""The parameter that names the page to go on to."""


def wanted() -> str:
    """Tell which page somebody wanted to see: one of ours, whatever the address says."""
    asked = request.values.get(GO, "")
    ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if ours else ""


def begin(tx: Tx, account_id: UUID) -> str:
    """Begin a session on the device that asks."""
    return accounts.begin_session(tx, account_id, datetime.now(UTC), device())


def device() -> str:
    """Name the device that asks, as its owner would."""
    return devices.name(request.user_agent.string)


def come_in(session: str, to: str = "") -> Response:
    """Give the session's cookie, and go on."""
    response = redirect(to or url_for("player.start"), 303)
    assert isinstance(response, Response)  # noqa: S101 - narrows werkzeug's type to Flask's
    cookies.write(response, session_cookie(), session, int(accounts.SESSION_LASTS.total_seconds()))
    return response
