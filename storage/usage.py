"""How a key is used: when last, and how often in this minute. Apart from the key's own row, which a request only reads."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Table, Uuid, case, select

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata


def _of_a_credential() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["space_id", "credential_id"], ["credentials.space_id", "credentials.id"])


uses = Table(
    "uses",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("credential_id", Uuid, nullable=False),
    Column("last", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "credential_id"),
    _of_a_credential(),
)

tickets = Table(
    "tickets",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("credential_id", Uuid, nullable=False),
    Column("minute", Instant, nullable=False),
    Column("taken", Integer, nullable=False),
    PrimaryKeyConstraint("space_id", "credential_id"),
    _of_a_credential(),
)


def note(tx: Tx, last: Iterable[tuple[UUID, datetime]]) -> None:
    """Note when keys were used last; who comes later with an earlier moment changes nothing."""
    # In one order, so that two processes never wait for each other in a circle.
    values = [
        {"space_id": tx.space, "credential_id": credential, "last": moment} for credential, moment in sorted(last)
    ]
    query = tx.insert(uses)
    later = query.excluded.last
    if values:
        tx.run(
            query.on_conflict_do_update(
                index_elements=["space_id", "credential_id"], set_={"last": later}, where=later > uses.c.last
            ),
            values,
        )


def last_uses(tx: Tx) -> dict[UUID, datetime]:
    """Tell when each of this space's keys was used last."""
    query = select(uses.c.credential_id, uses.c.last).where(uses.c.space_id == tx.space)
    return {row[0]: row[1] for row in tx.run(query)}


def take(tx: Tx, credential: UUID, minute: datetime, count: int) -> int:
    """Take that many tickets of a minute; give back how many have been asked for in it, these included."""
    query = tx.insert(tickets).values(space_id=tx.space, credential_id=credential, minute=minute, taken=count)
    # A process whose clock is behind takes from the newer minute: it must not open the old one again.
    newer = query.excluded.minute > tickets.c.minute
    changed = query.on_conflict_do_update(
        index_elements=["space_id", "credential_id"],
        set_={
            "taken": case((newer, query.excluded.taken), else_=tickets.c.taken + query.excluded.taken),
            "minute": case((newer, query.excluded.minute), else_=tickets.c.minute),
        },
    )
    return int(tx.run(changed.returning(tickets.c.taken)).scalar_one())
