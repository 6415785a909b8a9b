"""Telling: an event is put in for each address that asks for it, in the transaction of what has happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson

from lrs.errors import NotFound
from lrs.people import audit
from lrs.webhooks.events import TEST
from storage import deliveries, outbox, webhooks
from storage.database import Tx
from storage.deliveries import DeliveryRow
from storage.outbox import Entry
from storage.webhooks import ACTIVE, WebhookRow

TARGET = "webhook"
"""What the outbox calls other systems."""

_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened: to whom, and what cannot be looked up later."""

    kind: str
    account_id: UUID | None
    told: dict[str, Any]


def listening(tx: Tx, *kinds: str) -> list[WebhookRow]:
    """List the addresses that are to be told of any of these events now."""
    return [row for row in webhooks.listed(tx) if row.state == ACTIVE and {*kinds} & {*row.events.split()}]


def tell(tx: Tx, events: Iterable[Event]) -> None:
    """Put events in for whoever asks for them."""
    listed = [*events]
    for row in listening(tx, *{each.kind for each in listed}) if listed else []:
        put(tx, row, [each for each in listed if each.kind in row.events.split()])


def put(tx: Tx, to: WebhookRow, events: Sequence[Event]) -> list[UUID]:
    """Put events in for one address, unless it was removed meanwhile; name the deliveries. Whose names it is told is written down."""
    if not webhooks.keep(tx, to.id):
        return []
    now = datetime.now(UTC)
    rows = [
        DeliveryRow(uuid4(), to.id, each.kind, each.account_id, orjson.dumps(each.told).decode(), now, now, to.contact)
        for each in events
    ]
    deliveries.put(tx, rows, now - _KEPT)
    outbox.put(tx, TARGET, [_entry(row) for row in rows], now)
    named = list(dict.fromkeys(str(each.account_id) for each in events if each.account_id is not None))
    if to.contact and named:
        audit.note(
            tx,
            None,
            audit.CONTACT_TOLD,
            UUID(named[0]) if len(named) == 1 else None,
            webhook=str(to.id),
            accounts=named,
        )
    return [row.id for row in rows]


def test(tx: Tx, to: WebhookRow) -> UUID:
    """Put a test in for an address, paused or not."""
    sent = put(tx, to, [Event(TEST, None, {})])
    if not sent:
        raise NotFound
    return sent[0]


def again(tx: Tx, row: DeliveryRow) -> bool:
    """Put a failed delivery in once more; say whether it had failed."""
    now = datetime.now(UTC)
    woken = deliveries.wake(tx, row.id, now)
    if woken:
        outbox.put(tx, TARGET, [_entry(row)], now)
    return woken


def _entry(row: DeliveryRow) -> Entry:
    """Let an event rest with its address; a test does not, for it is to find out whether that is still right."""
    return Entry(row.id, TEST if row.event == TEST else str(row.webhook_id), "")
