"""Links that open one certificate without an account: of each only a hash lies here (docs/certificates-sending.md, On a phone)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, Uuid, select, update

from storage.certificates import of_a_certificate
from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

links = Table(
    "certificate_links",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("certificate_id", Uuid, nullable=False),
    Column("made", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("ended", Instant),
    Column("actor_id", Uuid),
    PrimaryKeyConstraint("space_id", "hash"),
    of_a_certificate(),
    Index(None, "space_id", "certificate_id"),
)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link: what it opens, until when, and whether somebody has ended it before."""

    hash: bytes
    certificate_id: UUID
    made: datetime
    expires: datetime
    ended: datetime | None = None
    actor_id: UUID | None = None


_NAMES = tuple(LinkRow.__dataclass_fields__)
_row = select(*(links.c[name] for name in _NAMES))


def add(tx: Tx, link: LinkRow) -> None:
    """Keep a link; one that is there already stays as it is."""
    values = {name: getattr(link, name) for name in _NAMES}
    tx.run(tx.insert(links).values(space_id=tx.space, **values).on_conflict_do_nothing())


def find(tx: Tx, digest: bytes) -> LinkRow | None:
    """Find a link by its hash, whether it still opens anything or not."""
    row = tx.run(_row.where(links.c.space_id == tx.space, links.c.hash == digest)).one_or_none()
    return None if row is None else LinkRow(*row)


def open_ones(tx: Tx, certificate_id: UUID, now: datetime) -> list[LinkRow]:
    """List the links that open a certificate at a moment, the newest first."""
    own = (links.c.space_id == tx.space) & (links.c.certificate_id == certificate_id)
    query = _row.where(own, links.c.expires > now, links.c.ended.is_(None))
    return [LinkRow(*row) for row in tx.run(query.order_by(links.c.made.desc(), links.c.hash))]


def end(tx: Tx, certificate_id: UUID, now: datetime) -> int:
    """Let no link open a certificate any more; count those that did."""
    own = (links.c.space_id == tx.space) & (links.c.certificate_id == certificate_id)
    query = update(links).where(own, links.c.expires > now, links.c.ended.is_(None))
    return int(tx.run(query.values(ended=now)).rowcount)
