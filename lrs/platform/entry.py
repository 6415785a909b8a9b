"""How the platform's administrator comes in: a one-time link that a command prints, and a session of some hours (docs/people.md)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from lrs.errors import LinkUsed
from lrs.people import words
from lrs.platform import deeds
from storage import platform
from storage.database import Tx
from storage.platform import PlatformSession

LINK_LASTS = timedelta(hours=1)
SESSION_LASTS = timedelta(hours=12)

COOKIE = "platform"
"""The cookie of a session; it is read on the platform's routes alone."""


def make_link(tx: Tx) -> str:
    """Make a one-time link; give back its word."""
    word = words.new()
    platform.add_link(tx, words.digest(word), datetime.now(UTC) + LINK_LASTS)
    deeds.note(tx, deeds.LINK)
    return word


def look_at_link(tx: Tx, word: str) -> None:
    """Make sure that a link still works, without using it: a preview must not burn it."""
    if not platform.link_holds(tx, words.digest(word), datetime.now(UTC)):
        raise LinkUsed


def use_link(tx: Tx, word: str, device: str = "") -> str:
    """Use a link up and begin a session; give back the session's word."""
    now = datetime.now(UTC)
    if not platform.use_link(tx, words.digest(word), now):
        raise LinkUsed
    session, begun = words.new(), PlatformSession(uuid4(), now, now + SESSION_LASTS, now, device)
    platform.add_session(tx, words.digest(session), begun)
    deeds.note(tx, deeds.CAME, session=begun.id)
    return session


def session_of(tx: Tx, word: str) -> UUID | None:
    """Tell which session this is, if it still holds."""
    return platform.find_session(tx, words.digest(word), datetime.now(UTC))
