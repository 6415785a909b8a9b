"""Deliveries: what another system is to be told, and what has become of it. Nobody's name and no text lies here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import of_an_account
from storage.schema import metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("webhook_id", Uuid, nullable=False),
    Column("event", Text, nullable=False),
    Column("account_id", Uuid),
    Column("told", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("asked", Instant, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled", Instant),
    Column("reason", Text),
    Column("status", Integer),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id", "webhook_id"], ["webhooks.space_id", "webhooks.id"]),
    of_an_account(),
    Index(None, "space_id", "webhook_id", "state", "asked"),
    Index(None, "space_id", "settled"),
)

WAITING, DELIVERED, FAILED, DROPPED = "waiting", "delivered", "failed", "dropped"


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """An event for an address: about whom, and what has become of it so far."""

    id: UUID
    webhook_id: UUID
    event: str
    account_id: UUID | None
    told: str
    """What cannot be looked up when it is sent, as JSON: ids, titles, days."""
    at: datetime
    asked: datetime
    """Since when it is to be sent: later than `at` if somebody had it sent again."""
    named: bool = False
    """Whether it was written down that the other system is told whom this is about by name."""
    state: str = WAITING
    settled: datetime | None = None
    reason: str | None = None
    """Why the last attempt has failed, in one word."""
    status: int | None = None


_NAMES = tuple(DeliveryRow.__dataclass_fields__)
_row = select(*(deliveries.c[name] for name in _NAMES))


def put(tx: Tx, rows: Sequence[DeliveryRow], forget: datetime) -> None:
    """Keep what is to be sent, and no longer what was settled before some moment."""
    tx.run(delete(deliveries).where(deliveries.c.space_id == tx.space, deliveries.c.settled < forget))
    if rows:
        tx.run(
            insert(deliveries),
            [{"space_id": tx.space} | {name: getattr(row, name) for name in _NAMES} for row in rows],
        )


def find(tx: Tx, delivery_id: UUID) -> DeliveryRow | None:
    """Find a delivery."""
    row = tx.run(_row.where(deliveries.c.space_id == tx.space, deliveries.c.id == delivery_id)).one_or_none()
    return None if row is None else DeliveryRow(*row)


def newest(tx: Tx, webhook_id: UUID, state: str, most: int) -> list[DeliveryRow]:
    """List the newest deliveries to an address that are in a state."""
    query = _row.where(
        deliveries.c.space_id == tx.space, deliveries.c.webhook_id == webhook_id, deliveries.c.state == state
    )
    return [DeliveryRow(*row) for row in tx.run(query.order_by(deliveries.c.asked.desc(), deliveries.c.id).limit(most))]


def counts(tx: Tx) -> dict[tuple[UUID, str], int]:
    """Count the deliveries to each address by their states."""
    query = select(deliveries.c.webhook_id, deliveries.c.state, func.count()).where(deliveries.c.space_id == tx.space)
    found = tx.run(query.group_by(deliveries.c.webhook_id, deliveries.c.state))
    return {(row[0], row[1]): row[2] for row in found}


def note(tx: Tx, delivery_id: UUID, reason: str, status: int | None) -> None:
    """Note why an attempt has failed."""
    which = update(deliveries).where(deliveries.c.space_id == tx.space, deliveries.c.id == delivery_id)
    tx.run(which.values(reason=reason, status=status))


def settle(tx: Tx, delivery_id: UUID, state: str, reason: str, now: datetime) -> None:
    """Write down what has become of a delivery, and why in one word."""
    which = update(deliveries).where(deliveries.c.space_id == tx.space, deliveries.c.id == delivery_id)
    tx.run(which.values(state=state, reason=reason, settled=now))


def wake(tx: Tx, delivery_id: UUID, now: datetime) -> bool:
    """Let a failed delivery be sent again; say whether there is such a one."""
    which = update(deliveries).where(deliveries.c.space_id == tx.space, deliveries.c.id == delivery_id)
    again = {"state": WAITING, "settled": None, "asked": now}
    return bool(tx.run(which.where(deliveries.c.state == FAILED).values(again)).rowcount)


def remove(tx: Tx, webhook_id: UUID) -> None:
    """Forget all deliveries to an address."""
    tx.run(delete(deliveries).where(deliveries.c.space_id == tx.space, deliveries.c.webhook_id == webhook_id))
