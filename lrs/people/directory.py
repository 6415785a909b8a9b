"""The people of a space: added, changed, found by an identifier or by their names, and what is done to them noted."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.access import GUEST, LEARNER
from lrs.errors import NotAllowed, NotFound
from lrs.people import accounts, audit, folding, letters
from lrs.people.collation import name_key
from lrs.people.identity import EMAIL, NUMBER, PHONE, STAFF, Identity, NotUnderstood, guesses
from lrs.people.roles import RANKS
from lrs.sealing import KeyRing
from storage import identities, people
from storage.database import Tx
from storage.errors import Taken
from storage.identities import Indexes, SealedRow
from storage.people import AccountRow, Wanted

SORTED = 2000
"""So many people are opened and sorted at a time; of more only those that came last, or first, can be told (docs/design.md)."""

NAME, SEEN, SINCE = "name", "seen", "since"
"""What people can be sorted by."""

_NUMBERS = 100_000_000
"""The least number of nine digits that does not look like a phone number."""

_TAKEN = {
    EMAIL: _("Somebody else in this space has this e-mail address."),
    PHONE: _("Somebody else in this space has this phone number."),
    STAFF: _("Somebody else in this space has this staff code."),
    NUMBER: _("This number was taken in this very moment. Please press the button once more."),
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account, who that is, and when they were last here, where that was asked for."""

    account: AccountRow
    identity: Identity
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some people of those that were asked for."""

    people: list[Person]
    count: int
    few: bool
    """Whether they are so few that they can stand in any order."""
    more: tuple[datetime, UUID] | int | None
    """Where the next page begins: after whom, or, where few were sorted, at which place."""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for."""

    words: str = ""
    role: str | None = None
    closed: bool = False
    units: frozenset[UUID] | None = None
    day: date | None = None
    by: str = NAME
    falls: bool = False


