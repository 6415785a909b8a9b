"""Days: where a space is, and not where the server stands, they begin and end."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import g, has_app_context

from lrs.errors import Malformed

HOME = "Asia/Ho_Chi_Minh"
"""Where days are reckoned outside any space."""


def zone() -> str:
    """Name the time zone of the space that is asked, of a page or of a command."""
    return g.space.settings.zone if has_app_context() and "space" in g else HOME


def place() -> ZoneInfo:
    """Give the time zone of the space that is asked."""
    return ZoneInfo(zone())


def today() -> date:
    """Tell which day it is."""
    return datetime.now(UTC).astimezone(place()).date()


def read(text: str, otherwise: date) -> date:
    """Read a day as forms and addresses write it; nothing is another day."""
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed from None
