"""Days: where a space is, and not where the server stands, they begin and end."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from lrs.errors import Malformed

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """Tell which day it is."""
    return datetime.now(UTC).astimezone(ZONE).date()


def read(text: str, otherwise: date) -> date:
    """Read a day as forms and addresses write it; nothing is another day."""
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed from None
