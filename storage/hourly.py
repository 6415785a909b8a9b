"""How often something was done in an hour: what is counted lies here as a blind index, and only until the next hour."""

from datetime import datetime

from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, PrimaryKeyConstraint, Table, delete

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

hourly = Table(
    "hourly",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("what", LargeBinary, nullable=False),
    Column("hour", Instant, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("space_id", "what", "hour"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


def take(tx: Tx, what: bytes, hour: datetime) -> int:
    """Count once more, and tell how often it was by now. Whoever counts the same waits until this transaction ends."""
    query = tx.insert(hourly).values(space_id=tx.space, what=what, hour=hour, count=1)
    changed = query.on_conflict_do_update(
        index_elements=["space_id", "what", "hour"], set_={"count": hourly.c.count + 1}
    )
    return int(tx.run(changed.returning(hourly.c.count)).scalar_one())


def forget(tx: Tx, before: datetime) -> None:
    """Forget what was counted in the hours before."""
    tx.run(delete(hourly).where(hourly.c.space_id == tx.space, hourly.c.hour < before))
