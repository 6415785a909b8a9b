"""An installation with a real receiver beside it, and somebody to carry what it is told.

`python -m tests.lrs.webhooks.hooking SECONDS` carries it in a process of its own until killed; its claims run out after so many seconds.
"""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, text

from lrs.outbox import Sender
from lrs.webhooks import telling
from lrs.webhooks.carrier import Carrier
from lrs.webhooks.events import EVENTS
from lrs.webhooks.telling import Event
from storage import deliveries, outbox, webhooks
from storage.deliveries import DeliveryRow
from wsgi import create_app

if TYPE_CHECKING:
    from flask import Flask

    from storage.webhooks import WebhookRow
    from tests.lrs.webhooks.receiver import Got, Receiver
    from tests.parts.installations import Installation, Person

HOOKS = "/s/haiphong/webhooks"
SPACE = 1


def carrier(app: Flask, lease: float | None = None, patience: float = 5.0) -> Sender:
    """Make a sender of events, as the outbox of an application has one."""
    parts = app.extensions["haidang"]
    made = Carrier(app, parts, patience)
    made.lease = lease or made.lease
    return Sender(parts.database, made, threading.Event())


def carry(app: Flask) -> None:
    """Carry what is due now, to its end."""
    sender = carrier(app)
    sender._round()
    for thread in [*sender._at_work.values()]:
        thread.join()


@dataclass
class Hooked:
    """The space haiphong, and what another system is told of it."""

    installation: Installation
    there: Receiver

    def add(self, *events: str, url: str = "", contact: bool = False) -> tuple[UUID, str]:
        """Add an address; give its id and its secret."""
        words = [word for each in events or EVENTS for word in ("--event", each)]
        more = ["--with-contact"] if contact else []
        made = self.installation.haidang("webhook", "add", "--space", "haiphong", *words, *more, url or self.there.url)
        return UUID(made["webhook"]), made["secret"]

    def learner(self, name: str = "Tạ Trai", **known: str) -> UUID:
        """Make an account for somebody of whom this is known."""
        words = [word for field, each in known.items() for word in (f"--{field.replace('_', '-')}", each)]
        made = self.installation.haidang(
            "account", "add", "--space", "haiphong", "--role", "learner", "--name", name, *words
        )
        return UUID(made["account"])

    def tell(self, kind: str, told: dict[str, Any], account_id: UUID | None = None) -> None:
        """Let something happen, as a transaction of the service's would say it."""
        with self.installation.services.database.write(SPACE) as tx:
            telling.tell(tx, [Event(kind, account_id, told)])

    def carry(self) -> list[Got]:
        """Carry what is due now; give back what the receiver has."""
        carry(self.installation.app)
        return self.there.got

    def hurry(self) -> None:
        """Let everything be due, claims and rests included, as time would."""
        with self.installation.services.database.write(SPACE) as tx:
            tx.run(text("update outbox set due = entered"))

    def row(self, webhook_id: UUID) -> WebhookRow:
        """Read an address."""
        with self.installation.services.database.read(SPACE) as tx:
            found = webhooks.find(tx, webhook_id)
        assert found is not None
        return found

    def deliveries(self) -> list[DeliveryRow]:
        """List all deliveries, the oldest first."""
        with self.installation.services.database.read(SPACE) as tx:
            found = tx.run(select(deliveries.deliveries).order_by(deliveries.deliveries.c.asked)).mappings().all()
        return [DeliveryRow(**{name: row[name] for name in DeliveryRow.__slots__}) for row in found]

    def states(self) -> list[tuple[str, str | None, int | None]]:
        """Tell what has become of them."""
        return [(row.state, row.reason, row.status) for row in self.deliveries()]

    def waiting(self) -> int:
        """Count the entries of the outbox."""
        with self.installation.services.database.read(SPACE) as tx:
            return len(tx.run(select(outbox.outbox)).all())

    def boss(self) -> Person:
        """Give an administrator."""
        return self.installation.person("administrator")


def main(lease: str) -> None:
    """Carry until killed."""
    sender = carrier(create_app(os.environ), float(lease))
    print("here", flush=True)  # noqa: T201 - the test waits for it
    sender.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
