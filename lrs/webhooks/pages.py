"""Other systems, as administrators see them: which are told what, what did not arrive and why, and what to do about it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import allow, caller
from lrs.errors import NotFound
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.identity import NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, reading, release, transaction
from lrs.webhooks import address, telling
from lrs.webhooks.events import EVENTS
from lrs.webhooks.keeping import Addresses, Kept, Wanted
from lrs.webhooks.words import EVENTS as EVENT_WORDS
from lrs.webhooks.words import REASONS, STATES
from storage import deliveries, outbox, webhooks
from storage.database import Tx
from storage.deliveries import DELIVERED, FAILED, WAITING, DeliveryRow
from storage.webhooks import WebhookRow

pages = Blueprint("webhooks", __name__)

_MOST = 20
"""Deliveries of each state on a page."""

PATIENCE = 3.0
"""Seconds for which a page waits for the answer to a test; after that it says that the test is under way."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An address on a page: where it leads, if that can be read."""

    row: WebhookRow
    url: str
    counts: dict[str, int]

    @property
    def host(self) -> str:
        """Whose it is, in short."""
        return address.read(self.url).host if self.url else ""

    @property
    def events(self) -> list[str]:
        """What it is told."""
        return self.row.events.split()


@pages.get("/s/<space>/webhooks")
@allow(*KEEPERS)
def listed() -> ResponseReturnValue:
    """List the other systems that are told of events, and ask for another."""
    return _list()


@pages.post("/s/<space>/webhooks")
@allow(*KEEPERS)
def add() -> ResponseReturnValue:
    """Add the address of another system, and show its secret this once."""
    try:
        with transaction() as tx:
            row, kept = _addresses(tx).add(request.form.get("url", ""), _wanted(), services().config.webhook_networks)
    except NotUnderstood as wrong:
        return _list(wrong), 422
    return _secret(row.id, kept)


@pages.get("/s/<space>/webhooks/<uuid:webhook_id>")
@allow(*KEEPERS)
def one(webhook_id: UUID) -> ResponseReturnValue:
    """Show what another system is told, and what did not arrive and why."""
    return _one(webhook_id)


@pages.post("/s/<space>/webhooks/<uuid:webhook_id>")
@allow(*KEEPERS)
def change(webhook_id: UUID) -> ResponseReturnValue:
    """Change what another system is told."""
    try:
        with transaction() as tx:
            _addresses(tx).change(webhook_id, _wanted())
    except NotUnderstood as wrong:
        return _one(webhook_id, wrong), 422
    return _back(webhook_id, "changed")


@pages.post("/s/<space>/webhooks/<uuid:webhook_id>/<any(pause, resume, hurry):deed>")
@allow(*KEEPERS)
def act(webhook_id: UUID, deed: str) -> ResponseReturnValue:
    """Tell another system nothing for now, go on, or try at once what waits."""
    with transaction() as tx:
        _DEEDS[deed](_addresses(tx), webhook_id)
    return _back(webhook_id, deed)


@pages.post("/s/<space>/webhooks/<uuid:webhook_id>/test")
@allow(*KEEPERS)
def test(webhook_id: UUID) -> ResponseReturnValue:
    """Send another system a test, and say what it answered."""
    with transaction() as tx:
        sent = telling.test(tx, _addresses(tx).find(webhook_id))
    _wait_for(sent)
    return redirect(url_for("webhooks.one", webhook_id=webhook_id, test=sent), 303)


@pages.post("/s/<space>/webhooks/<uuid:webhook_id>/rotate")
@allow(*KEEPERS)
def rotate(webhook_id: UUID) -> ResponseReturnValue:
    """Make a new secret, and show it this once; the old one signs for a day more."""
    with transaction() as tx:
        kept = _addresses(tx).rotate(webhook_id)
    return _secret(webhook_id, kept)


