"""Places in the status lists of credentials: which certificate has which."""

from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Uuid,
    and_,
    func,
    select,
)

from storage.certificates import VALID, certificates
from storage.columns import Space
from storage.database import Tx
from storage.schema import metadata

status_places = Table(
    "status_places",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("list", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("certificate_id", Uuid, nullable=False),
    PrimaryKeyConstraint("space_id", "list", "place"),
    UniqueConstraint("space_id", "certificate_id"),
    ForeignKeyConstraint(["space_id", "certificate_id"], ["certificates.space_id", "certificates.id"]),
)


def find(tx: Tx, certificate: UUID) -> tuple[int, int] | None:
    """Find the list and the place of a certificate."""
    query = select(status_places.c.list, status_places.c.place)
    which = status_places.c.space_id == tx.space, status_places.c.certificate_id == certificate
    row = tx.run(query.where(*which)).one_or_none()
    return None if row is None else (row.list, row.place)


def take(tx: Tx, certificate: UUID, place: tuple[int, int]) -> bool:
    """Give a certificate a place; tell whether it was free, and the certificate without one."""
    values = {"list": place[0], "place": place[1], "certificate_id": certificate}
    query = tx.insert(status_places).values(space_id=tx.space, **values).on_conflict_do_nothing()
    return tx.run(query.returning(status_places.c.place)).one_or_none() is not None


def newest(tx: Tx) -> tuple[int, int]:
    """Tell the newest list, and how many of its places are taken; list 0 where there is none."""
    here = status_places.c.space_id == tx.space
    last = select(func.coalesce(func.max(status_places.c.list), 0)).where(here).scalar_subquery()
    count = select(last, func.count()).where(here, status_places.c.list == last)
    number, taken = tx.run(count).one()
    return int(number), int(taken)


def revoked(tx: Tx, number: int) -> list[int]:
    """List the places of a list whose certificates are valid no more."""
    both = status_places.c.space_id == certificates.c.space_id, status_places.c.certificate_id == certificates.c.id
    which = status_places.c.space_id == tx.space, status_places.c.list == number, certificates.c.state != VALID
    query = select(status_places.c.place).join(certificates, and_(*both)).where(*which)
    return [*tx.run(query.order_by(status_places.c.place)).scalars()]
