"""Badges of skills: one for each award that its owner has asked for, with a code and a place in a status list. No row holds a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import of_an_account
from storage.schema import metadata

skill_badges = Table(
    "skill_badges",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("rule_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("reached", Instant, nullable=False),
    Column("issued", Instant, nullable=False),
    Column("list", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("revoked", Instant),
    PrimaryKeyConstraint("space_id", "id"),
    UniqueConstraint("space_id", "code"),
    UniqueConstraint("space_id", "list", "place"),
    of_an_account(),
    ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"]),
    Index(None, "space_id", "account_id", "rule_id"),
)


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """A badge that somebody has asked for."""

    id: UUID
    account_id: UUID
    rule_id: UUID
    code: str
    told: str
    """What it is for, in the words of that day, as JSON."""
    reached: datetime
    issued: datetime
    list: int
    place: int
    """Where it stands in which status list."""
    revoked: datetime | None = None


def add(tx: Tx, row: BadgeRow) -> bool:
    """Keep a badge; tell whether its id, its code and its place were free."""
    values = {name: getattr(row, name) for name in BadgeRow.__slots__}
    query = tx.insert(skill_badges).values(space_id=tx.space, **values).on_conflict_do_nothing()
    return tx.run(query.returning(skill_badges.c.id)).one_or_none() is not None


def of_rule(tx: Tx, account_id: UUID, rule_id: UUID) -> Sequence[BadgeRow]:
    """List the badges that somebody had by a rule, the earliest first."""
    own = skill_badges.c.account_id == account_id, skill_badges.c.rule_id == rule_id
    query = _badge.where(skill_badges.c.space_id == tx.space, *own)
    return [BadgeRow(*row) for row in tx.run(query.order_by(skill_badges.c.issued, skill_badges.c.id))]


def find(tx: Tx, badge_id: UUID) -> BadgeRow | None:
    """Find a badge."""
    row = tx.run(_badge.where(skill_badges.c.space_id == tx.space, skill_badges.c.id == badge_id)).one_or_none()
    return None if row is None else BadgeRow(*row)


def by_code(tx: Tx, code: str) -> BadgeRow | None:
    """Find a badge by its code."""
    row = tx.run(_badge.where(skill_badges.c.space_id == tx.space, skill_badges.c.code == code)).one_or_none()
    return None if row is None else BadgeRow(*row)


def revoke(tx: Tx, account_id: UUID, rule_id: UUID, now: datetime) -> int:
    """Let nothing be valid any more that somebody had by a rule; count it."""
    own = skill_badges.c.account_id == account_id, skill_badges.c.rule_id == rule_id
    which = (skill_badges.c.space_id == tx.space, *own, skill_badges.c.revoked.is_(None))
    return int(tx.run(update(skill_badges).where(*which).values(revoked=now)).rowcount)


def newest(tx: Tx) -> tuple[int, int]:
    """Tell the newest status list, and how many of its places are taken; list 0 where there is none."""
    here = skill_badges.c.space_id == tx.space
    last = select(func.coalesce(func.max(skill_badges.c.list), 0)).where(here).scalar_subquery()
    number, taken = tx.run(select(last, func.count()).where(here, skill_badges.c.list == last)).one()
    return int(number), int(taken)


def revoked(tx: Tx, number: int) -> list[int]:
    """List the places of a status list whose badges are valid no more."""
    which = skill_badges.c.list == number, skill_badges.c.revoked.is_not(None)
    query = select(skill_badges.c.place).where(skill_badges.c.space_id == tx.space, *which)
    return [*tx.run(query.order_by(skill_badges.c.place)).scalars()]


_badge = select(*(skill_badges.c[name] for name in BadgeRow.__slots__))
