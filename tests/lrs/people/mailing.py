"""An installation with a real mail server beside it, and somebody to carry the post.

`python -m tests.lrs.people.mailing SECONDS` carries it in a process of its own until killed; its claims run out after so many seconds.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from lrs.mail.server import MailServer
from lrs.outbox import Sender
from lrs.people.post import Post
from storage import outbox, spaces
from storage.letters import LetterRow, letters
from wsgi import create_app

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.lrs.mail.mailroom import Mailroom, Taken
    from tests.parts.installations import Installation, Person

PEOPLE = "/s/haiphong/people"
FORGOTTEN = "/s/haiphong/sign-in/forgotten"
HOA = "hoa@example.org"


def carrier(app: Flask, lease: float | None = None) -> Sender:
    """Make a sender of letters, as the outbox of an application has one."""
    parts = app.extensions["haidang"]
    server = MailServer.of(parts.config)
    assert server is not None
    post = Post(app, parts, server)
    post.lease = lease or post.lease
    return Sender(parts.database, post, threading.Event())


@dataclass
class Mailed:
    """The space haiphong, and its post."""

    installation: Installation
    room: Mailroom

    def add(self, email: str = HOA, name: str = "Nguyễn Thị Hoà", role: str = "learner", **more: str) -> str:
        """Make an account; give back its page."""
        words = [word for field, text in more.items() for word in (f"--{field.replace('_', '-')}", text)]
        known = ("--name", name, "--email", email, *words)
        made = self.installation.haidang("account", "add", "--space", "haiphong", "--role", role, *known)
        return f"{PEOPLE}/{made['account']}"

    def send(self, page: str, by: Person | None = None) -> TestResponse:
        """Press "Send the link by e-mail"."""
        return (by or self.installation.person("administrator")).post(f"{page}/letter", form_at=page)

    def forgotten(self, who: str, by: Person | None = None) -> TestResponse:
        """Ask for a link."""
        return (by or self.installation.visitor()).post(FORGOTTEN, form_at=FORGOTTEN, data={"who": who})

    def carry(self) -> list[Taken]:
        """Carry what waits now; give back what the mail server has."""
        carrier(self.installation.app)._round()
        return self.room.got

    def letters(self) -> list[LetterRow]:
        """List all letters, the oldest first."""
        with self.installation.services.database.read(self.space) as tx:
            rows = tx.run(select(letters).order_by(letters.c.asked, letters.c.id)).mappings().all()
        return [LetterRow(**{name: row[name] for name in LetterRow.__slots__}) for row in rows]

    def waiting(self) -> int:
        """Count the entries of the outbox."""
        with self.installation.services.database.read(self.space) as tx:
            return len(tx.run(select(outbox.outbox)).all())

    @property
    def space(self) -> int:
        """The space's number."""
        with self.installation.services.database.read() as tx:
            found = spaces.find_by_slug(tx, "haiphong")
        assert found is not None
        return found.id


def path(taken: Taken) -> str:
    """Read the address of a letter's link, which stands in both its parts."""
    found = re.search(r"http://app\.lms\.localhost:8080(/s/haiphong/link/[\w-]{43})\b", taken.text)
    assert found is not None, taken.text
    assert f'href="http://app.lms.localhost:8080{found[1]}"' in taken.html
    return found[1]


def main(lease: str) -> None:
    """Carry until killed."""
    sender = carrier(create_app(os.environ), float(lease))
    print("here", flush=True)  # noqa: T201 - the test waits for it
    sender.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
