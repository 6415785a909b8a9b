"""A few facts about this installation that belong to no space."""

from sqlalchemy import Column, Table, Text, select, update

from storage.database import Tx
from storage.schema import metadata

service = Table(
    "service",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

EPOCH = "epoch"
"""Raised by each restore: transaction ids start low again in a new cluster (docs/followers.md)."""


def read(tx: Tx, name: str) -> str | None:
    """Read one fact."""
    found: str | None = tx.run(select(service.c.value).where(service.c.name == name)).scalar_one_or_none()
    return found


def write(tx: Tx, name: str, value: str) -> None:
    """Change one fact."""
    tx.run(update(service).where(service.c.name == name).values(value=value))
