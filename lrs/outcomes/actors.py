"""Who is who: actors that are nobody yet, who they may be, and an administrator's word that they are (docs/rules.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson

from lrs.errors import NotFound
from lrs.outcomes.persons import ACTOR
from lrs.people import audit
from lrs.people.identity import guesses
from lrs.sealing import KeyRing
from storage import actors, identities, people, remakings
from storage.actors import ActorRow, StrangerRow
from storage.database import Tx

MOST = 200


@dataclass(frozen=True, slots=True)
class Stranger:
    """An actor who is nobody yet, as an administrator sees them."""

    id: str
    """By which the page speaks of them: nothing that can be read."""
    actor: str
    """The key (`lrs/xapi/actors.py`)."""
    name: str
    """What they are called by who sent the statements; it proves nothing."""
    count: int
    first: datetime
    last: datetime
    suggested: tuple[UUID, ...] = ()
    """Who in this space has an identifier that is said alike; a person has to confirm it."""


@dataclass(frozen=True, slots=True)
class Known:
    """An identifier that was confirmed to be a person's."""

    id: str
    actor: str
    confirmed: datetime
    confirmed_by: UUID | None


def unmatched(tx: Tx, keys: KeyRing, most: int = MOST, *, passed: bool = False) -> list[Stranger]:
    """List actors who are nobody yet, those of most statements first, with who they may be."""
    return [_stranger(tx, keys, row) for row in actors.unmatched(tx, most, passed=passed)]


def confirm(tx: Tx, keys: KeyRing, stranger_id: str, account_id: UUID, by: UUID) -> bool:
    """Say that an actor is a person; what they did before counts from now on. False: somebody has said so of another person."""
    blind = bytes.fromhex(stranger_id)
    row = actors.stranger(tx, blind)
    if row is None:
        raise NotFound
    return know(tx, keys, _opened(tx, keys, row)["actor"], account_id, by)


def know(tx: Tx, keys: KeyRing, actor: str, account_id: UUID, by: UUID | None) -> bool:
    """Say whose an actor is, by the actor's key, whether a statement of theirs has come yet or not."""
    if people.find_account(tx, account_id) is None:
        raise NotFound
    blinds = keys.blinds(tx.space, ACTOR, actor)
    owners = {*actors.owners(tx, blinds).values()}
    now = datetime.now(UTC)
    key_id, sealed = keys.seal(tx.space, account_id, actor.encode())
    if owners - {account_id}:
        return False
    if not owners and not actors.confirm(tx, ActorRow(blinds[0], account_id, key_id, sealed, now, by)):
        return False
    for blind in blinds:
        actors.forget_stranger(tx, blind)
    remakings.ask(tx, now, account_id=account_id)
    audit.note(tx, by, audit.ACTOR_KNOWN, account_id)
    return True


def pass_over(tx: Tx, stranger_id: str, by: UUID, *, back: bool = False) -> None:
    """Say that an actor is nobody of ours, or may be after all."""
    actors.pass_over(tx, bytes.fromhex(stranger_id), None if back else datetime.now(UTC))
    audit.note(tx, by, audit.ACTOR_PASSED)


def of_person(tx: Tx, keys: KeyRing, account_id: UUID) -> list[Known]:
    """List the identifiers that were confirmed to be somebody's."""
    return [
        Known(
            row.blind.hex(),
            keys.open(tx.space, account_id, row.key_id, row.sealed).decode(),
            row.confirmed,
            row.confirmed_by,
        )
        for row in actors.of_accounts(tx, [account_id])
    ]


def forget(tx: Tx, actor_id: str, by: UUID) -> None:
    """Say that an identifier is not a person's after all: what rests on it goes to a review."""
    owner = actors.remove(tx, bytes.fromhex(actor_id))
    if owner is None:
        raise NotFound
    remakings.ask(tx, datetime.now(UTC), account_id=owner)
    audit.note(tx, by, audit.ACTOR_FORGOTTEN, owner)


def reseal(tx: Tx, keys: KeyRing, most: int) -> int:
    """Seal some rows anew that an older key has sealed; count them."""
    known, unknown = actors.sealed_with_others(tx, keys.newest.id, most)
    for row in known:
        actor = keys.open(tx.space, row.account_id, row.key_id, row.sealed)
        actors.reseal(
            tx, row.blind, keys.blind(tx.space, ACTOR, actor.decode()), *keys.seal(tx.space, row.account_id, actor)
        )
    for stranger in unknown:
        said = _opened(tx, keys, stranger)
        blind = keys.blind(tx.space, ACTOR, said["actor"])
        actors.reseal(tx, stranger.blind, blind, *keys.seal(tx.space, UUID(bytes=blind), orjson.dumps(said)))
    return len(known) + len(unknown)


def _stranger(tx: Tx, keys: KeyRing, row: StrangerRow) -> Stranger:
    said = _opened(tx, keys, row)
    return Stranger(
        row.blind.hex(),
        said["actor"],
        said["name"],
        row.count,
        row.first,
        row.last,
        tuple(sorted(_suggested(tx, keys, said["actor"]))),
    )


def _suggested(tx: Tx, keys: KeyRing, actor: str) -> set[UUID]:
    """Find who has the e-mail address, or signs in with what the actor is called elsewhere."""
    said = actor.removeprefix("mailto:") if actor.startswith("mailto:") else actor.rpartition("|")[2]
    if actor.startswith(("sha1:", "openid:")):
        return set()
    return {
        owner
        for kind, value in guesses(said).items()
        for owner in identities.owners(tx, kind, keys.blinds(tx.space, kind, value))
    }


def _opened(tx: Tx, keys: KeyRing, row: StrangerRow) -> Mapping[str, str]:
    opened: Mapping[str, str] = orjson.loads(keys.open(tx.space, UUID(bytes=row.blind), row.key_id, row.sealed))
    return opened
