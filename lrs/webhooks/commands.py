"""`haidang webhook`: the other systems that a space tells of events."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import click

from lrs.commands import as_json, enter, in_space, tell
from lrs.errors import NotFound
from lrs.people.identity import NotUnderstood
from lrs.services import services
from lrs.web import reading, release, transaction
from lrs.webhooks import telling
from lrs.webhooks.events import EVENTS
from lrs.webhooks.keeping import Addresses, Wanted
from storage import deliveries, webhooks
from storage.database import Tx
from storage.deliveries import DELIVERED, FAILED, WAITING, DeliveryRow
from storage.webhooks import WebhookRow

PATIENCE = 30.0
"""Seconds for which a command waits for the answer to a test."""

_MOST = 20

which = click.argument("webhook_id", metavar="ID", type=click.UUID)


@click.group("webhook")
def webhook_group() -> None:
    """Tell other systems of reminders, awards and certificates."""


@webhook_group.command("add")
@in_space
@click.option("--event", "events", multiple=True, type=click.Choice(EVENTS), help="What it is told; may be repeated.")
@click.option("--with-contact", "contact", is_flag=True, help="Tell names, phone numbers and e-mail addresses too.")
@click.argument("url", metavar="ADDRESS")
@as_json
def add(slug: str, events: tuple[str, ...], url: str, *, contact: bool, as_json: bool) -> None:
    """Add the address of another system, and print its secret this once."""
    enter(slug)
    parts = services()
    try:
        with transaction() as tx:
            wanted = Wanted.read(events, contact=contact)
            row, kept = _addresses(tx).add(url, wanted, parts.config.webhook_networks)
    except NotUnderstood as wrong:
        raise click.ClickException(str(wrong.said)) from None
    words = f"{row.id} is told of {', '.join(wanted.events)}.\nIts secret, never shown again: {kept.secret}"
    tell({"webhook": row.id, "url": kept.url, "secret": kept.secret}, words, as_json=as_json)


@webhook_group.command("list")
@in_space
@as_json
def listed(slug: str, *, as_json: bool) -> None:
    """List the other systems of a space."""
    enter(slug)
    with reading() as tx:
        counts = deliveries.counts(tx)
        found = [_told(tx, row, counts) for row in webhooks.listed(tx)]
    words = "\n".join(
        f"{each['webhook']}  {each['state']}  {each['url']}  {' '.join(each['events'])}" for each in found
    )
    tell({"webhooks": found}, words or "No other system is told of anything.", as_json=as_json)


@webhook_group.command("show")
@in_space
@which
@as_json
def show(slug: str, webhook_id: UUID, *, as_json: bool) -> None:
    """Show what is told to a system, what waits, and what failed and why."""
    enter(slug)
    with reading() as tx:
        told = _told(tx, _found(tx, webhook_id), deliveries.counts(tx))
        rows = [row for state in (WAITING, FAILED) for row in deliveries.newest(tx, webhook_id, state, _MOST)]
    lines = [f"{row.id}  {row.event}  {row.state}  {row.reason or ''} {row.status or ''}".rstrip() for row in rows]
    words = "\n".join([f"{told['url']}: {told['state']} since {told['since']:%Y-%m-%d %H:%M}", *lines])
    tell(told | {"deliveries": [_delivery(row) for row in rows]}, words, as_json=as_json)


@webhook_group.command("test")
@in_space
@which
@as_json
def test(slug: str, webhook_id: UUID, *, as_json: bool) -> None:
    """Send a test, which a running service delivers, and say what the other system answered."""
    enter(slug)
    with transaction() as tx:
        sent = telling.test(tx, _found(tx, webhook_id))
    row, until = None, time.monotonic() + PATIENCE
    while (row is None or row.state == WAITING) and time.monotonic() < until:
        time.sleep(0.1)
        with reading() as tx:
            row = deliveries.find(tx, sent)
        release()
    if row is None or row.state == WAITING:
        raise click.ClickException("the test still waits; is the service running? `haidang doctor` looks")
    if row.state != DELIVERED:
        raise click.ClickException(f"the test was not taken: {row.reason} {row.status or ''}".rstrip())
    tell(_delivery(row), f"The other system has taken the test ({row.status}).", as_json=as_json)


@webhook_group.command("pause")
@in_space
@which
@as_json
def pause(slug: str, webhook_id: UUID, *, as_json: bool) -> None:
    """Tell a system nothing for now."""
    _do(slug, webhook_id, Addresses.pause, as_json=as_json)


@webhook_group.command("resume")
@in_space
@which
@as_json
def resume(slug: str, webhook_id: UUID, *, as_json: bool) -> None:
    """Go on telling a system, with what still waits first."""
    _do(slug, webhook_id, Addresses.resume, as_json=as_json)


@webhook_group.command("retry")
@in_space
@which
@as_json
def retry(slug: str, webhook_id: UUID, *, as_json: bool) -> None:
    """Try at once what waits, and once more what failed."""
    enter(slug)
    with transaction() as tx:
        _found(tx, webhook_id)
        again = sum(telling.again(tx, row) for row in deliveries.newest(tx, webhook_id, FAILED, _MOST))
        _addresses(tx).hurry(webhook_id)
    tell({"webhook": webhook_id, "again": again}, f"{again} failed before and are tried once more.", as_json=as_json)


@webhook_group.command("rotate")
@in_space
@which
@as_json
def rotate(slug: str, webhook_id: UUID, *, as_json: bool) -> None:
    """Make a new secret, and print it this once; the old one signs for a day more."""
    enter(slug)
    with transaction() as tx:
        _found(tx, webhook_id)
        kept = _addresses(tx).rotate(webhook_id)
    tell({"webhook": webhook_id, "secret": kept.secret}, f"The new secret: {kept.secret}", as_json=as_json)


@webhook_group.command("remove")
@in_space
@which
@as_json
def remove(slug: str, webhook_id: UUID, *, as_json: bool) -> None:
    """Tell a system nothing any more, and forget what waited for it."""
    _do(slug, webhook_id, Addresses.remove, as_json=as_json)


def _do(slug: str, webhook_id: UUID, deed: Callable[[Addresses, UUID], None], *, as_json: bool) -> None:
    enter(slug)
    with transaction() as tx:
        _found(tx, webhook_id)
        deed(_addresses(tx), webhook_id)
        left = webhooks.find(tx, webhook_id)
    state = "removed" if left is None else left.state
    tell({"webhook": webhook_id, "state": state}, f"{webhook_id}: {state}", as_json=as_json)


def _addresses(tx: Tx) -> Addresses:
    return Addresses(tx, services().identity_keys)


def _found(tx: Tx, webhook_id: UUID) -> WebhookRow:
    try:
        return _addresses(tx).find(webhook_id)
    except NotFound:
        raise click.ClickException(f"there is no webhook {webhook_id}; `haidang webhook list` names them") from None


def _told(tx: Tx, row: WebhookRow, counts: dict[tuple[UUID, str], int]) -> dict[str, Any]:
    return {
        "webhook": row.id,
        "url": _addresses(tx).url(row),
        "events": row.events.split(),
        "contact": row.contact,
        "state": row.state,
        "since": row.since,
        **{state: counts.get((row.id, state), 0) for state in (WAITING, FAILED, DELIVERED)},
    }


def _delivery(row: DeliveryRow) -> dict[str, Any]:
    told = {"delivery": row.id, "event": row.event, "state": row.state, "account": row.account_id}
    return told | {"asked": row.asked, "reason": row.reason, "status": row.status}
