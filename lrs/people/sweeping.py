"""Guests who have never learnt anything are cleared away, now and then, by the process that leads."""

from datetime import UTC, datetime, timedelta

from storage import guests
from storage.database import Database

IDLE = timedelta(days=7)
"""So long nobody has seen them; whoever saves something once stays."""


def idle_guests(database: Database) -> int:
    """Remove those who have saved nothing and were not seen for long, some at a time; count them."""
    before, count = datetime.now(UTC) - IDLE, 0
    while True:
        with database.write() as tx:
            done = guests.forget_idle(tx, before)
        count += done
        if done < guests.SOME:
            return count
