"""Accounts, and the two ways for a person to be somebody: a one-time link, a session. Secrets lie here only as hashes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    and_,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata


def of_an_account() -> ForeignKeyConstraint:
    """Tie a row to an account of its space."""
    return ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"])


accounts = Table(
    "accounts",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("closed", Instant),
    Column("language", Text),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "created", "id"),
    Index(None, "space_id", "role", "created", "id"),
)

links = Table(
    "links",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("used", Instant),
    Column("purpose", Text, nullable=False, server_default=text("'enter'")),
    Column("browser", LargeBinary),
    PrimaryKeyConstraint("space_id", "hash"),
    of_an_account(),
    Index(None, "space_id", "account_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("ended", Instant),
    Column("seen", Instant),
    Column("device", Text, nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("space_id", "hash"),
    of_an_account(),
    Index(None, "space_id", "account_id"),
)


GUEST = "guest"
"""The role of those who have no name: they are in no list of people."""

NAMED = accounts.c.role != literal_column(f"'{GUEST}'")
"""Who is no guest. Written out, not as a value: plans are made without values here, and this one has to know that most are it."""

ENTER, ACTIVATE, RECOVER, TAKE_HOME, MADE = "enter", "activate", "recover", "take home", "made"
"""What a link is for: just to come in, for the first time, after a password was forgotten; a guest's code for another device.

The last lets nobody in: it is used when it is made, and remembers whom a form has made."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Somebody in a space: a random id and what they may do. Names live elsewhere."""

    id: UUID
    role: str
    created: datetime
    closed: datetime | None = None
    language: str | None = None
    """What they have chosen to read, if they ever chose."""


def add_account(tx: Tx, account: AccountRow) -> None:
    """Make an account in this space."""
    tx.run(insert(accounts), {"space_id": tx.space, "id": account.id, "role": account.role, "created": account.created})


def find_account(tx: Tx, account_id: UUID) -> AccountRow | None:
    """Find an account by its id."""
    row = tx.run(_account.where(accounts.c.space_id == tx.space, accounts.c.id == account_id)).one_or_none()
    return None if row is None else AccountRow(*row)


def find_accounts(tx: Tx, account_ids: Iterable[UUID]) -> list[AccountRow]:
    """Find accounts by their ids."""
    query = _account.where(accounts.c.space_id == tx.space, accounts.c.id.in_([*account_ids]))
    return [AccountRow(*row) for row in tx.run(query)]


def first_account(tx: Tx, role: str) -> AccountRow | None:
    """Find the oldest account of a role that is open."""
    query = _account.where(accounts.c.space_id == tx.space, accounts.c.role == role, accounts.c.closed.is_(None))
    row = tx.run(query.order_by(accounts.c.created, accounts.c.id).limit(1)).one_or_none()
    return None if row is None else AccountRow(*row)


