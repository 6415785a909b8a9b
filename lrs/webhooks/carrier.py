"""The carrier: takes events out of the outbox, looks whether they are still to be told, and hands them to the other system."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson
from flask import Flask, g
from flask_babel import force_locale

from lrs import metrics
from lrs.outbox import SIDE_BY_SIDE, Later, Rest
from lrs.people import audit
from lrs.people.directory import Directory, Person
from lrs.sealing import NotOurs
from lrs.services import Services
from lrs.webhooks import address, keeping, messages, signing
from lrs.webhooks.answers import ALONE, DONE, GONE, Answer, rest
from lrs.webhooks.events import REMINDER, TEST, patience
from lrs.webhooks.line import PATIENCE, Line
from lrs.webhooks.messages import About
from lrs.webhooks.telling import TARGET
from storage import deliveries, enrolments, people, spaces, webhooks
from storage.database import Tx
from storage.deliveries import DELIVERED, DROPPED, FAILED, WAITING, DeliveryRow
from storage.outbox import Entry
from storage.webhooks import ACTIVE, WebhookRow

_MARGIN = 30.0
"""Seconds for the database before and after the talk."""

_LOOKED_AT = 3600.0
"""Seconds after which what waits for a paused address is looked at again: it may be too late for it."""

GIVES_UP = timedelta(days=3)
"""An address that has taken nothing for so long is paused."""


class TriedInVain(Rest):
    """An address did not take an event, and rests."""


class NotWanted(Later):
    """An address does not want this event in this form."""


class Paused(Rest):
    """An address is told nothing for now."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """An event that goes out now."""

    row: DeliveryRow
    to: WebhookRow
    url: str
    signers: Sequence[str]
    body: bytes


class Carrier:
    """Serves the outbox's target `webhook`."""

    name = TARGET
    hands = SIDE_BY_SIDE

    def __init__(self, app: Flask, parts: Services, seconds: float = PATIENCE) -> None:
        self._app = app
        self._parts = parts
        self._line = Line(parts.config.webhook_networks, seconds)
        self.lease = seconds + _MARGIN

    def deliver(self, space: int, entry: Entry) -> None:
        """Tell one event, or find out that it is not to be told."""
        with self._parts.database.write(space) as tx:
            ready = self._prepare(tx, entry)
        if ready is None:
            return
        seconds = int(time.time())
        fields = {"Content-Type": "application/json", "User-Agent": "HaiDang/1"}
        fields |= signing.headers(str(ready.row.id), seconds, ready.body, ready.signers)
        answer = self._line.post(address.read(ready.url), fields, ready.body)
        with self._parts.database.write(space) as tx:
            later = _take(tx, ready, answer, entry.attempts + 1)
        if later is not None:
            raise later

    def _prepare(self, tx: Tx, entry: Entry) -> _Ready | None:
        """Look whether an event is still to be told, to whom, and in which words; else settle it."""
        row = deliveries.find(tx, entry.id)
        to = None if row is None else webhooks.find(tx, row.webhook_id)
        if row is None or to is None or row.state != WAITING:
            return None
        person = self._person(tx, row)
        state, why = _unfit(tx, row, person)
        if state:
            _settle(tx, row, state, why)
            return None
        if to.state != ACTIVE and row.event != TEST:
            raise Paused(_LOOKED_AT)
        try:
            where = keeping.opened(tx, self._parts.identity_keys, to)
        except NotOurs:
            _settle(tx, row, FAILED, "unopened")
            return None
        about = About(spaces.own(tx), self._parts.config.public_url, person, to.contact and row.named)
        with self._app.app_context(), force_locale(about.space.language):
            g.space = about.space
            return _Ready(row, to, where.url, where.signers(datetime.now(UTC)), messages.body(row, about))

    def _person(self, tx: Tx, row: DeliveryRow) -> Person | None:
        """Tell about whom an event is; a guest has an account, and nothing is known of them."""
        account = None if row.account_id is None else people.find_account(tx, row.account_id)
        if account is None:
            return None
        return Person(account, Directory(tx, self._parts.identity_keys).identity(account.id))


def _unfit(tx: Tx, row: DeliveryRow, person: Person | None) -> tuple[str, str]:
    """Say what becomes of an event that is not to be told any more, and why in one word; nothing if it is."""
    if person is not None and person.account.closed is not None:
        return DROPPED, "closed"
    if row.event == REMINDER and person is not None and _is_over(tx, row, person):
        return DROPPED, "over"
    late = datetime.now(UTC) - row.asked > patience(row.event)
    return (FAILED, row.reason or "late") if late else ("", "")


def _is_over(tx: Tx, row: DeliveryRow, person: Person) -> bool:
    """Tell whether somebody has completed or left meanwhile what they are to be reminded of."""
    found = enrolments.find(tx, UUID(orjson.loads(row.told)["course"]), person.account.id)
    return found is None or found.figures.completed is not None


def _take(tx: Tx, ready: _Ready, answer: Answer, attempts: int) -> Later | None:
    """Write down what the other system has answered; say how long to wait if it has not taken the event."""
    row, to, now = ready.row, ready.to, datetime.now(UTC)
    deliveries.note(tx, row.id, answer.word, answer.status)
    if answer.word == DONE:
        webhooks.took(tx, to.id)
        _settle(tx, row, DELIVERED, DONE)
        return None
    if row.event == TEST:
        _settle(tx, row, DROPPED, answer.word)
        return None
    if answer.word in ALONE:
        return NotWanted(rest(answer, attempts))
    webhooks.failed(tx, to.id, now)
    counted = webhooks.find(tx, to.id)
    if counted is None:
        return None  # somebody has removed it meanwhile, with all that waited
    if answer.word == GONE or (counted.failing is not None and now - counted.failing > GIVES_UP):
        _give_up(tx, counted, webhooks.GONE if answer.word == GONE else webhooks.FAILING, now)
    return TriedInVain(rest(answer, counted.failures))


def _give_up(tx: Tx, to: WebhookRow, state: str, now: datetime) -> None:
    """Pause an address, and say so where people look."""
    webhooks.set_state(tx, to.id, state, now)
    audit.note(tx, None, audit.WEBHOOK_GIVEN_UP, webhook=str(to.id), why=state)


def _settle(tx: Tx, row: DeliveryRow, state: str, why: str) -> None:
    """Write down what has become of an event."""
    deliveries.settle(tx, row.id, state, why, datetime.now(UTC))
    tx.afterwards.append(metrics.WEBHOOKS.labels(row.event, why).inc)
