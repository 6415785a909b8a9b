"""Certificates that were issued, what happened to them, and the numbers of units, which have no gaps (docs/certificates.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    insert,
    literal_column,
    select,
    text,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

VALID, REPLACED, REVOKED = "valid", "replaced", "revoked"
ISSUED, NAMED_ANEW, TAKEN_BACK = "issued", "replaced", "revoked"

_AT_ONCE = 500

OF_NO_UNIT = UUID(int=0)
"""Whose numbers those count in who belong to no unit."""

counters = Table(
    "certificate_counters",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("space_id", "unit_id", "year"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)

certificates = Table(
    "certificates",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("unit_code", Text, nullable=False),
    Column("award_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("template_id", Uuid, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("told", Text, nullable=False),
    Column("issued", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("until", Date),
    Column("state", Text, nullable=False),
    Column("renews", Uuid),
    Column("rule_id", Uuid),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"]),
    ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"]),
    ForeignKeyConstraint(
        ["space_id", "template_id", "template_version"],
        ["certificate_templates.space_id", "certificate_templates.id", "certificate_templates.version"],
    ),
    Index("uq_certificates_number", "space_id", "unit_id", "year", "counted", "round", unique=True),
    Index("uq_certificates_code", "space_id", "code", unique=True),
    Index(
        "uq_certificates_award",
        "space_id",
        "award_id",
        unique=True,
        postgresql_where=text("state != 'replaced'"),
        sqlite_where=text("state != 'replaced'"),
    ),
    Index(None, "space_id", "account_id"),
    Index(None, "space_id", "rule_id", "account_id"),
    Index(None, "space_id", "issued", "id"),
    Index(None, "space_id", "state", "issued", "id"),
    Index(None, "space_id", "unit_id", "issued", "id"),
    Index(None, "space_id", "year", "counted"),
    Index(None, "space_id", "until"),
)


def of_a_certificate() -> ForeignKeyConstraint:
    """Tie a row to a certificate of its space."""
    return ForeignKeyConstraint(["space_id", "certificate_id"], ["certificates.space_id", "certificates.id"])


events = Table(
    "certificate_events",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("certificate_id", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor_id", Uuid),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    of_a_certificate(),
    Index(None, "space_id", "certificate_id", "at"),
)


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One sheet that was issued; the name on it is sealed, and `told` is what else differs, as JSON."""

    id: UUID
    unit_id: UUID
    year: int
    counted: int
    round: int
    unit_code: str
    award_id: UUID
    account_id: UUID
    template_id: UUID
    template_version: int
    code: str
    key_id: int
    sealed: bytes
    told: str
    issued: datetime
    day: date
    until: date | None
    state: str
    renews: UUID | None = None
    rule_id: UUID | None = None
    """The rule that gave it, if one did."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """What happened to a certificate."""

    id: UUID
    certificate_id: UUID
    at: datetime
    kind: str
    actor_id: UUID | None
    reason: str


_NAMES = tuple(CertificateRow.__dataclass_fields__)
sheets = _row = select(*(certificates.c[name] for name in _NAMES))
_LAST_ROUND = certificates.c.state != literal_column(f"'{REPLACED}'")
"""Written out as it stands in the index of awards: a plan that is made without values could not know that they are the same."""


def hold(tx: Tx, unit_id: UUID, year: int) -> None:
    """Keep others from issuing for a unit in a year until the transaction ends, without taking a number."""
    _count(tx, unit_id, year, 0)


def take(tx: Tx, unit_id: UUID, year: int, how_many: int = 1) -> int:
    """Take the next numbers of a unit in a year, and give the first; whatever undoes the transaction gives them back."""
    return _count(tx, unit_id, year, how_many) - how_many + 1


def _count(tx: Tx, unit_id: UUID, year: int, how_many: int) -> int:
    query = tx.insert(counters).values(space_id=tx.space, unit_id=unit_id, year=year, last=how_many)
    query = query.on_conflict_do_update(
        index_elements=["space_id", "unit_id", "year"], set_={"last": counters.c.last + how_many}
    )
    return int(tx.run(query.returning(counters.c.last)).scalar_one())


def add(tx: Tx, rows: list[CertificateRow]) -> None:
    """Keep certificates under the numbers that were taken for them."""
    if rows:
        values = [{"space_id": tx.space} | {name: getattr(row, name) for name in _NAMES} for row in rows]
        tx.run(insert(certificates), values)


def find(tx: Tx, certificate_id: UUID) -> CertificateRow | None:
    """Find a certificate."""
    return _one(tx, certificates.c.id == certificate_id)


def by_code(tx: Tx, code: str) -> CertificateRow | None:
    """Find the sheet that this code is printed on, whatever became of it."""
    return _one(tx, certificates.c.code == code)


def of_awards(tx: Tx, award_ids: Sequence[UUID]) -> list[CertificateRow]:
    """Find the certificates of some awards, in their last rounds."""
    found: list[CertificateRow] = []
    query = _row.where(certificates.c.space_id == tx.space, _LAST_ROUND)
    for start in range(0, len(award_ids), _AT_ONCE):
        found += read(tx.run(query.where(certificates.c.award_id.in_(award_ids[start : start + _AT_ONCE]))))
    return found


def of_account(tx: Tx, account_id: UUID) -> list[CertificateRow]:
    """List somebody's certificates, the newest first, without sheets that were replaced."""
    query = _row.where(certificates.c.space_id == tx.space, certificates.c.account_id == account_id, _LAST_ROUND)
    return [CertificateRow(*row) for row in tx.run(query.order_by(certificates.c.issued.desc(), certificates.c.id))]


