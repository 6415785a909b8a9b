"""Letters to people by e-mail: asked for in the transaction of what they follow from, put together when they are sent (docs/mail.md)."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from lrs.people import accounts
from lrs.sealing import KeyRing, NotOurs
from lrs.services import services
from storage import entry, letters, outbox
from storage.database import Tx
from storage.letters import End, LetterRow
from storage.outbox import Entry
from storage.people import AccountRow
from storage.spaces import SpaceRow

TARGET = "mail"
"""What the outbox calls the mail server."""

FORGOTTEN, PASSWORD, EMAIL = "forgotten", "password", "email"
ACTIVATE, RECOVER = "activate", "recover"
REMINDER = "reminder"
PAPER, PAPER_ENDS = "certificate", "certificate-ends"

_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a letter is about: how long it is worth sending, and how long its link holds, if it has one."""

    patience: timedelta
    link: timedelta | None = None
    ends_others: bool = False
    """Whether its link ends the older ones: a stranger who asks must not burn a slip that has just been printed."""


KINDS = {
    ACTIVATE: Kind(timedelta(days=2), accounts.LINK_LASTS, ends_others=True),
    RECOVER: Kind(timedelta(days=2), accounts.LINK_LASTS, ends_others=True),
    FORGOTTEN: Kind(timedelta(hours=4), timedelta(days=1)),
    PASSWORD: Kind(timedelta(days=2)),
    EMAIL: Kind(timedelta(days=2)),
    REMINDER: Kind(timedelta(days=1)),
    PAPER: Kind(timedelta(days=7)),
    PAPER_ENDS: Kind(timedelta(days=7)),
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is reminded of: a course, its last day, and where it is learned."""

    title: str
    deadline: date
    address: str

    def dumps(self) -> str:
        """Write it as one text."""
        return f"{self.deadline.isoformat()}\n{self.address}\n{self.title}"

    @staticmethod
    def loads(text: str) -> "Reminder":
        """Read it again."""
        deadline, address, title = text.split("\n", 2)
        return Reminder(title, date.fromisoformat(deadline), address)


WITH_LINKS = [name for name, kind in KINDS.items() if kind.link is not None]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a letter speaks, and whether its link leads to the space's own host: to the one on which it was asked for."""

    language: str
    own_host: bool = False


def manner(account: AccountRow, space: SpaceRow, *, own_host: bool = False) -> Manner:
    """Tell how to write to somebody: in the language they have chosen, if the space speaks it still, else in that of the space."""
    chosen = account.language if account.language in space.settings.languages else None
    return Manner(chosen or space.language, own_host)


def offered() -> bool:
    """Tell whether letters can be sent at all."""
    return bool(services().config.smtp_host)


def send_link(tx: Tx, account_id: UUID, how: Manner) -> None:
    """Send somebody a link to come in; letters with older ones that still wait are taken back."""
    withdraw(tx, account_id)
    kind = ACTIVATE if entry.password_of(tx, account_id) is None else RECOVER
    _put(tx, _new(kind, how, account_id))


def ask(tx: Tx, keys: KeyRing, who: str, how: Manner) -> None:
    """Send a link to whoever is meant, if there is such a one: that is looked up later, since looking takes time that tells."""
    _put(tx, _sealed(tx, keys, _new(FORGOTTEN, how, None), who))


def tell_of_password(tx: Tx, account_id: UUID, how: Manner) -> None:
    """Tell somebody that their password was changed."""
    _put(tx, _new(PASSWORD, how, account_id))


def tell_of_address(tx: Tx, keys: KeyRing, account_id: UUID, old: str, how: Manner) -> None:
    """Tell somebody at their old address that letters go to another from now on."""
    _put(tx, _sealed(tx, keys, _new(EMAIL, how, account_id), old))


def remind(tx: Tx, keys: KeyRing, account_id: UUID, language: str, told: Reminder) -> None:
    """Remind somebody of the end of something that they learn."""
    _put(tx, _sealed(tx, keys, _new(REMINDER, Manner(language), account_id), told.dumps()))


def about_paper(tx: Tx, letter: UUID, kind: str, account_id: UUID, how: Manner) -> None:
    """Write to somebody about a certificate; which one is looked up by the letter's id when it is sent."""
    _put(tx, replace(_new(kind, how, account_id), id=letter))


def withdraw(tx: Tx, account_id: UUID) -> None:
    """Take back letters with links to somebody that did not go out: a newer way in was made, or none is to be."""
    letters.withdraw(tx, account_id, WITH_LINKS, datetime.now(UTC))


def word(key: bytes, space: int, letter: UUID) -> str:
    """Compute the word of a letter's link: a letter that has to go out twice holds the same."""
    digest = hmac.digest(key, f"{space} {letter}".encode(), sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")


def opened(tx: Tx, keys: KeyRing, letter: LetterRow) -> str:
    """Read what is sealed in a letter."""
    if letter.sealed is None or letter.key_id is None:
        return ""
    return keys.open(tx.space, letter.id, letter.key_id, letter.sealed).decode()


def reseal(tx: Tx, keys: KeyRing, most: int) -> int:
    """Seal some letters anew that an older key has sealed; count them."""
    rows = letters.sealed_with_others(tx, keys.newest.id, most)
    for row in rows:
        try:
            letters.reseal(tx, row.id, *keys.seal(tx.space, row.id, opened(tx, keys, row).encode()))
        except NotOurs:  # it could not be sent either
            letters.settle(tx, row.id, End(letters.FAILED, "unopened"), datetime.now(UTC))
    return len(rows)


def _put(tx: Tx, letter: LetterRow) -> None:
    letters.put(tx, letter, letter.asked - _KEPT)
    outbox.put(tx, TARGET, [Entry(letter.id, letter.kind, "")], letter.asked)


def _new(kind: str, how: Manner, account_id: UUID | None) -> LetterRow:
    return LetterRow(uuid4(), account_id, kind, how.language, datetime.now(UTC), own_host=how.own_host)


def _sealed(tx: Tx, keys: KeyRing, letter: LetterRow, text: str) -> LetterRow:
    key_id, sealed = keys.seal(tx.space, letter.id, text.encode())
    return replace(letter, key_id=key_id, sealed=sealed)
