"""Tags: words that activities carry, so that a rule can name many at once. A version of a rule writes down what they stood for."""

from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text, Uuid, delete, select

from storage.columns import Space
from storage.database import Tx
from storage.keys import key
from storage.schema import metadata

tags = Table(
    "tags",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("tag", Text, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("activity", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "tag", "key"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


def put(tx: Tx, tag: str, activity: str) -> None:
    """Let an activity carry a tag."""
    values = {"space_id": tx.space, "tag": tag, "key": key(activity), "activity": activity}
    tx.run(tx.insert(tags).values(values).on_conflict_do_nothing())


def remove(tx: Tx, tag: str, activity: str) -> None:
    """Let an activity carry a tag no more."""
    tx.run(delete(tags).where(tags.c.space_id == tx.space, tags.c.tag == tag, tags.c.key == key(activity)))


def all_of(tx: Tx) -> dict[str, tuple[str, ...]]:
    """Map each tag to the activities that carry it, in one order."""
    query = select(tags.c.tag, tags.c.activity).where(tags.c.space_id == tx.space)
    found: dict[str, tuple[str, ...]] = {}
    for tag, activity in tx.run(query.order_by(tags.c.tag, tags.c.activity)):
        found[tag] = (*found.get(tag, ()), activity)
    return found
