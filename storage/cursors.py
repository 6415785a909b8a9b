"""How far each follower has read, and whose turn it is."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    delete,
    insert,
    select,
    text,
)

from storage.columns import Space
from storage.database import Tx
from storage.order import Position, count_until
from storage.schema import metadata

cursors = Table(
    "cursors",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("follower", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("txid", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("passed", BigInteger),
    PrimaryKeyConstraint("space_id", "follower"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
)


def take_turn(tx: Tx, follower: str) -> None:
    """Keep others from following here until this transaction ends: a leader that was cut off may still be at work."""
    if tx.postgresql:  # SQLite has one writer, and this is one
        name = text("select pg_advisory_xact_lock(hashtextextended(:name, :space))")
        tx.run(name, {"name": f"haidang cursor {follower}", "space": tx.space})


def read_cursor(tx: Tx, follower: str) -> Position:
    """Tell how far a follower has read in this space."""
    query = select(cursors.c.epoch, cursors.c.txid, cursors.c.seq)
    row = tx.run(query.where(cursors.c.space_id == tx.space, cursors.c.follower == follower)).one_or_none()
    return Position() if row is None else Position(*row)


def move_cursor(tx: Tx, follower: str, position: Position, more: int | None = None) -> None:
    """Say how far a follower has read, and how many more that were, in the transaction of what it did.

    They are counted where nobody says so, or where an earlier release has moved the cursor and did not count.
    """
    here = (cursors.c.space_id == tx.space) & (cursors.c.follower == follower)
    before = tx.run(select(cursors.c.passed).where(here)).one_or_none()
    tx.run(delete(cursors).where(here))
    values = {"epoch": position.epoch, "txid": position.txid, "seq": position.seq}
    passed = 0 if before is None else before.passed
    values["passed"] = count_until(tx, position) if passed is None or more is None else passed + more
    tx.run(insert(cursors), {"space_id": tx.space, "follower": follower} | values)
