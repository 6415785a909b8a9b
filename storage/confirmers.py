"""Which role somebody had when they confirmed something: said once, with the statement, so that a replay years later hears the same."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text, Uuid, select

from storage.columns import Space
from storage.database import Tx
from storage.schema import metadata

confirmers = Table(
    "confirmers",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("statement_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "statement_id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


def note(tx: Tx, roles: Mapping[UUID, str]) -> None:
    """Write down who had which role; what was said first stays."""
    values = [{"space_id": tx.space, "statement_id": each, "role": role} for each, role in roles.items()]
    if values:
        tx.run(tx.insert(confirmers).on_conflict_do_nothing(), values)


def roles(tx: Tx, statement_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Tell the roles that were written down with some statements."""
    if not statement_ids:
        return {}
    query = select(confirmers.c.statement_id, confirmers.c.role).where(confirmers.c.space_id == tx.space)
    return {row[0]: row[1] for row in tx.run(query.where(confirmers.c.statement_id.in_(statement_ids)))}