def of_rule(tx: Tx, rule_id: UUID, account_ids: Sequence[UUID]) -> list[CertificateRow]:
    """List what some people were given by a rule, the newest first, without sheets that were replaced."""
    query = _row.where(certificates.c.space_id == tx.space, certificates.c.rule_id == rule_id, _LAST_ROUND).order_by(
        certificates.c.issued.desc(), certificates.c.id
    )
    found: list[CertificateRow] = []
    for start in range(0, len(account_ids), _AT_ONCE):
        some = account_ids[start : start + _AT_ONCE]
        found += (CertificateRow(*row) for row in tx.run(query.where(certificates.c.account_id.in_(some))))
    return found


def rounds(tx: Tx, row: CertificateRow) -> list[CertificateRow]:
    """List all sheets of a number, the first one first."""
    query = _row.where(
        certificates.c.space_id == tx.space,
        certificates.c.unit_id == row.unit_id,
        certificates.c.year == row.year,
        certificates.c.counted == row.counted,
    )
    return [CertificateRow(*each) for each in tx.run(query.order_by(certificates.c.round))]


def leave_valid(tx: Tx, certificate_id: UUID, state: str) -> bool:
    """Let a certificate that is valid be so no longer; say whether it was."""
    query = update(certificates).where(
        certificates.c.space_id == tx.space, certificates.c.id == certificate_id, certificates.c.state == VALID
    )
    return bool(tx.run(query.values(state=state)).rowcount)


def note(tx: Tx, rows: list[EventRow]) -> None:
    """Write down what happened."""
    if rows:
        names = EventRow.__dataclass_fields__
        tx.run(insert(events), [{"space_id": tx.space} | {name: getattr(row, name) for name in names} for row in rows])


def history(tx: Tx, certificate_id: UUID) -> list[EventRow]:
    """List what happened to a sheet, the first first."""
    query = select(*(events.c[name] for name in EventRow.__dataclass_fields__))
    query = query.where(events.c.space_id == tx.space, events.c.certificate_id == certificate_id)
    return [EventRow(*row) for row in tx.run(query.order_by(events.c.at, events.c.id))]


def sealed_with_others(tx: Tx, key_id: int, most: int) -> list[CertificateRow]:
    """List some certificates whose names another key has sealed."""
    query = _row.where(certificates.c.space_id == tx.space, certificates.c.key_id != key_id)
    return [CertificateRow(*row) for row in tx.run(query.limit(most))]


def reseal(tx: Tx, certificate_id: UUID, key_id: int, sealed: bytes) -> None:
    """Keep the name on a certificate under another key."""
    query = update(certificates).where(certificates.c.space_id == tx.space, certificates.c.id == certificate_id)
    tx.run(query.values(key_id=key_id, sealed=sealed))


def read(rows: Iterable[Any]) -> list[CertificateRow]:
    """Read rows of `sheets`."""
    return [CertificateRow(*row) for row in rows]


def _one(tx: Tx, *where: Any) -> CertificateRow | None:
    row = tx.run(_row.where(certificates.c.space_id == tx.space, *where)).one_or_none()
    return None if row is None else CertificateRow(*row)
