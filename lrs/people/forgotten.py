"""Asking for a link by e-mail: the same work for whoever is named, so that neither words nor time tell who exists (docs/mail.md)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.people import letters
from lrs.people.entry import WaitALittle, count, meant
from lrs.people.identity import NotUnderstood
from lrs.sealing import KeyRing
from storage.database import Database

FREE = 3
"""Letters that may be asked for in a row before somebody has to wait."""

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
    """Whom somebody names, on which device, in which language they read."""

    who: str
    device: str
    language: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def ask(database: Database, keys: KeyRing, space: int, asked: Asked) -> None:
    """Have a link sent to whoever is meant, if there is such a one; raise NotUnderstood for nobody's name, or AskedTooOften."""
    if not asked.who.strip():
        raise NotUnderstood("who", _("Write here what you sign in with."))
    counts = (f"asks on {asked.device}", f"asks for {meant(asked.who)}")
    with database.write(space) as tx:
        for counted in counts:
            count(tx, keys.blind(space, "tries", counted), asked.at, FREE, AskedTooOften)
        letters.ask(tx, keys, asked.who.strip()[:_LONGEST], asked.language)
