"""Asking for a link by e-mail: the same work for whoever is named, so that neither words nor time tell who exists (docs/mail.md)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.people import letters, limits
from lrs.people.entry import WaitALittle, count, meant
from lrs.people.identity import NotUnderstood
from lrs.people.letters import Manner
from lrs.people.limits import Visitor
from lrs.sealing import KeyRing
from storage.database import Database

FREE = 3
"""Letters that may be asked for in a row for the same name before somebody has to wait."""

_LONGEST = 200


class AskedTooOften(WaitALittle):
    """Somebody has asked for several letters: a mailbox is not to be filled by strangers."""

    @staticmethod
    def says(minutes: int) -> LazyString:
        """Say why, and how long."""
        return _(
            "You have asked several times. A letter takes a few minutes: try again in %(minutes)s minutes.",
            minutes=minutes,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom somebody names, by what they are counted, how they are to be written to."""

    who: str
    visitor: Visitor
    how: Manner
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def ask(database: Database, keys: KeyRing, space: int, asked: Asked) -> None:
    """Have a link sent to whoever is meant, if there is such a one; raise NotUnderstood for nobody's name, TooMany or AskedTooOften."""
    if not asked.who.strip():
        raise NotUnderstood("who", _("Write here what you sign in with."))
    counted = keys.blind(space, "tries", f"asks for {meant(asked.who)}")
    with database.write(space) as tx:
        limits.take(tx, keys, limits.FORGOTTEN, asked.visitor, asked.at)
        count(tx, counted, asked.at, FREE, AskedTooOften)
        letters.ask(tx, keys, asked.who.strip()[:_LONGEST], asked.how)
