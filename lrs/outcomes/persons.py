"""Whose a statement is: our accounts, the guests that people were, and identifiers that were confirmed; never guessed (docs/rules.md)."""

from collections.abc import Iterable
from uuid import UUID

from lrs.record import account_of, actor_key, actor_of
from lrs.sealing import KeyRing
from storage import actors, claims, people
from storage.database import Tx

ACTOR = "actor"
"""The kind under which identifiers of actors have their blind indexes."""

_AT_ONCE = 500


class Persons:
    """The people behind some actors, looked up together."""

    def __init__(self, tx: Tx, keys: KeyRing, home_page: str) -> None:
        self._tx = tx
        self.keys = keys
        self._home_page = home_page
        self._known: dict[str, UUID | None] = {"": None}
        self._roles: dict[UUID, str] = {}

    def look_up(self, actor_keys: Iterable[str]) -> None:
        """Find out who these actors are."""
        new = [*({*actor_keys} - self._known.keys())]
        ours = {each: found for each in new if (found := account_of(each, self._home_page)) is not None}
        people_of = self._of_blinds([each for each in new if each not in ours])
        accounts = {*ours.values(), *people_of.values()}
        owner = claims.owners(self._tx, accounts) if accounts else {}
        self._see(accounts | {*owner.values()})
        for each in new:
            found = ours.get(each) or people_of.get(each)
            person = owner.get(found, found) if found is not None else None
            self._known[each] = person if person in self._roles else None

    def who(self, actor: str) -> UUID | None:
        """Tell whose an actor is that was looked up."""
        return self._known[actor]

    def role(self, account_id: UUID) -> str:
        """Tell the role that somebody has now."""
        return self._roles[account_id]

    def is_ours(self, actor: str) -> bool:
        """Tell whether an actor is called by one of our ids, whoever that is or was."""
        return account_of(actor, self._home_page) is not None

    def blind(self, actor: str) -> bytes:
        """Make the index by which an actor is kept."""
        return self.keys.blind(self._tx.space, ACTOR, actor)

    def seal_stranger(self, actor: str, text: bytes) -> tuple[int, bytes]:
        """Seal what is known of an actor who is nobody yet: bound to the index, as what is known of people is to their ids."""
        return self.keys.seal(self._tx.space, UUID(bytes=self.blind(actor)), text)

    def actors_of(self, account_ids: Iterable[UUID]) -> dict[str, UUID]:
        """List all actors that are these people."""
        people_ = [*account_ids]
        found = {actor_key(actor_of(each, self._home_page)): each for each in people_}
        found |= {
            actor_key(actor_of(guest, self._home_page)): own for guest, own in claims.guests_of(self._tx, people_)
        }
        for row in actors.of_accounts(self._tx, people_):
            opened = self.keys.open(self._tx.space, row.account_id, row.key_id, row.sealed)
            found[opened.decode()] = row.account_id
        return found

    def _of_blinds(self, foreign: list[str]) -> dict[str, UUID]:
        space, found = self._tx.space, dict[str, UUID]()
        for start in range(0, len(foreign), _AT_ONCE):
            blinds = {
                blind: each
                for each in foreign[start : start + _AT_ONCE]
                for blind in self.keys.blinds(space, ACTOR, each)
            }
            found |= {blinds[blind]: owner for blind, owner in actors.owners(self._tx, [*blinds]).items()}
        return found

    def _see(self, accounts: set[UUID]) -> None:
        listed = [*accounts]
        for start in range(0, len(listed), _AT_ONCE):
            for row in people.find_accounts(self._tx, listed[start : start + _AT_ONCE]):
                self._roles[row.id] = row.role
