"""The parts in which the log lies on PostgreSQL: one for each month and each fourth of the spaces, made before it is needed.

A month that nobody made in time loses nothing: its rows lie in the rest, and stay there.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage.database import Database, Tx

AHEAD = timedelta(days=62)
"""Two whole months: so long nobody need look after it."""


def make(tx: Tx, earliest: datetime, latest: datetime) -> int:
    """Make the parts for these times where they are missing, and count them; SQLite has one table."""
    if not tx.postgresql or tx.run(text("select to_regproc('haidang_make_months')")).scalar_one() is None:
        return 0  # a backup may be of a release that knew no months
    query = text("select haidang_make_months(:earliest, :latest)")
    return int(tx.run(query, {"earliest": earliest, "latest": latest}).scalar_one())


def ahead(database: Database) -> int:
    """Make the parts for the time that comes."""
    now = datetime.now(UTC)
    with database.write() as tx:
        return make(tx, now, now + AHEAD)


def is_part(table: str) -> bool:
    """Tell whether a table is one of those parts: the application sees the whole log and never a part."""
    return table.startswith("statements_")
