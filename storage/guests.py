"""Guests who have never learnt anything are removed, in all spaces: by a function that can remove nobody else."""

from datetime import datetime

from sqlalchemy import text

from storage.columns import Instant
from storage.database import Tx

SOME = 1000
"""So many at a time: nobody waits long for their row."""


def forget_idle(tx: Tx, before: datetime) -> int:
    """Remove some guests who have saved nothing and were not seen since; count them."""
    if tx.postgresql:
        query = text("select haidang_forget_guests(:before, :most)")
        return int(tx.run(query, {"before": before, "most": SOME}).scalar_one())
    values = {"before": Instant().process_bind_param(before, tx.connection.dialect), "most": SOME}
    found = [tuple(row) for row in tx.run(text(_IDLE), values)]
    for table, column in (
        ("sessions", "account_id"),
        ("links", "account_id"),
        ("attempts", "account_id"),
        ("accounts", "id"),
    ):
        for space, guest in found:
            query = text(f"delete from {table} where space_id = :space and {column} = :guest")  # noqa: S608 - our own names
            tx.run(query, {"space": space, "guest": guest})
    return len(found)


_IDLE = """
select space_id, id from accounts as guest
where role = 'guest' and created < :before
and not exists (select 1 from sessions where space_id = guest.space_id and account_id = guest.id and coalesce(seen, created) >= :before)
and not exists (select 1 from links where space_id = guest.space_id and account_id = guest.id and expires >= :before)
and not exists (select 1 from claims where space_id = guest.space_id and guest_id = guest.id)
and not exists (
    select 1 from attempts join commits on commits.space_id = attempts.space_id and commits.attempt_id = attempts.id
    where attempts.space_id = guest.space_id and attempts.account_id = guest.id)
limit :most
"""
"""The same as migration 0017 says to PostgreSQL: SQLite has no functions."""
