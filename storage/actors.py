"""Who is who outside: identifiers that were confirmed to be a person's, and those that are nobody's yet; none of them in clear."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Uuid,
    delete,
    func,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import of_an_account
from storage.schema import metadata

actors = Table(
    "actors",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("blind", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("confirmed", Instant, nullable=False),
    Column("confirmed_by", Uuid),
    PrimaryKeyConstraint("space_id", "blind"),
    of_an_account(),
    Index(None, "space_id", "account_id"),
    Index(None, "space_id", "key_id"),
)

strangers = Table(
    "strangers",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("blind", LargeBinary, nullable=False),
    Column("key_id", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("count", Integer, nullable=False),
    Column("first", Instant, nullable=False),
    Column("last", Instant, nullable=False),
    Column("passed", Instant),
    PrimaryKeyConstraint("space_id", "blind"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "key_id"),
)


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An identifier that is a person's, sealed, and who said so when."""

    blind: bytes
    account_id: UUID
    key_id: int
    sealed: bytes
    confirmed: datetime
    confirmed_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class StrangerRow:
    """An actor who is nobody yet, sealed; how many statements came of them, and when the first and the last."""

    blind: bytes
    key_id: int
    sealed: bytes
    count: int
    first: datetime
    last: datetime


def owners(tx: Tx, blinds: Sequence[bytes]) -> dict[bytes, UUID]:
    """Tell whose identifiers these are, those that are anybody's."""
    query = select(actors.c.blind, actors.c.account_id).where(actors.c.space_id == tx.space)
    return {row[0]: row[1] for row in tx.run(query.where(actors.c.blind.in_(blinds)))} if blinds else {}


def of_accounts(tx: Tx, account_ids: Iterable[UUID]) -> list[ActorRow]:
    """List the identifiers of some people."""
    query = _actor.where(actors.c.space_id == tx.space, actors.c.account_id.in_([*account_ids]))
    return [ActorRow(*row) for row in tx.run(query.order_by(actors.c.confirmed, actors.c.blind))]


def confirm(tx: Tx, actor: ActorRow) -> bool:
    """Say whose an identifier is; of any number who say so, the first one is heard, and the others are told so."""
    values = {"space_id": tx.space} | {name: getattr(actor, name) for name in ActorRow.__slots__}
    query = tx.insert(actors).values(values).on_conflict_do_nothing().returning(actors.c.blind)
    return tx.run(query).one_or_none() is not None


def remove(tx: Tx, blind: bytes) -> UUID | None:
    """Say that an identifier is nobody's after all; tell whose it was."""
    query = delete(actors).where(actors.c.space_id == tx.space, actors.c.blind == blind)
    return tx.run(query.returning(actors.c.account_id)).scalar_one_or_none()


def meet(tx: Tx, met: Iterable[StrangerRow]) -> None:
    """Count statements of actors who are nobody yet."""
    add = tx.insert(strangers)
    query = add.on_conflict_do_update(
        index_elements=["space_id", "blind"],
        set_={"count": strangers.c.count + add.excluded.count, "last": add.excluded.last},
    )
    values = [{"space_id": tx.space} | {name: getattr(row, name) for name in StrangerRow.__slots__} for row in met]
    if values:
        tx.run(query, values)


def unmatched(tx: Tx, most: int, *, passed: bool = False) -> list[StrangerRow]:
    """List actors who are nobody yet, those of most statements first; or those that somebody has passed over."""
    over = strangers.c.passed.is_not(None) if passed else strangers.c.passed.is_(None)
    query = _stranger.where(strangers.c.space_id == tx.space, over)
    return [
        StrangerRow(*row) for row in tx.run(query.order_by(strangers.c.count.desc(), strangers.c.blind).limit(most))
    ]


def count_unmatched(tx: Tx) -> int:
    """Count the actors who are nobody yet, and whom nobody has passed over."""
    query = select(func.count()).select_from(strangers)
    return int(tx.run(query.where(strangers.c.space_id == tx.space, strangers.c.passed.is_(None))).scalar_one())


def stranger(tx: Tx, blind: bytes) -> StrangerRow | None:
    """Find an actor who is nobody yet."""
    row = tx.run(_stranger.where(strangers.c.space_id == tx.space, strangers.c.blind == blind)).one_or_none()
    return None if row is None else StrangerRow(*row)


def pass_over(tx: Tx, blind: bytes, now: datetime | None) -> None:
    """Say that an actor is nobody of ours, or may be after all."""
    tx.run(update(strangers).where(strangers.c.space_id == tx.space, strangers.c.blind == blind).values(passed=now))


def forget_stranger(tx: Tx, blind: bytes) -> None:
    """Take an actor off the list: it is known now who that is."""
    tx.run(delete(strangers).where(strangers.c.space_id == tx.space, strangers.c.blind == blind))


def sealed_with_others(tx: Tx, key_id: int, most: int) -> tuple[list[ActorRow], list[StrangerRow]]:
    """List some rows that another key than this has sealed, and hold them until they are sealed anew."""
    known = _actor.where(actors.c.space_id == tx.space, actors.c.key_id != key_id).limit(most).with_for_update()
    unknown = _stranger.where(strangers.c.space_id == tx.space, strangers.c.key_id != key_id).limit(most)
    return (
        [ActorRow(*row) for row in tx.run(known)],
        [StrangerRow(*row) for row in tx.run(unknown.with_for_update())],
    )


def reseal(tx: Tx, before: bytes, blind: bytes, key_id: int, sealed: bytes) -> None:
    """Keep an identifier under another key; one that is there already under the new one is counted with it."""
    if tx.run(select(strangers.c.blind).where(strangers.c.space_id == tx.space, strangers.c.blind == blind)).first():
        found = stranger(tx, before)
        if found is not None:
            forget_stranger(tx, before)
            meet(tx, [StrangerRow(blind, key_id, sealed, found.count, found.first, found.last)])
    values = {"blind": blind, "key_id": key_id, "sealed": sealed}
    for table in (actors, strangers):
        tx.run(update(table).where(table.c.space_id == tx.space, table.c.blind == before).values(values))


_actor = select(*(actors.c[name] for name in ActorRow.__slots__))
_stranger = select(*(strangers.c[name] for name in StrangerRow.__slots__))
