"""Until when the log is whole: every statement stored until then can be seen.

"Now" would be a lie: a writer may have taken its time of storage and not ended yet (docs/record.md).
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from storage.database import Database, Tx
from storage.postgresql import WRITING
from storage.statements import statements

_WRAP = 2**31
_LOCKS = """
select clock_timestamp(),
       coalesce(max(((extract(epoch from clock_timestamp()) * 1000)::bigint - objid::bigint + :wrap) % :wrap), 0)
from pg_locks where locktype = 'advisory' and classid = :class and objsubid = 2
                and database = (select oid from pg_database where datname = current_database())
"""


def whole_until(database: Database, tx: Tx) -> datetime:
    """Say until when the log is whole; ask in a transaction before the one that reads, so that its snapshot is younger than the answer."""
    if tx.postgresql:
        now, oldest = tx.run(text(_LOCKS), {"wrap": _WRAP, "class": WRITING}).one()
        moment: datetime = now - timedelta(milliseconds=int(oldest) + (1 if oldest else 0))
        return moment
    if database.nobody_writes():
        return datetime.now(UTC)
    newest = tx.run(select(func.max(statements.c.stored)).where(statements.c.space_id == tx.space)).scalar_one()
    return newest or datetime(1970, 1, 1, tzinfo=UTC)
