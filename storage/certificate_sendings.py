"""Which certificate was sent by which letter, each kind once (docs/certificates-sending.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    exists,
    literal,
    select,
    tuple_,
    update,
)

from storage.certificates import VALID, CertificateRow, certificates, of_a_certificate, read, sheets
from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

ISSUED, ENDING = "issued", "ending"
"""What a letter says of a certificate: that it is there, that its last day comes."""

sendings = Table(
    "certificate_sendings",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("certificate_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("letter_id", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", Uuid),
    PrimaryKeyConstraint("space_id", "certificate_id", "kind"),
    of_a_certificate(),
    Index("uq_certificate_sendings_letter", "space_id", "letter_id", unique=True),
)


@dataclass(frozen=True, slots=True)
class SendingRow:
    """A letter about a certificate: by whom it was asked for, if not by a rule."""

    certificate_id: UUID
    kind: str
    letter_id: UUID
    at: datetime
    actor_id: UUID | None = None


_NAMES = tuple(SendingRow.__dataclass_fields__)
_row = select(*(sendings.c[name] for name in _NAMES))


def note(tx: Tx, rows: Sequence[SendingRow]) -> set[UUID]:
    """Write down that letters go out; name those of them that are the first of their kind, and may."""
    if not rows:
        return set()
    values = [{"space_id": tx.space} | {name: getattr(row, name) for name in _NAMES} for row in rows]
    query = (
        tx.insert(sendings).values(values).on_conflict_do_nothing(index_elements=["space_id", "certificate_id", "kind"])
    )
    return {*tx.run(query.returning(sendings.c.letter_id)).scalars()}


def of_letter(tx: Tx, letter_id: UUID) -> SendingRow | None:
    """Tell which certificate a letter is about."""
    row = tx.run(_row.where(sendings.c.space_id == tx.space, sendings.c.letter_id == letter_id)).one_or_none()
    return None if row is None else SendingRow(*row)


def of(tx: Tx, certificate_ids: Sequence[UUID]) -> list[SendingRow]:
    """List what was sent of some certificates, the first first."""
    query = _row.where(sendings.c.space_id == tx.space, sendings.c.certificate_id.in_([*certificate_ids]))
    return [SendingRow(*row) for row in tx.run(query.order_by(sendings.c.at, sendings.c.kind))]


def ending(
    tx: Tx, since: date, through: date, most: int, after: tuple[date, UUID] | None = None
) -> list[CertificateRow]:
    """List some valid certificates whose last day lies in these days, which nothing renews, and of which no letter has told yet."""
    newer = certificates.alias()
    told = exists().where(
        sendings.c.space_id == tx.space, sendings.c.certificate_id == certificates.c.id, sendings.c.kind == ENDING
    )
    renewed = exists().where(
        newer.c.space_id == tx.space,
        newer.c.account_id == certificates.c.account_id,
        newer.c.renews == certificates.c.id,
        newer.c.state == VALID,
    )
    query = sheets.where(
        certificates.c.space_id == tx.space,
        certificates.c.until.between(since, through),
        certificates.c.state == VALID,
        ~told,
        ~renewed,
    )
    if after is not None:
        query = query.where(
            tuple_(certificates.c.until, certificates.c.id) > tuple_(literal(after[0], Date), literal(after[1], Uuid))
        )
    return read(tx.run(query.order_by(certificates.c.until, certificates.c.id).limit(most)))


def replace(tx: Tx, was: SendingRow, new: SendingRow) -> bool:
    """Let another letter take the place of one that could not be delivered; tell whether nobody else was quicker."""
    query = update(sendings).where(
        sendings.c.space_id == tx.space,
        sendings.c.certificate_id == was.certificate_id,
        sendings.c.kind == was.kind,
        sendings.c.letter_id == was.letter_id,
    )
    return bool(tx.run(query.values(letter_id=new.letter_id, at=new.at, actor_id=new.actor_id)).rowcount)