def list_accounts(tx: Tx, *, guests: bool = False) -> list[AccountRow]:
    """List this space's accounts, oldest first; those of guests only where they are asked for."""
    query = _account.where(accounts.c.space_id == tx.space).order_by(accounts.c.created, accounts.c.id)
    if not guests:
        query = query.where(NAMED)
    return [AccountRow(*row) for row in tx.run(query)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts are asked for: of a role, whose names have all of these words, closed ones or those that are open."""

    role: str | None = None
    tokens: tuple[frozenset[bytes], ...] = ()
    """For each word the indexes that it may be kept under."""
    closed: bool = False
    also: UUID | None = None
    """Somebody who is meant in another way than by their name."""
    units: frozenset[UUID] | None = None
    """Members of any of these on a day."""
    day: date | None = None


def count_accounts(tx: Tx, wanted: Wanted) -> int:
    """Count the accounts that are asked for."""
    return int(tx.run(select(func.count()).select_from(accounts).where(*_wanted(tx, wanted))).scalar_one())


def page_of_accounts(
    tx: Tx, wanted: Wanted, most: int, *, after: tuple[datetime, UUID] | None = None, oldest: bool = False
) -> list[AccountRow]:
    """Give the newest accounts of those asked for, or the oldest, from a place on."""
    query = _account.where(*_wanted(tx, wanted))
    if after is not None:
        here = tuple_(accounts.c.created, accounts.c.id)
        place = tuple_(literal(after[0], Instant), literal(after[1], Uuid))
        query = query.where(here > place if oldest else here < place)
    newest = (accounts.c.created.desc(), accounts.c.id.desc())
    query = query.order_by(*((accounts.c.created, accounts.c.id) if oldest else newest)).limit(most)
    return [AccountRow(*row) for row in tx.run(query)]


def _wanted(tx: Tx, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [accounts.c.space_id == tx.space]
    conditions.append(accounts.c.closed.is_not(None) if wanted.closed else accounts.c.closed.is_(None))
    if wanted.role is None:
        conditions.append(NAMED)
    else:
        conditions.append(accounts.c.role == wanted.role)
    if wanted.units is not None:
        members = metadata.tables["members"]
        still = members.c.until.is_(None) | (members.c.until > wanted.day)
        inside = (
            (members.c.space_id == tx.space) & members.c.unit_id.in_(wanted.units) & (members.c.since <= wanted.day)
        )
        conditions.append(accounts.c.id.in_(select(members.c.account_id).where(inside, still)))
    tokens = metadata.tables["name_tokens"].c
    named = [
        accounts.c.id.in_(
            select(tokens.account_id).where(tokens.space_id == tx.space, tokens.token.in_(sorted(blinds)))
        )
        for blinds in wanted.tokens
    ]
    if wanted.also is None:
        return [*conditions, *named]
    return [*conditions, or_(accounts.c.id == wanted.also, and_(*named)) if named else accounts.c.id == wanted.also]


def set_role(tx: Tx, account_id: UUID, role: str) -> None:
    """Give an account another role."""
    tx.run(update(accounts).where(accounts.c.space_id == tx.space, accounts.c.id == account_id).values(role=role))


def set_language(tx: Tx, account_id: UUID, language: str) -> None:
    """Write down what somebody chose to read."""
    tx.run(
        update(accounts).where(accounts.c.space_id == tx.space, accounts.c.id == account_id).values(language=language)
    )


def close(tx: Tx, account_id: UUID, now: datetime | None) -> None:
    """Close an account, or open it again."""
    tx.run(update(accounts).where(accounts.c.space_id == tx.space, accounts.c.id == account_id).values(closed=now))


def add_link(tx: Tx, digest: bytes, account_id: UUID, expires: datetime, purpose: str = ENTER) -> None:
    """Keep a one-time link by its hash."""
    values = {"hash": digest, "account_id": account_id, "expires": expires, "purpose": purpose}
    tx.run(insert(links), {"space_id": tx.space} | values)


def end_links(tx: Tx, account_id: UUID, now: datetime, spared: bytes = b"") -> None:
    """End the links of an account that were not used; one may be spared, by its hash."""
    unused = (links.c.space_id == tx.space) & (links.c.account_id == account_id) & links.c.used.is_(None)
    tx.run(update(links).where(unused, links.c.expires > now, links.c.hash != spared).values(expires=now))


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A one-time link: whose it is, how long it holds, when it was used, what it is for, in which browser it was used."""

    account_id: UUID
    expires: datetime
    used: datetime | None
    purpose: str
    browser: bytes | None = None


def add_pressed(tx: Tx, digest: bytes, link: LinkRow) -> bool:
    """Remember whom a form has made; tell whether it was the first to do so, of any number who press at once."""
    values = {"space_id": tx.space, "hash": digest, "account_id": link.account_id, "expires": link.expires}
    more = {"used": link.used, "purpose": link.purpose, "browser": link.browser}
    query = tx.insert(links).values(values | more).on_conflict_do_nothing().returning(links.c.hash)
    return tx.run(query).one_or_none() is not None


def find_link(tx: Tx, digest: bytes) -> LinkRow | None:
    """Look at a link without using it."""
    query = select(links.c.account_id, links.c.expires, links.c.used, links.c.purpose, links.c.browser)
    row = tx.run(query.where(links.c.space_id == tx.space, links.c.hash == digest)).one_or_none()
    return None if row is None else LinkRow(*row)


def use_link(tx: Tx, digest: bytes, now: datetime, browser: bytes | None = None) -> UUID | None:
    """Use a link up; of any number who press at once, one gets the account."""
    statement = (
        update(links)
        .where(links.c.space_id == tx.space, links.c.hash == digest, links.c.used.is_(None), links.c.expires > now)
        .values(used=now, browser=browser)
        .returning(links.c.account_id)
    )
    found: UUID | None = tx.run(statement).scalar_one_or_none()
    return found


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session: its hash, since when, until when, on which device, seen last when."""

    hash: bytes
    created: datetime
    expires: datetime
    device: str = ""
    seen: datetime | None = None


def add_session(tx: Tx, account_id: UUID, session: SessionRow) -> None:
    """Begin a session, known by its hash."""
    values = {
        "hash": session.hash,
        "created": session.created,
        "expires": session.expires,
        "device": session.device,
        "seen": session.seen,
    }
    tx.run(insert(sessions), {"space_id": tx.space, "account_id": account_id} | values)


def open_sessions(tx: Tx, account_id: UUID, now: datetime) -> list[SessionRow]:
    """List the sessions of an account that hold, the one seen last first."""
    columns = (sessions.c.hash, sessions.c.created, sessions.c.expires, sessions.c.device, sessions.c.seen)
    query = select(*columns).where(*_open(tx, account_id), sessions.c.expires > now)
    found = [SessionRow(*row) for row in tx.run(query)]
    return sorted(found, key=lambda session: session.seen or session.created, reverse=True)


def last_seen(tx: Tx, account_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Tell when these accounts were last here, on any device; those that never were have no entry."""
    latest = func.max(func.coalesce(sessions.c.seen, sessions.c.created))
    theirs = sessions.c.account_id.in_([*account_ids])
    query = select(sessions.c.account_id, latest).where(sessions.c.space_id == tx.space, theirs)
    return {row[0]: row[1] for row in tx.run(query.group_by(sessions.c.account_id))}


def account_of_session(tx: Tx, digest: bytes, now: datetime) -> AccountRow | None:
    """Find whose session this is, if it still holds and the account is open."""
    query = _account.join(
        sessions,
        (sessions.c.space_id == accounts.c.space_id) & (sessions.c.account_id == accounts.c.id),
    ).where(
        sessions.c.space_id == tx.space,
        sessions.c.hash == digest,
        sessions.c.ended.is_(None),
        sessions.c.expires > now,
        accounts.c.closed.is_(None),
    )
    row = tx.run(query).one_or_none()
    return None if row is None else AccountRow(*row)


def whose_session(tx: Tx, digest: bytes) -> UUID | None:
    """Tell whose session this is or was, whether it still holds or not: it lets nobody in."""
    query = select(sessions.c.account_id).where(sessions.c.space_id == tx.space, sessions.c.hash == digest)
    found: UUID | None = tx.run(query).scalar_one_or_none()
    return found


def see_session(tx: Tx, digest: bytes, now: datetime) -> None:
    """Note that a session was used."""
    tx.run(update(sessions).where(sessions.c.space_id == tx.space, sessions.c.hash == digest).values(seen=now))


def end_session(tx: Tx, digest: bytes, now: datetime) -> None:
    """End a session."""
    tx.run(update(sessions).where(sessions.c.space_id == tx.space, sessions.c.hash == digest).values(ended=now))


def end_sessions(tx: Tx, account_id: UUID, now: datetime, *, but: bytes | None = None) -> int:
    """End the sessions of an account, but for one; count them."""
    query = update(sessions).where(*_open(tx, account_id), sessions.c.hash != (but or b""))
    return int(tx.run(query.values(ended=now)).rowcount)


def _open(tx: Tx, account_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return sessions.c.space_id == tx.space, sessions.c.account_id == account_id, sessions.c.ended.is_(None)


_account = select(accounts.c.id, accounts.c.role, accounts.c.created, accounts.c.closed, accounts.c.language)
