"""Letters: what is to be sent to somebody by e-mail, and what has become of it. No address and no text lies here readable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Update,
    Uuid,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import of_an_account
from storage.schema import metadata

# Who is named on the sign-in page may be nobody: such a letter has no account until it is sent, and then perhaps never.
letters = Table(
    "letters",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("account_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled", Instant),
    Column("reason", Text),
    Column("code", Text),
    Column("key_id", Integer),
    Column("sealed", LargeBinary),
    Column("own_host", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("space_id", "id"),
    of_an_account(),
    Index(None, "space_id", "account_id", "asked"),
    Index(None, "space_id", "state", "asked"),
)

WAITING, SENT, FAILED, WITHDRAWN = "waiting", "sent", "failed", "withdrawn"

_OPENED = {"key_id": None, "sealed": None}


@dataclass(frozen=True, slots=True)
class End:
    """What has become of a letter; if it failed, why, in one word of ours, and what the mail server answered, as a number."""

    state: str
    reason: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter: to whom, about what, since when, and what has become of it."""

    id: UUID
    account_id: UUID | None
    kind: str
    language: str
    asked: datetime
    state: str = WAITING
    settled: datetime | None = None
    reason: str | None = None
    code: str | None = None
    key_id: int | None = None
    sealed: bytes | None = None
    """What cannot be looked up when it is sent, sealed for this letter."""
    own_host: bool = False
    """Whether its link leads to the host of the space, on which it was asked for, and not to that of the app."""


def put(tx: Tx, letter: LetterRow, forget: datetime) -> None:
    """Keep a letter that is to be sent, and no longer those that were settled before some moment."""
    tx.run(delete(letters).where(letters.c.space_id == tx.space, letters.c.settled < forget))
    values = {"id": letter.id, "account_id": letter.account_id, "kind": letter.kind, "language": letter.language}
    more = {"asked": letter.asked, "state": letter.state, "key_id": letter.key_id, "sealed": letter.sealed}
    tx.run(insert(letters), {"space_id": tx.space, "own_host": letter.own_host} | values | more)


def find(tx: Tx, letter: UUID) -> LetterRow | None:
    """Find a letter."""
    row = tx.run(_letter.where(letters.c.space_id == tx.space, letters.c.id == letter)).one_or_none()
    return None if row is None else LetterRow(*row)


def of_account(tx: Tx, account_id: UUID, most: int) -> list[LetterRow]:
    """List the newest letters to somebody."""
    query = _letter.where(letters.c.space_id == tx.space, letters.c.account_id == account_id)
    return [LetterRow(*row) for row in tx.run(query.order_by(letters.c.asked.desc(), letters.c.id).limit(most))]


def listed(tx: Tx, state: str, most: int) -> list[LetterRow]:
    """List the newest letters to people that are in a state."""
    query = _letter.where(*_in(tx, state)).order_by(letters.c.asked.desc(), letters.c.id)
    return [LetterRow(*row) for row in tx.run(query.limit(most))]


def count(tx: Tx, state: str, kinds: Iterable[str] | None = None) -> int:
    """Count the letters to people that are in a state, all of them or those of some kinds."""
    query = select(func.count()).select_from(letters).where(*_in(tx, state))
    return int(tx.run(query if kinds is None else query.where(letters.c.kind.in_([*kinds]))).scalar_one())


def tie(tx: Tx, letter: UUID, account_id: UUID) -> None:
    """Write down to whom a letter goes, now that it is known."""
    tx.run(_one(tx, letter).values(account_id=account_id))


def settle(tx: Tx, letter: UUID, end: End, now: datetime) -> None:
    """Write down what has become of a letter; what was sealed in it is needed no more."""
    done = {"state": end.state, "settled": now, "reason": end.reason, "code": end.code}
    tx.run(_one(tx, letter).values(done | _OPENED))


def withdraw(tx: Tx, account_id: UUID, kinds: Iterable[str], now: datetime) -> None:
    """Take back the letters of some kinds to somebody that still wait, or could not be sent."""
    which = update(letters).where(letters.c.space_id == tx.space, letters.c.account_id == account_id)
    which = which.where(letters.c.state.in_([WAITING, FAILED]), letters.c.kind.in_([*kinds]))
    tx.run(which.values({"state": WITHDRAWN, "settled": now} | _OPENED))


def remove(tx: Tx, letter: UUID) -> None:
    """Forget a letter."""
    tx.run(delete(letters).where(letters.c.space_id == tx.space, letters.c.id == letter))


def sealed_with_others(tx: Tx, key_id: int, most: int) -> list[LetterRow]:
    """List some letters that another key has sealed."""
    query = _letter.where(letters.c.space_id == tx.space, letters.c.key_id != key_id)
    return [LetterRow(*row) for row in tx.run(query.limit(most))]


def reseal(tx: Tx, letter: UUID, key_id: int, sealed: bytes) -> None:
    """Keep what is sealed in a letter under another key."""
    tx.run(_one(tx, letter).values(key_id=key_id, sealed=sealed))


def _one(tx: Tx, letter: UUID) -> Update:
    return update(letters).where(letters.c.space_id == tx.space, letters.c.id == letter)


def _in(tx: Tx, state: str) -> tuple[ColumnElement[bool], ...]:
    return letters.c.space_id == tx.space, letters.c.state == state, letters.c.account_id.is_not(None)


_letter = select(
    letters.c.id,
    letters.c.account_id,
    letters.c.kind,
    letters.c.language,
    letters.c.asked,
    letters.c.state,
    letters.c.settled,
    letters.c.reason,
    letters.c.code,
    letters.c.key_id,
    letters.c.sealed,
    letters.c.own_host,
)
