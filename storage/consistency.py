"""Until when the log is whole: every statement stored until then can be seen.

"Now" would be a lie: a writer may have taken its time of storage and not ended yet (docs/record.md).
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from storage.database import Database, attempt, translated
from storage.driver import ask
from storage.postgresql import WRITING
from storage.statements import statements

_WRAP = 2**31
# The time of the question, not of its answer: whoever begins to write between the two is not seen, and takes a later moment.
_LOCKS = f"""
with now as (select (extract(epoch from statement_timestamp()) * 1000)::bigint as ms),
     ages as (select mod(ms - objid::bigint + {_WRAP}, {_WRAP}) as age from pg_locks, now
              where locktype = 'advisory' and classid = {WRITING} and objsubid = 2
                and database = (select oid from pg_database where datname = current_database()))
select statement_timestamp(), max(age) from ages where age < {_WRAP} / 2
"""  # noqa: S608 - our own numbers


def whole_until(database: Database, space: int, connection: Connection) -> datetime:
    """Say until when the log is whole; ask before the transaction that reads, so that its snapshot is younger than the answer."""
    if database.dialect == "postgresql":
        with translated():
            now, oldest = attempt(connection, lambda: ask(connection, _LOCKS, ()).fetchone())
        moment: datetime = now if oldest is None else now - timedelta(milliseconds=int(oldest) + 1)
        return moment
    asked = datetime.now(UTC)  # first: whoever begins after this takes a later moment
    if database.nobody_writes():
        return asked
    with database.read(space, connection) as tx:
        newest = tx.run(select(func.max(statements.c.stored)).where(statements.c.space_id == space)).scalar_one()
    return newest or datetime(1970, 1, 1, tzinfo=UTC)
