"""The post: takes letters out of the outbox, looks whether they are still to be sent, and hands them to the mail server."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask, g
from flask_babel import force_locale

from lrs import metrics
from lrs.mail import message
from lrs.mail.answers import Postponed, Refused
from lrs.mail.message import Envelope
from lrs.mail.server import MailServer
from lrs.outbox import Later
from lrs.people import accounts, audit, letter_words, letters, paper_letters, words
from lrs.people.directory import Directory, Person
from lrs.people.identity import Identity
from lrs.people.letter_words import About
from lrs.people.letters import FORGOTTEN, KINDS, Kind, Reminder
from lrs.sealing import NotOurs
from lrs.services import Services
from storage import entry, people, spaces
from storage import letters as kept
from storage.database import Tx
from storage.letters import FAILED, SENT, WAITING, WITHDRAWN, End, LetterRow
from storage.outbox import Entry
from storage.people import LinkRow
from storage.spaces import SpaceRow

_MARGIN = 30.0
"""Seconds for the database before and after the talk with the mail server."""

_FIRST, _LONGEST = 60.0, 3600.0


class AskedToWait(Later):
    """The server where a letter goes to asks for some patience with it."""


class _Settled(Exception):
    """A letter is not to be sent: `end` says what has become of it, or it is forgotten."""

    def __init__(self, end: End | None) -> None:
        super().__init__()
        self.end = end


@dataclass(frozen=True, slots=True)
class _Addressed:
    """A letter that goes out now."""

    row: LetterRow
    to: str
    space: SpaceRow
    about: About


class Post:
    """Serves the outbox's target `mail`."""

    name = letters.TARGET
    hands = 1

    def __init__(self, app: Flask, parts: Services, server: MailServer) -> None:
        self._app = app
        self._parts = parts
        self._server = server
        self.lease = server.patience + _MARGIN

    def deliver(self, space: int, entry: Entry) -> None:
        """Send one letter, or find out that it is not to be sent."""
        with self._parts.database.write(space) as tx:
            letter = self._prepare(tx, entry)
        if letter is not None:
            end = self._send(space, letter, entry.attempts)
            with self._parts.database.write(space) as tx:
                if end.state == SENT:
                    self._end_older(tx, letter.row)
                _settle(tx, letter.row, end)

    def _send(self, space: int, letter: _Addressed, attempts: int) -> End:
        """Talk to the mail server; what the letter is not to blame for goes on upwards."""
        with self._app.app_context(), force_locale(letter.row.language):
            g.space = letter.space  # days and hours are those of the space
            subject, text, html = letter_words.write(letter.row.kind, letter.about)
        config = self._parts.config
        envelope = Envelope(
            id=f"{space}.{letter.row.id}@{config.app_host}",
            sender_name=letter.about.space,
            sender=config.smtp_from,
            to=letter.to,
            subject=subject,
            language=letter.row.language,
            at=datetime.now(UTC),
        )
        try:
            self._server.send(message.write(envelope, text, html), letter.to)
        except Refused as refused:
            return End(FAILED, refused.reason, refused.code or None)
        except Postponed:
            raise AskedToWait(min(_FIRST * 2.0 ** min(attempts, 10), _LONGEST)) from None
        return End(SENT)

    def _prepare(self, tx: Tx, taken: Entry) -> _Addressed | None:
        """Look whether a letter is still to be sent, to whom, and with which link; else settle it."""
        row = kept.find(tx, taken.id)
        if row is None or row.state != WAITING:
            return None
        try:
            return self._addressed(tx, row)
        except NotOurs:
            _settle(tx, row, End(FAILED, "unopened"))
        except _Settled as settled:
            if settled.end is not None and settled.end.state == SENT:
                self._end_older(tx, row)
            _settle(tx, row, settled.end)
        return None

    def _addressed(self, tx: Tx, row: LetterRow) -> _Addressed:
        sealed = letters.opened(tx, self._parts.identity_keys, row)
        person = self._person(tx, row, sealed)
        to, now = _address(row, person.identity, sealed), datetime.now(UTC)
        why = _unfit(row, person, to, now)
        if why:
            # Who asked on the sign-in page is not told who exists, and nobody else has to know that they asked.
            raise _Settled(None if row.kind == FORGOTTEN else End(FAILED, why))
        if row.account_id is None:
            kept.tie(tx, row.id, person.account.id)
            audit.note(tx, None, audit.ASKED, person.account.id)
        space, kind = spaces.own(tx), KINDS[row.kind]
        about = About(person.identity.name, space.name, row.asked)
        if row.kind == letters.REMINDER:
            told = Reminder.loads(sealed)
            about = replace(about, address=told.address, reminder=told)
        if row.kind in paper_letters.KINDS:
            home = self._parts.config.space_url(space.slug, own_host=False)
            found = paper_letters.about(tx, row, about, home, self._word(tx, row))
            if found is None:
                raise _Settled(End(WITHDRAWN))
            about = found
        if kind.link is None:
            return _Addressed(row, to, space, about)
        word = self._word(tx, row)
        link = _link(tx, word, person.account.id, kind, now)
        home = self._parts.config.space_url(space.slug, own_host=row.own_host)
        return _Addressed(row, to, space, replace(about, address=accounts.link_address(home, word), until=link.expires))

    def _word(self, tx: Tx, row: LetterRow) -> str:
        return letters.word(self._parts.keys.key("letters"), tx.space, row.id)

    def _end_older(self, tx: Tx, row: LetterRow) -> None:
        """End the older links once the mail server has the letter: until then a printed slip is the only way in."""
        now = kept.find(tx, row.id)
        if now is None or now.state != WAITING or row.account_id is None:
            return  # a newer slip was made while we talked: that one stays good
        if KINDS[row.kind].ends_others:
            people.end_links(tx, row.account_id, datetime.now(UTC), spared=words.digest(self._word(tx, row)))

    def _person(self, tx: Tx, row: LetterRow, sealed: str) -> Person:
        """Tell to whom a letter goes: who was named on the sign-in page may be nobody."""
        directory = Directory(tx, self._parts.identity_keys)
        account_id = row.account_id or directory.named(sealed)
        if account_id is None:
            raise _Settled(None)
        return directory.find(account_id)


