"""Accounts and the ways into them: a one-time link that becomes a session."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from lrs.access import ROLES
from lrs.errors import LinkUsed
from lrs.people import words
from storage import people
from storage.database import Tx
from storage.people import AccountRow

LINK_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(days=14)


class UnknownRole(ValueError):
    """A role that no space has."""


def create(tx: Tx, role: str) -> AccountRow:
    """Make an account: a random id and a role, nothing else."""
    if role not in ROLES:
        raise UnknownRole(role)
    account = AccountRow(uuid4(), role, datetime.now(UTC))
    people.add_account(tx, account)
    return account


def make_link(tx: Tx, account: AccountRow, lasts: timedelta = LINK_LASTS) -> str:
    """Make a one-time link for an account; give back its word."""
    word = words.new()
    people.add_link(tx, words.digest(word), account.id, datetime.now(UTC) + lasts)
    return word


def look_at_link(tx: Tx, word: str) -> None:
    """Make sure that a link still works, without using it: a preview must not burn it."""
    found = people.find_link(tx, words.digest(word))
    if found is None or found.used is not None or found.expires <= datetime.now(UTC):
        raise LinkUsed


def use_link(tx: Tx, word: str) -> str:
    """Use a link up and begin a session; give back the session's word."""
    now = datetime.now(UTC)
    account_id = people.use_link(tx, words.digest(word), now)
    if account_id is None:
        raise LinkUsed
    return begin_session(tx, account_id, now)


def begin_session(tx: Tx, account_id: UUID, now: datetime) -> str:
    """Begin a session; give back its word."""
    word = words.new()
    people.add_session(tx, words.digest(word), account_id, now, now + SESSION_LASTS)
    return word


def account_of_session(tx: Tx, word: str) -> AccountRow | None:
    """Tell whose session this is."""
    return people.account_of_session(tx, words.digest(word), datetime.now(UTC))


def end_session(tx: Tx, word: str) -> None:
    """End a session."""
    people.end_session(tx, words.digest(word), datetime.now(UTC))
