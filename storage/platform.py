"""Above all spaces: the links and sessions of the platform's administrator, the log of what they did, and the first owner of a space.

PostgreSQL shows these rows only to a transaction that is in no space (docs/people.md, The platform).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    Uuid,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from storage.audit import audit
from storage.columns import Instant
from storage.database import Tx
from storage.identities import identities
from storage.people import ACTIVATE, accounts, links, sessions
from storage.schema import metadata
from storage.spaces import find_by_slug

platform_links = Table(
    "platform_links",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("expires", Instant, nullable=False),
    Column("used", Instant),
)

platform_sessions = Table(
    "platform_sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("device", Text, nullable=False),
    Column("ended", Instant),
)

platform_deeds = Table(
    "platform_deeds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("session_id", Uuid, ForeignKey("platform_sessions.id")),
    Column("act", Text, nullable=False),
    Column("slug", Text),
    Index(None, "at", "id"),
)

_links, _sessions, _deeds = platform_links.c, platform_sessions.c, platform_deeds.c


def add_link(tx: Tx, digest: bytes, expires: datetime) -> None:
    """Keep a one-time link by its hash."""
    tx.run(insert(platform_links), {"hash": digest, "expires": expires})


def link_holds(tx: Tx, digest: bytes, now: datetime) -> bool:
    """Look at a link without using it."""
    return tx.run(select(_links.hash).where(*_holds(digest, now))).one_or_none() is not None


def use_link(tx: Tx, digest: bytes, now: datetime) -> bool:
    """Use a link up; of any number who press at once, one is told that it was theirs."""
    return bool(tx.run(update(platform_links).where(*_holds(digest, now)).values(used=now)).rowcount)


def _holds(digest: bytes, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _links.hash == digest, _links.used.is_(None), _links.expires > now


@dataclass(frozen=True, slots=True)
class PlatformSession:
    """A session: since when, until when, used last when, on which device."""

    id: UUID
    created: datetime
    expires: datetime
    seen: datetime
    device: str


def add_session(tx: Tx, digest: bytes, session: PlatformSession) -> None:
    """Begin a session, known by its hash."""
    values = {
        "id": session.id,
        "hash": digest,
        "created": session.created,
        "expires": session.expires,
        "seen": session.seen,
        "device": session.device,
    }
    tx.run(insert(platform_sessions), values)


def find_session(tx: Tx, digest: bytes, now: datetime) -> UUID | None:
    """Find the session that has this hash, if it still holds."""
    found: UUID | None = tx.run(select(_sessions.id).where(_sessions.hash == digest, *_open(now))).scalar_one_or_none()
    return found


def open_sessions(tx: Tx, now: datetime) -> list[PlatformSession]:
    """List the sessions that hold, the one seen last first."""
    query = select(_sessions.id, _sessions.created, _sessions.expires, _sessions.seen, _sessions.device)
    return [PlatformSession(*row) for row in tx.run(query.where(*_open(now)).order_by(_sessions.seen.desc()))]


def see_session(tx: Tx, session_id: UUID, now: datetime) -> None:
    """Note that a session was used."""
    tx.run(update(platform_sessions).where(_sessions.id == session_id).values(seen=now))


def end_session(tx: Tx, session_id: UUID, now: datetime) -> bool:
    """End a session; tell whether there was one to end."""
    return bool(
        tx.run(update(platform_sessions).where(_sessions.id == session_id, *_open(now)).values(ended=now)).rowcount
    )


def end_other_sessions(tx: Tx, session_id: UUID, now: datetime) -> int:
    """End all sessions but one; count them."""
    others = update(platform_sessions).where(_sessions.id != session_id, *_open(now))
    return int(tx.run(others.values(ended=now)).rowcount)


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _sessions.ended.is_(None), _sessions.expires > now


@dataclass(frozen=True, slots=True)
class PlatformDeed:
    """One deed: in which session, or in none on the command line, and about which space, if about any."""

    id: UUID
    at: datetime
    session_id: UUID | None
    act: str
    slug: str | None


def add_deed(tx: Tx, deed: PlatformDeed) -> None:
    """Write a deed down."""
    values = {"id": deed.id, "at": deed.at, "session_id": deed.session_id, "act": deed.act, "slug": deed.slug}
    tx.run(insert(platform_deeds), values)


def deeds(tx: Tx, most: int, *, before: tuple[datetime, UUID] | None = None) -> list[tuple[PlatformDeed, str | None]]:
    """Give the newest deeds, before a place, each with the device of its session."""
    query = select(_deeds.id, _deeds.at, _deeds.session_id, _deeds.act, _deeds.slug, _sessions.device)
    query = query.select_from(platform_deeds.outerjoin(platform_sessions))
    if before is not None:
        place = tuple_(literal(before[0], Instant), literal(before[1], Uuid))
        query = query.where(tuple_(_deeds.at, _deeds.id) < place)
    found = tx.run(query.order_by(_deeds.at.desc(), _deeds.id.desc()).limit(most))
    return [(PlatformDeed(*row[:-1]), row[-1]) for row in found]


@dataclass(frozen=True, slots=True)
class FirstOwner:
    """Whom the platform lets into a space, and the hash of the link by which they come."""

    account_id: UUID
    link: bytes
    now: datetime
    until: datetime
    deed_id: UUID


def let_first_owner_in(tx: Tx, slug: str, owner: FirstOwner) -> bool:
    """Make the first account of a space, an owner's, with a link and a line in the log of the space; tell whether one was made.

    An owner who is the only one, and was never here, gets another link: the older ones end.
    """
    if tx.postgresql:
        values = (owner.account_id, owner.link, owner.now, owner.until, owner.deed_id)
        return bool(tx.run(select(func.haidang_first_owner(slug, *values))).scalar_one())
    space = find_by_slug(tx, slug)
    if space is None:
        return False
    there = tx.run(select(accounts.c.id).where(accounts.c.space_id == space.id).limit(1)).scalar_one_or_none()
    account_id = owner.account_id if there is None else _waiting(tx, space.id)
    if account_id is None:
        return False
    whose = {"space_id": space.id, "account_id": account_id}
    if there is None:
        tx.run(insert(accounts), {"space_id": space.id, "id": account_id, "role": "owner", "created": owner.now})
    unused = (links.c.space_id == space.id) & links.c.used.is_(None) & (links.c.expires > owner.now)
    tx.run(update(links).where(unused).values(expires=owner.now))
    tx.run(insert(links), whose | {"hash": owner.link, "expires": owner.until, "purpose": ACTIVATE})
    told = {"id": owner.deed_id, "at": owner.now, "act": "link.made", "subject_id": account_id, "detail": "{}"}
    tx.run(insert(audit), {"space_id": space.id} | told)
    return True


def _waiting(tx: Tx, space: int) -> UUID | None:
    """Tell who is the only one in a space, an owner of whom nothing is known and who was never here."""
    found = tx.run(select(accounts.c.id, accounts.c.role, accounts.c.closed).where(accounts.c.space_id == space)).all()
    known = [exists().where(table.c.space_id == space) for table in (identities, sessions)]
    if len(found) != 1 or found[0].role != "owner" or found[0].closed or tx.run(select(or_(*known))).scalar_one():
        return None
    alone: UUID = found[0].id
    return alone
