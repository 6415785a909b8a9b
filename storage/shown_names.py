"""How much of somebody's name whoever checks their certificates on the network may read: what they have chosen themselves."""

from uuid import UUID

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text, Uuid, select

from storage.columns import Space
from storage.database import Tx
from storage.people import of_an_account
from storage.schema import metadata

WHOLE, INITIALS, NOTHING = "whole", "initials", "nothing"

shown_names = Table(
    "shown_names",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("shown", Text, nullable=False),
    PrimaryKeyConstraint("space_id", "account_id"),
    of_an_account(),
)


def chosen(tx: Tx, account: UUID) -> str:
    """Tell what somebody has chosen; who chose nothing shows their name, as their paper does."""
    query = select(shown_names.c.shown).where(shown_names.c.space_id == tx.space, shown_names.c.account_id == account)
    return tx.run(query).scalar_one_or_none() or WHOLE


def choose(tx: Tx, account: UUID, shown: str) -> None:
    """Write down what somebody has chosen."""
    query = tx.insert(shown_names).values(space_id=tx.space, account_id=account, shown=shown)
    tx.run(query.on_conflict_do_update(index_elements=["space_id", "account_id"], set_={"shown": shown}))