def _unfit(row: LetterRow, person: Person, to: str, now: datetime) -> str:
    """Say in one word why a letter is not to be sent any more."""
    if now - row.asked > KINDS[row.kind].patience:
        return "late"
    if person.account.closed is not None:
        return "closed"
    return "" if to else "no_address"


def _address(row: LetterRow, known: Identity, sealed: str) -> str:
    """Tell where a letter goes: a notice about an address to the old one, all others to the one that is known now."""
    address = sealed if row.kind == letters.EMAIL else known.email
    return message.address(address) if address else ""


def _link(tx: Tx, word: str, account_id: UUID, kind: Kind, now: datetime) -> LinkRow:
    """Make a letter's link, or find the one that an earlier attempt has made."""
    digest = words.digest(word)
    found = people.find_link(tx, digest)
    if found is None:
        purpose = people.ACTIVATE if entry.password_of(tx, account_id) is None else people.RECOVER
        found = LinkRow(account_id, now + (kind.link or timedelta()), None, purpose)
        people.add_link(tx, digest, account_id, found.expires, purpose)
    if found.used is not None:
        raise _Settled(End(SENT))  # it arrived, though nobody could tell us
    if found.expires <= now:
        raise _Settled(End(WITHDRAWN))
    return found


def _settle(tx: Tx, row: LetterRow, end: End | None) -> None:
    """Write down what has become of a letter, or forget it."""
    now = datetime.now(UTC)
    if end is None:
        kept.remove(tx, row.id)
        return
    kept.settle(tx, row.id, end, now)
    tx.afterwards.append(metrics.LETTERS.labels(row.kind, end.reason or end.state).inc)
