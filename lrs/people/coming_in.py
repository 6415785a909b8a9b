"""What every way in ends with: a session's cookie, and the page that somebody wanted to see."""

from uuid import UUID

from flask import Response, redirect, request, url_for

from lrs import cookies
from lrs.people import accounts, devices, entry
from lrs.people.callers import guest_cookie, session_cookie
from storage.database import Tx

DEVICE = "device"
"""The cookie by which a device is known on which somebody has been signed in."""

_YEAR = 365 * 24 * 3600

GO = "go"
"""The parameter that names the page to go on to."""


def wanted() -> str:
    """Tell which page somebody wanted to see: one of ours, whatever the address says."""
    asked = request.values.get(GO, "")
    ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if ours else ""


def know(tx: Tx, account_id: UUID) -> str:
    """Remember the device that asks as one of somebody's own; give back its word."""
    return entry.know(tx, account_id, cookies.read(DEVICE))


def device() -> str:
    """Name the device that asks, as its owner would."""
    return devices.name(request.user_agent.string)


def go_on(to: str = "") -> Response:
    """Go on to a page of ours, or to the lessons."""
    response = redirect(to or url_for("player.start"), 303)
    assert isinstance(response, Response)  # noqa: S101 - narrows werkzeug's type to Flask's
    return response


def come_in(session: str, device_word: str, to: str = "") -> Response:
    """Give the cookies of the session and of the device, and go on: where a guest lives here, by the question whether that was you."""
    onward = url_for("guests.ask", go=to or None) if cookies.read(guest_cookie()) else to
    response = go_on(onward)
    cookies.write(response, session_cookie(), session, int(accounts.SESSION_LASTS.total_seconds()))
    cookies.write(response, DEVICE, device_word, _YEAR)
    return response
