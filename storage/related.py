"""What a statement is found by beside its own columns: the agents and activities that it mentions elsewhere, as sixteen bytes each.

The time of storage is beside the place because it names the part of the log to look into.
"""

from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Uuid

from storage.columns import Instant, Space
from storage.keys import key
from storage.schema import metadata

related = Table(
    "related",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("stored", Instant, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("space_id", "key", "stored", "seq"),
)

voided = Table(
    "voided",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("by", Uuid, nullable=False),
    PrimaryKeyConstraint("space_id", "id", "by"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


def agent(identifier: str) -> UUID:
    """Key a statement by an agent who is its object, or a member of its actor or object."""
    return key("agent", identifier)


def related_agent(identifier: str) -> UUID:
    """Key a statement by an agent whom it mentions anywhere."""
    return key("related agent", identifier)


def related_activity(iri: str) -> UUID:
    """Key a statement by an activity that it mentions anywhere."""
    return key("related activity", iri)
