"""What has to be made anew from the record: a version for everybody, or everything for one person. Each entry is its own cursor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Uuid, delete, func, insert, select, text, update

from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import accounts, of_an_account
from storage.rules import of_a_version
from storage.schema import metadata

remakings = Table(
    "remakings",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("version_id", Uuid),
    Column("account_id", Uuid),
    Column("after", Uuid),
    Column("asked", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    of_a_version(),
    of_an_account(),
)


@dataclass(frozen=True, slots=True)
class RemakingRow:
    """Something to make anew: a version, learner by learner, or all versions for one person."""

    id: UUID
    version_id: UUID | None
    account_id: UUID | None
    after: UUID | None
    """The last learner that is done, in the order of their ids."""
    asked: datetime


def ask(tx: Tx, now: datetime, *, version_id: UUID | None = None, account_id: UUID | None = None) -> UUID:
    """Ask for a version, or a person, to be made anew; give the entry's name back."""
    values = {"id": uuid4(), "version_id": version_id, "account_id": account_id, "asked": now}
    tx.run(insert(remakings), {"space_id": tx.space} | values)
    return UUID(str(values["id"]))


def listed(tx: Tx, most: int | None = None) -> list[RemakingRow]:
    """List what is to be made anew, people first, then what was asked first."""
    query = _remaking.where(remakings.c.space_id == tx.space)
    query = query.order_by(remakings.c.account_id.is_(None), remakings.c.asked, remakings.c.id).limit(most)
    return [RemakingRow(*row) for row in tx.run(query)]


def go_on(tx: Tx, remaking_id: UUID, after: UUID) -> None:
    """Say how far one has come."""
    own = (remakings.c.space_id == tx.space) & (remakings.c.id == remaking_id)
    tx.run(update(remakings).where(own).values(after=after))


def finish(tx: Tx, remaking_ids: Iterable[UUID]) -> None:
    """Take entries away: they are done."""
    tx.run(delete(remakings).where(remakings.c.space_id == tx.space, remakings.c.id.in_([*remaking_ids])))


def learners(tx: Tx, after: UUID | None, most: int) -> list[UUID]:
    """Name the accounts that come after one, in the order of their ids."""
    query = select(accounts.c.id).where(accounts.c.space_id == tx.space)
    if after is not None:
        query = query.where(accounts.c.id > after)
    return list(tx.run(query.order_by(accounts.c.id).limit(most)).scalars())


def count_learners(tx: Tx) -> int:
    """Count the accounts that `learners` names."""
    query = select(func.count()).select_from(accounts)
    return int(tx.run(query.where(accounts.c.space_id == tx.space)).scalar_one())


def spaces(tx: Tx) -> list[int]:
    """Name the spaces in which something is to be made anew; asked before any space is set."""
    if tx.postgresql:
        return list(tx.run(text("select * from haidang_spaces_remaking()")).scalars())
    return list(tx.run(select(remakings.c.space_id).distinct()).scalars())


def count(tx: Tx) -> int:
    """Count what is to be made anew."""
    query = select(func.count()).select_from(remakings)
    return int(tx.run(query.where(remakings.c.space_id == tx.space)).scalar_one())


_remaking = select(*(remakings.c[name] for name in RemakingRow.__slots__))