class Directory:
    """The people of one space, as somebody is allowed to see them; nobody as an actor is the command line."""

    def __init__(self, tx: Tx, keys: KeyRing, actor: UUID | None = None) -> None:
        self._tx = tx
        self._keys = keys
        self._actor = actor

    def add(self, role: str, identity: Identity) -> AccountRow:
        """Make an account for somebody, who may be nobody yet."""
        account = accounts.create(self._tx, role)
        if identity != Identity():
            self._put(account.id, identity)
        audit.note(self._tx, self._actor, audit.ADDED, account.id, role=role)
        return account

    def register(self, identity: Identity) -> AccountRow:
        """Make an account for somebody who comes by themselves; nothing that they say is compared with what is known of others."""
        account = accounts.create(self._tx, LEARNER)
        self._put(account.id, replace(identity, number=self._new_number()))
        audit.note(self._tx, account.id, audit.REGISTERED, account.id)
        return account

    def _new_number(self) -> str:
        """Choose a learner number that nobody has, as a number or as a staff code."""
        while True:
            number = str(secrets.randbelow(9 * _NUMBERS) + _NUMBERS)
            if not self._owners({NUMBER: number, STAFF: number}):
                return number

    def change(self, account_id: UUID, identity: Identity, own: str) -> Identity:
        """Write down what is now known of somebody who does not stand above one's own role; give back what was known before."""
        if RANKS[self.find(account_id).account.role] > RANKS[own]:
            raise NotAllowed(_("This role is above your own."))
        before = self.identity(account_id)
        confirmed = before.contact in {identity.email, identity.phone}
        identity = replace(identity, number=before.number, contact="" if confirmed else before.contact)
        if before != identity:
            self._put(account_id, identity)
            fields = [name for name in Identity.__slots__ if getattr(before, name) != getattr(identity, name)]
            audit.note(self._tx, self._actor, audit.CHANGED, account_id, fields=fields)
        return before

    def _put(self, account_id: UUID, identity: Identity) -> None:
        space = self._tx.space
        for kind, value in identity.identifiers.items():  # under an older key, which the database cannot compare
            if identities.owners(self._tx, kind, self._keys.blinds(space, kind, value)) - {account_id}:
                raise NotUnderstood(kind, _TAKEN[kind])
        key_id, sealed = self._keys.seal(space, account_id, identity.dumps())
        found_by = Indexes(
            [(kind, self._keys.blind(space, kind, value)) for kind, value in identity.identifiers.items()],
            self._keys.tokens(space, folding.beginnings(identity.name)),
        )
        try:
            identities.put(self._tx, SealedRow(account_id, key_id, sealed), found_by, datetime.now(UTC))
        except Taken as taken:
            kind = str(taken)
            raise NotUnderstood(kind, _TAKEN[kind]) from None

    def find(self, account_id: UUID) -> Person:
        """Find somebody by their account."""
        account = people.find_account(self._tx, account_id)
        if account is None or account.role == GUEST:  # a guest is nobody whom one could look up
            raise NotFound
        return Person(account, self.identity(account_id))

    def identity(self, account_id: UUID) -> Identity:
        """Tell who somebody is, as far as it is known."""
        return self._open([account_id]).get(account_id, Identity())

    def names(self, account_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Give the names of some people, as far as they are known."""
        return {account_id: known.name for account_id, known in self.identities(account_ids).items() if known.name}

    def identities(self, account_ids: Iterable[UUID]) -> Mapping[UUID, Identity]:
        """Tell who some people are, as far as they are known."""
        return self._open([*account_ids])

    def named(self, text: str) -> UUID | None:
        """Tell whose account is meant by an e-mail address, a phone number or a staff code; nobody's, if it may be two people's."""
        found = self._owners(guesses(text))
        return next(iter(found)) if len(found) == 1 else None

    def _owners(self, identifiers: Mapping[str, str]) -> set[UUID]:
        """Tell whose any of these are."""
        kept = self._keys.blinds
        return {
            owner
            for kind, value in identifiers.items()
            for owner in identities.owners(self._tx, kind, kept(self._tx.space, kind, value))
        }

    def page(self, query: Query, most: int, start: tuple[datetime, UUID] | int | None = None) -> Page:
        """Give some of the people that are looked for: in any order where they are few, else by when they came."""
        wanted = self._wanted(query)
        count = people.count_accounts(self._tx, wanted)
        few = count <= SORTED
        if few and query.by != SINCE:
            return self._sorted(query, wanted, most, start if isinstance(start, int) else 0)
        oldest = query.by == SINCE and not query.falls
        place = start if isinstance(start, tuple) else None
        rows = people.page_of_accounts(self._tx, wanted, most + 1, after=place, oldest=oldest)
        last = rows[most - 1] if len(rows) > most else None
        more = None if last is None else (last.created, last.id)
        return Page(self._seen(self._persons(rows[:most])), count, few=few, more=more)

    def _sorted(self, query: Query, wanted: Wanted, most: int, first: int) -> Page:
        """Put everybody in order, and show a part; names are opened only where the order needs them."""
        rows = people.page_of_accounts(self._tx, wanted, SORTED)
        if query.by == NAME:
            shown = self._seen(_by_name(self._persons(rows), falls=query.falls)[first : first + most])
        else:
            seen = people.last_seen(self._tx, [row.id for row in rows])
            rows.sort(key=lambda row: (seen.get(row.id, _NEVER), row.created, row.id), reverse=query.falls)
            shown = self._seen(self._persons(rows[first : first + most]))
        return Page(shown, len(rows), few=True, more=first + most if first + most < len(rows) else None)

    def _seen(self, persons: list[Person]) -> list[Person]:
        seen = people.last_seen(self._tx, [each.account.id for each in persons])
        return [replace(each, seen=seen.get(each.account.id)) for each in persons]

    def _wanted(self, query: Query) -> Wanted:
        """Ask for each word under each key that it may be kept under, and for whom it means as a number or an address."""
        space = self._tx.space
        tokens = [frozenset(self._keys.blinds(space, "name", word)) for word in folding.asked(query.words)]
        also = self.named(query.words) if query.words else None
        return Wanted(query.role, tuple(tokens), query.closed, also, query.units, query.day)

    def _persons(self, rows: Iterable[AccountRow]) -> list[Person]:
        listed = [*rows]
        known = self._open([row.id for row in listed])
        return [Person(row, known.get(row.id, Identity())) for row in listed]

    def _open(self, account_ids: list[UUID]) -> Mapping[UUID, Identity]:
        space = self._tx.space
        return {
            row.account_id: Identity.loads(self._keys.open(space, row.account_id, row.key_id, row.sealed))
            for row in identities.find(self._tx, account_ids)
        }

    def set_role(self, account_id: UUID, role: str, own: str) -> None:
        """Give somebody another role: nobody their own account, and nobody a role above their own."""
        account = self.find(account_id).account
        if account_id == self._actor:
            raise NotAllowed(_("Nobody changes their own role. Ask another administrator."))
        if max(RANKS[role], RANKS[account.role]) > RANKS[own]:
            raise NotAllowed(_("This role is above your own."))
        if role != account.role:
            people.set_role(self._tx, account_id, role)
            audit.note(self._tx, self._actor, audit.ROLE, account_id, before=account.role, after=role)

    def close(self, account_id: UUID, own: str, *, closed: bool) -> None:
        """Close an account, which signs it out everywhere, or open it again."""
        account = self.find(account_id).account
        if account_id == self._actor:
            raise NotAllowed(_("Nobody closes their own account here. Ask another administrator."))
        if RANKS[account.role] > RANKS[own]:
            raise NotAllowed(_("This role is above your own."))
        now = datetime.now(UTC)
        people.close(self._tx, account_id, now if closed else None)
        if closed:
            people.end_sessions(self._tx, account_id, now)
            people.end_links(self._tx, account_id, now)
            letters.withdraw(self._tx, account_id)
        audit.note(self._tx, self._actor, audit.CLOSED if closed else audit.OPENED, account_id)

    def reseal(self, most: int) -> int:
        """Seal some identities anew that an older key has sealed; count them."""
        rows = identities.sealed_with_others(self._tx, self._keys.newest.id, most)
        for account_id, known in self._open([row.account_id for row in rows]).items():
            self._put(account_id, known)
        return len(rows)


_NEVER = datetime.min.replace(tzinfo=UTC)


def _by_name(persons: list[Person], *, falls: bool) -> list[Person]:
    """Sort people by name; those whose name is not known stand behind the others, whichever way it goes."""
    known = [each for each in persons if each.identity.name]
    known.sort(key=_order, reverse=falls)
    return known + sorted((each for each in persons if not each.identity.name), key=_order)


def _order(person: Person) -> tuple[object, datetime, UUID]:
    return name_key(person.identity.name), person.account.created, person.account.id