@pages.post("/s/<space>/webhooks/<uuid:webhook_id>/again/<uuid:delivery_id>")
@allow(*KEEPERS)
def again(webhook_id: UUID, delivery_id: UUID) -> ResponseReturnValue:
    """Send once more what could not be delivered."""
    with transaction() as tx:
        row = deliveries.find(tx, delivery_id)
        if row is None or row.webhook_id != webhook_id:
            raise NotFound
        telling.again(tx, row)
    return _back(webhook_id, "again")


@pages.post("/s/<space>/webhooks/<uuid:webhook_id>/remove")
@allow(*KEEPERS)
def remove(webhook_id: UUID) -> ResponseReturnValue:
    """Tell another system nothing any more, and forget what waited for it."""
    with transaction() as tx:
        _addresses(tx).remove(webhook_id)
    return redirect(url_for("webhooks.listed", done="removed"), 303)


_DEEDS: dict[str, Callable[[Addresses, UUID], None]] = {
    "pause": Addresses.pause,
    "resume": Addresses.resume,
    "hurry": Addresses.hurry,
}


def _addresses(tx: Tx) -> Addresses:
    return Addresses(tx, services().identity_keys, caller().account_id)


def _wanted() -> Wanted:
    return Wanted.read(request.form.getlist("event"), contact="contact" in request.form)


def _wait_for(delivery_id: UUID) -> None:
    """Give the sender a moment; no transaction and no connection is kept meanwhile."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with reading() as tx:
            row = deliveries.find(tx, delivery_id)
        release()
        if row is None or row.state != WAITING:
            return
        time.sleep(0.1)


def _back(webhook_id: UUID, done: str) -> ResponseReturnValue:
    return redirect(url_for("webhooks.one", webhook_id=webhook_id, done=done), 303)


def _secret(webhook_id: UUID, kept: Kept) -> str:
    return render_template("webhook_secret.html", space=current_space(), webhook_id=webhook_id, kept=kept)


def _list(wrong: NotUnderstood | None = None) -> str:
    with reading() as tx:
        counts = deliveries.counts(tx)
        found = [_shown(tx, row, counts) for row in webhooks.listed(tx)]
    return render_template("webhooks.html", found=found, wrong=wrong, **_page())


def _one(webhook_id: UUID, wrong: NotUnderstood | None = None) -> str:
    with transaction() as tx:
        row = _addresses(tx).find(webhook_id)
        lists = {state: deliveries.newest(tx, webhook_id, state, _MOST) for state in (WAITING, FAILED, DELIVERED)}
        names = _names(tx, (each for rows in lists.values() for each in rows))
        tried = outbox.tried(tx, telling.TARGET, [each.id for each in lists[WAITING]])
        shown, tested = _shown(tx, row, deliveries.counts(tx)), _tested(tx)
    return render_template(
        "webhook.html", each=shown, lists=lists, names=names, tried=tried, tested=tested, wrong=wrong, **_page()
    )


def _page() -> dict[str, Any]:
    return {
        "space": current_space(),
        "kinds": EVENTS,
        "event_words": EVENT_WORDS,
        "state_words": STATES,
        "reasons": REASONS,
        "given": request.form,
        "ask": request.args.get("ask", ""),
        "done": request.args.get("done", ""),
    }


def _shown(tx: Tx, row: WebhookRow, counts: dict[tuple[UUID, str], int]) -> Shown:
    return Shown(
        row, _addresses(tx).url(row), {state: counts.get((row.id, state), 0) for state in (WAITING, FAILED, DELIVERED)}
    )


def _names(tx: Tx, rows: Iterable[DeliveryRow]) -> dict[UUID, str]:
    """Give the names of those about whom something was told, and write down that they were looked at."""
    whose = {each.account_id for each in rows if each.account_id is not None}
    audit.note_look(tx, caller().account_id, whose, "webhooks")
    return Directory(tx, services().identity_keys, caller().account_id).names(whose)


def _tested(tx: Tx) -> DeliveryRow | None:
    """Find the test that was just sent."""
    try:
        return deliveries.find(tx, UUID(request.args.get("test", "")))
    except ValueError:
        return None
