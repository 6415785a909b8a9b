"""Accounts and the ways into them: a one-time link, or a word and a password, that become a session."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from lrs.access import LEARNERS
from lrs.errors import LinkUsed
from lrs.people import words
from storage import entry, people
from storage.database import Tx
from storage.people import ENTER, RECOVER, AccountRow, LinkRow, SessionRow

LINK_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(days=14)
AGAIN = timedelta(seconds=30)
"""How long after a press another one in the same browser is the same."""


class UnknownRole(ValueError):
    """A role that no space has."""


def create(tx: Tx, role: str) -> AccountRow:
    """Make an account: a random id and a role, nothing else."""
    if role not in LEARNERS:
        raise UnknownRole(role)
    account = AccountRow(uuid4(), role, datetime.now(UTC))
    people.add_account(tx, account)
    return account


def make_link(tx: Tx, account: AccountRow, lasts: timedelta = LINK_LASTS, purpose: str = ENTER) -> str:
    """Make a one-time link for an account; give back its word."""
    word = words.new()
    people.add_link(tx, words.digest(word), account.id, datetime.now(UTC) + lasts, purpose)
    return word


def link_address(space_url: str, word: str) -> str:
    """Write a link's address."""
    return f"{space_url}/link/{word}"


def look_at_link(tx: Tx, word: str) -> LinkRow:
    """Make sure that a link still works, without using it: a preview must not burn it."""
    found = people.find_link(tx, words.digest(word))
    if found is None or found.used is not None or found.expires <= datetime.now(UTC):
        raise LinkUsed
    return found


def use_link(tx: Tx, word: str, device: str = "", browser: str = "") -> tuple[str, LinkRow]:
    """Use a link up and begin a session; give back the session's word, and the link.

    Whoever presses twice, as unsteady fingers do, has pressed once: the answer to the first press never reached the page.
    """
    now = datetime.now(UTC)
    pressed = press(tx, words.digest(word), browser, now)
    if pressed is None:
        raise LinkUsed
    link, first = pressed
    account = people.find_account(tx, link.account_id)
    if account is None or account.closed is not None:
        raise LinkUsed
    if first and link.purpose == RECOVER:
        entry.forget_password(tx, account.id)
    return begin_session(tx, account.id, now, device), link


def press(tx: Tx, digest: bytes, browser: str, now: datetime) -> tuple[LinkRow, bool] | None:
    """Use up what lies under a hash; give it back, and whether this was the first press and not the same browser's once more."""
    pressed = words.digest(browser) if browser else None
    first = people.use_link(tx, digest, now, pressed) is not None
    link = people.find_link(tx, digest)
    return (link, first) if link is not None and (first or _pressed_again(link, pressed, now)) else None


def _pressed_again(link: LinkRow, browser: bytes | None, now: datetime) -> bool:
    lately = link.used is not None and now - link.used <= AGAIN
    return lately and browser is not None and link.browser == browser


def begin_session(tx: Tx, account_id: UUID, now: datetime, device: str = "", lasts: timedelta = SESSION_LASTS) -> str:
    """Begin a session; give back its word."""
    word = words.new()
    people.add_session(tx, account_id, SessionRow(words.digest(word), now, now + lasts, device, now))
    return word


def account_of_session(tx: Tx, word: str) -> AccountRow | None:
    """Tell whose session this is."""
    return people.account_of_session(tx, words.digest(word), datetime.now(UTC))


def end_session(tx: Tx, word: str) -> None:
    """End a session."""
    people.end_session(tx, words.digest(word), datetime.now(UTC))
