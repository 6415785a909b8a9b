"""What may ring on somebody's phone is done by day: from eight in the morning to eight in the evening, where the space is."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Protocol
from zoneinfo import ZoneInfo

from storage import spaces
from storage.database import Database
from storage.spaces import SpaceRow

AWAKE = range(8, 20)
"""The hours in which somebody may be written to."""


class ByDay(Protocol):
    """A chore that goes through all spaces in which it is day."""

    def __call__(self, database: Database, now: datetime | None = None) -> int:
        """Do it; count what was done."""


def by_day(each: Callable[[Database, SpaceRow, datetime], int]) -> ByDay:
    """Make a chore of what is done in one space, which is told what time it is there."""

    @wraps(each)
    def chore(database: Database, now: datetime | None = None) -> int:
        at = now or datetime.now(UTC)
        with database.read() as tx:
            found = [spaces.find_by_slug(tx, slug) for slug in spaces.slugs(tx)]
        local = [(space, at.astimezone(ZoneInfo(space.settings.zone))) for space in found if space is not None]
        return sum(each(database, space, here) for space, here in local if here.hour in AWAKE)

    return chore
