"""What is kept of each learner and version of a rule: the text that `lrs/outcomes/rules/state.py` writes, and how far it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text, Uuid, case, func, select

from storage.columns import Space
from storage.database import Tx
from storage.people import of_an_account
from storage.rules import of_a_version
from storage.schema import metadata

states = Table(
    "states",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("version_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("body", Text, nullable=False),
    Column("met", Boolean, nullable=False),
    Column("done", Integer, nullable=False),
    PrimaryKeyConstraint("space_id", "version_id", "account_id"),
    of_a_version(),
    of_an_account(),
    Index(None, "space_id", "account_id"),
)

WHOLE = 1000
"""What `done` is when nothing is missing."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StateRow:
    """The state of one learner and one version."""

    version_id: UUID
    account_id: UUID
    body: str
    met: bool
    done: int
    """In thousandths."""


def find(tx: Tx, version_id: UUID, account_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the texts of some learners' states, by learner."""
    found: dict[UUID, str] = {}
    query = select(states.c.account_id, states.c.body).where(
        states.c.space_id == tx.space, states.c.version_id == version_id
    )
    for start in range(0, len(account_ids), _AT_ONCE):
        some = account_ids[start : start + _AT_ONCE]
        found.update((row[0], row[1]) for row in tx.run(query.where(states.c.account_id.in_(some))))
    return found


def of_account(tx: Tx, account_id: UUID) -> dict[UUID, str]:
    """Give the texts of all states of a learner, by version."""
    query = select(states.c.version_id, states.c.body)
    query = query.where(states.c.space_id == tx.space, states.c.account_id == account_id)
    return {row[0]: row[1] for row in tx.run(query)}


def versions_of(tx: Tx, account_ids: Sequence[UUID]) -> set[UUID]:
    """Name the versions of which something is kept of any of some learners."""
    query = select(states.c.version_id).distinct().where(states.c.space_id == tx.space)
    return {*tx.run(query.where(states.c.account_id.in_([*account_ids]))).scalars()}


def meets(tx: Tx, version_id: UUID, account_id: UUID) -> bool:
    """Tell whether a learner meets a version now."""
    own = (states.c.version_id == version_id) & (states.c.account_id == account_id)
    return bool(tx.run(select(states.c.met).where(states.c.space_id == tx.space, own)).scalar_one_or_none())


def put(tx: Tx, rows: Iterable[StateRow]) -> None:
    """Keep states in place of what was kept before."""
    add = tx.insert(states)
    said = {name: add.excluded[name] for name in ("body", "met", "done")}
    query = add.on_conflict_do_update(index_elements=["space_id", "version_id", "account_id"], set_=said)
    values = [{"space_id": tx.space} | {name: getattr(row, name) for name in StateRow.__slots__} for row in rows]
    if values:
        tx.run(query, values)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many learners have begun what a version asks, and how many meet it."""

    begun: int
    met: int


def counts(tx: Tx, version_id: UUID) -> Counts:
    """Count the learners of a version."""
    query = select(func.count(), func.coalesce(func.sum(case((states.c.met, 1), else_=0)), 0))
    row = tx.run(query.where(states.c.space_id == tx.space, states.c.version_id == version_id)).one()
    return Counts(int(row[0]), int(row[1]))


def progress(tx: Tx, version_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], int]:
    """Tell how far everybody is who has begun, in thousandths, by version and learner: what tables of progress are made of."""
    query = select(states.c.version_id, states.c.account_id, states.c.done)
    query = query.where(states.c.space_id == tx.space, states.c.version_id.in_([*version_ids]))
    return {(row[0], row[1]): row[2] for row in tx.run(query)}
