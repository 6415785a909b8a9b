"""Days: where a space is, and not where the server stands, they begin and end."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import g, has_app_context
from flask_babel import lazy_gettext as _

from lrs.errors import Trouble

HOME = "Asia/Ho_Chi_Minh"
"""Where days are reckoned outside any space."""


_WRITTEN = re.compile(r"([0-9]{1,2})(?:[/.\- ]|(?=[0-9]{6}\Z))([0-9]{1,2})(?:[/.\- ]|(?=[0-9]{4}\Z))([0-9]{4})")
"""A day, a month, a year; eight figures alone where a keyboard has nothing else."""


def zone() -> str:
    """Name the time zone of the space that is asked, of a page or of a command."""
    return g.space.settings.zone if has_app_context() and "space" in g else HOME


def place() -> ZoneInfo:
    """Give the time zone of the space that is asked."""
    return ZoneInfo(zone())


def today() -> date:
    """Tell which day it is."""
    return datetime.now(UTC).astimezone(place()).date()


class NotADay(Trouble):
    """A field says something that is no day."""

    status = 422
    title = _("Please look at this once more")
    field = "day"

    def __init__(self) -> None:
        super().__init__(_("Write the day, the month and the year, like 3/5/2026."))


def read(text: str, otherwise: date) -> date:
    """Read a day as people write it, the day before the month in any language: 3/5/2026, 03-05-2026, 03052026; or as programs do.

    Nothing is another day.
    """
    if not text.strip():
        return otherwise
    written = _WRITTEN.fullmatch(text.strip())
    try:
        return (
            date.fromisoformat(text.strip())
            if written is None
            else date(*(int(part) for part in written.groups()[::-1]))
        )
    except ValueError:
        raise NotADay from None
