"""Guests: learners without a name, the code by which they change the device, and the person they turn out to be (docs/people.md)."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.access import GUEST
from lrs.errors import Trouble
from lrs.people import accounts, audit, words
from lrs.sealing import KeyRing
from storage import attempts, claims, people, remakings, versions
from storage.database import Tx
from storage.people import TAKE_HOME, AccountRow

LASTS = timedelta(days=90)
"""A guest's session: there is no other way back in."""

_DIGITS = 10
"""Of a code: as long as a phone number."""


class ClaimedAlready(Trouble):
    """Somebody else has said that this was them, or the guest has left."""

    status = 409
    title = _("This learning is no longer here")
    advice = _(
        "It has been taken over already, or somebody has left. What you have learnt under your own name is safe."
    )


class WrongCode(Trouble):
    """A code that was never made, or was used, or has ended."""

    status = 422
    title = _("This code does not fit")
    advice = _("Look at each digit once more. A code works once, for seven days.")


class SomebodyHere(Trouble):
    """Another guest has learnt on this device: the two must not become one by a code."""

    status = 409
    title = _("Somebody has learnt here without a name")
    advice = _("First keep that learning, or leave. Then type the code once more: it still works.")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a guest has begun, by the names of lessons."""

    guest: UUID
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """Where a code is typed: the word of the guest who lives there, what its owner would call the device, the word of the browser."""

    word: str = ""
    device: str = ""
    browser: str = ""


def begin(tx: Tx, device: str = "") -> str:
    """Make a guest and begin their session; give back its word."""
    return _enter(tx, accounts.create(tx, GUEST).id, device)


def of_session(tx: Tx, word: str) -> AccountRow | None:
    """Tell which guest a device's word is of."""
    found = accounts.account_of_session(tx, word) if word else None
    return found if found is not None and found.role == GUEST else None


def taken_over(tx: Tx, word: str, account: UUID) -> bool:
    """Tell whether the guest whom a device remembers is this person's already: whoever presses twice is told no other than by one press."""
    guest = people.whose_session(tx, words.digest(word)) if word else None
    return guest is not None and claims.owner_of(tx, guest) == account


def learnt(tx: Tx, guest: UUID) -> Learnt:
    """Tell what a guest has begun."""
    begun = {attempt.version_id for attempt in attempts.list_of(tx, guest)}
    return Learnt(guest, tuple(version.title for version in versions.list_some(tx, begun)))


def leave(tx: Tx, guest: UUID) -> None:
    """Forget a guest on all devices; a code that they have taken along still works."""
    people.end_sessions(tx, guest, datetime.now(UTC))


def claim(tx: Tx, guest: UUID, account: UUID) -> Learnt:
    """Say that a guest was this person: once, for good, with nothing rewritten."""
    now, found, row = datetime.now(UTC), learnt(tx, guest), people.find_account(tx, guest)
    own = people.find_account(tx, account)
    if row is None or row.role != GUEST or own is None or own.role == GUEST or not claims.add(tx, guest, account, now):
        raise ClaimedAlready
    remakings.ask(tx, now, account_id=account)  # what the guest did counts for them
    people.close(tx, guest, now)
    people.end_sessions(tx, guest, now)
    people.end_links(tx, guest, now)
    audit.note(tx, account, audit.CLAIMED, account, guest=str(guest), lessons=len(found.lessons))
    return found


def make_code(tx: Tx, keys: KeyRing, guest: UUID) -> str:
    """Make a code by which a guest goes on elsewhere; older ones end."""
    now = datetime.now(UTC)
    people.end_links(tx, guest, now)
    while True:
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        if not any(people.find_link(tx, blind) for blind in keys.blinds(tx.space, TAKE_HOME, code)):
            break
    people.add_link(tx, keys.blind(tx.space, TAKE_HOME, code), guest, now + accounts.LINK_LASTS, TAKE_HOME)
    return code


def use_code(tx: Tx, keys: KeyRing, typed: str, here: Here) -> str:
    """Go on as the guest of a code, on a device where no other one has learnt; give back the word of the session.

    Whoever presses twice has pressed once: the first answer may be lost, and with it the only way back to what was learnt.
    """
    digits = "".join(letter for letter in typed if letter.isdecimal())
    now, there = datetime.now(UTC), of_session(tx, here.word)
    tried = (accounts.press(tx, blind, here.browser, now) for blind in keys.blinds(tx.space, TAKE_HOME, digits))
    pressed = next((found for found in tried if found is not None), None)
    row = None if pressed is None else people.find_account(tx, pressed[0].account_id)
    if row is None or row.closed is not None:
        raise WrongCode
    if there is not None and there.id != row.id and learnt(tx, there.id).lessons:
        raise SomebodyHere
    people.end_links(tx, row.id, now)
    return _enter(tx, row.id, here.device)


def _enter(tx: Tx, guest: UUID, device: str) -> str:
    return accounts.begin_session(tx, guest, datetime.now(UTC), device, LASTS)


def spoken(code: str) -> str:
    """Write a code as people write phone numbers."""
    return f"{code[:4]} {code[4:7]} {code[7:]}"
