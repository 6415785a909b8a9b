"""Addresses of other systems that are told of events. Where they lead and what signs lies here sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

webhooks = Table(
    "webhooks",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("events", Text, nullable=False),
    Column("contact", Boolean, nullable=False),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("added", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing", Instant),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)

ACTIVE, PAUSED, FAILING, GONE = "active", "paused", "failing", "gone"
"""Told of events; paused by a person; by itself, since nobody has taken anything for long; and since they want nothing more."""


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """An address: what it is told, whether it is now, and how often in a row it has not taken anything, since when."""

    id: UUID
    events: str
    """The kinds of events, with spaces between them."""
    contact: bool
    """Whether it is told names, phone numbers and e-mail addresses."""
    key_id: int
    sealed: bytes
    added: datetime
    state: str
    since: datetime
    failures: int = 0
    failing: datetime | None = None


_NAMES = tuple(WebhookRow.__dataclass_fields__)
_row = select(*(webhooks.c[name] for name in _NAMES))


def add(tx: Tx, row: WebhookRow) -> None:
    """Keep an address."""
    tx.run(insert(webhooks), {"space_id": tx.space} | {name: getattr(row, name) for name in _NAMES})


def listed(tx: Tx) -> list[WebhookRow]:
    """List the addresses of a space, the oldest first."""
    query = _row.where(webhooks.c.space_id == tx.space).order_by(webhooks.c.added, webhooks.c.id)
    return [WebhookRow(*row) for row in tx.run(query)]


def find(tx: Tx, webhook_id: UUID) -> WebhookRow | None:
    """Find an address."""
    row = tx.run(_row.where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)).one_or_none()
    return None if row is None else WebhookRow(*row)


def keep(tx: Tx, webhook_id: UUID) -> bool:
    """Keep an address from being removed before this transaction ends; tell whether it is there."""
    query = select(webhooks.c.id).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)
    return tx.run(query.with_for_update(read=True, key_share=True)).first() is not None


def hold(tx: Tx, webhook_id: UUID) -> None:
    """Wait for who puts something in for an address or changes it, and let nobody do so before this transaction ends."""
    query = select(webhooks.c.id).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)
    tx.run(query.with_for_update())


def change(tx: Tx, webhook_id: UUID, events: str, *, contact: bool) -> None:
    """Tell an address of other events."""
    which = update(webhooks).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)
    tx.run(which.values(events=events, contact=contact))


def seal(tx: Tx, webhook_id: UUID, key_id: int, sealed: bytes) -> None:
    """Keep what is sealed of an address."""
    which = update(webhooks).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)
    tx.run(which.values(key_id=key_id, sealed=sealed))


def set_state(tx: Tx, webhook_id: UUID, state: str, now: datetime) -> None:
    """Pause an address, or go on; either way it begins anew."""
    which = update(webhooks).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)
    tx.run(which.values(state=state, since=now, failures=0, failing=None))


def failed(tx: Tx, webhook_id: UUID, now: datetime) -> None:
    """Count that an address has not taken something."""
    which = update(webhooks).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)
    tx.run(
        which.values(failures=webhooks.c.failures + 1, failing=func.coalesce(webhooks.c.failing, literal(now, Instant)))
    )


def took(tx: Tx, webhook_id: UUID) -> None:
    """Note that an address has taken something again."""
    which = update(webhooks).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id)
    tx.run(which.where(webhooks.c.failures > 0).values(failures=0, failing=None))


def remove(tx: Tx, webhook_id: UUID) -> None:
    """Forget an address; its deliveries are forgotten before."""
    tx.run(delete(webhooks).where(webhooks.c.space_id == tx.space, webhooks.c.id == webhook_id))


def count_given_up(tx: Tx) -> int:
    """Count the addresses that were paused by themselves."""
    query = select(func.count()).select_from(webhooks)
    return int(tx.run(query.where(webhooks.c.space_id == tx.space, webhooks.c.state.in_((FAILING, GONE)))).scalar_one())


def sealed_with_others(tx: Tx, key_id: int, most: int) -> list[WebhookRow]:
    """List some addresses that another key has sealed, and hold them until they are sealed anew."""
    query = _row.where(webhooks.c.space_id == tx.space, webhooks.c.key_id != key_id).limit(most)
    return [WebhookRow(*row) for row in tx.run(query.with_for_update())]
