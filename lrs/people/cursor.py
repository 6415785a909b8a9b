"""Where a page of a long list begins: after a moment and an id, as one word in an address."""

from datetime import UTC, datetime
from uuid import UUID

from lrs.errors import Malformed

Place = tuple[datetime, UUID]


def write(place: Place) -> str:
    """Write a place as one word."""
    return f"{place[0].astimezone(UTC).strftime('%Y%m%dT%H%M%S.%fZ')}_{place[1].hex}"


def read(text: str) -> Place | None:
    """Read a place; nothing is the beginning."""
    if not text:
        return None
    moment, _, one = text.partition("_")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC), UUID(one)
    except ValueError:
        raise Malformed from None
