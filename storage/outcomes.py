"""What follows from statements: rules, outcomes with their evidence, and how far each follower has read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
)

from storage import claims
from storage.columns import Instant, Space
from storage.database import Tx
from storage.order import Position, count_until
from storage.schema import metadata

rules = Table(
    "rules",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("activity", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "activity"),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("rule_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("evidence", Uuid, nullable=False),
    Column("reached", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "rule_id", "account_id"),
    ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"]),
    ForeignKeyConstraint(["space_id", "account_id"], ["accounts.space_id", "accounts.id"]),
    Index(None, "space_id", "account_id"),
    Index(None, "space_id", "reached"),
)

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


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as it is kept."""

    id: UUID
    activity: str
    body: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """Somebody met a rule, and this statement shows it."""

    rule_id: UUID
    account_id: UUID
    evidence: UUID
    reached: datetime


def add_rule(tx: Tx, rule: RuleRow, created: datetime) -> None:
    """Keep a rule."""
    values = {"id": rule.id, "activity": rule.activity, "body": rule.body, "created": created}
    tx.run(insert(rules), {"space_id": tx.space} | values)


def rules_about(tx: Tx, activity: str) -> list[RuleRow]:
    """List the rules that an activity can meet."""
    query = select(rules.c.id, rules.c.activity, rules.c.body)
    query = query.where(rules.c.space_id == tx.space, rules.c.activity == activity).order_by(rules.c.id)
    return [RuleRow(*row) for row in tx.run(query)]


def add_outcome(tx: Tx, outcome: OutcomeRow) -> None:
    """Record an outcome; the first evidence stays."""
    there = select(outcomes.c.rule_id).where(
        outcomes.c.space_id == tx.space,
        outcomes.c.rule_id == outcome.rule_id,
        outcomes.c.account_id == outcome.account_id,
    )
    if tx.run(there).first() is None:
        values = {
            "space_id": tx.space,
            "rule_id": outcome.rule_id,
            "account_id": outcome.account_id,
            "evidence": outcome.evidence,
            "reached": outcome.reached,
        }
        tx.run(insert(outcomes), values)


def outcomes_of(tx: Tx, account_id: UUID) -> dict[str, OutcomeRow]:
    """Map each activity whose rule somebody met, or a guest that they were, to the first such outcome."""
    selves = claims.selves(bindparam("space", tx.space), bindparam("account", account_id, Uuid))
    query = (
        select(
            rules.c.activity,
            outcomes.c.rule_id,
            outcomes.c.account_id,
            outcomes.c.evidence,
            outcomes.c.reached,
        )
        .join(rules, (rules.c.space_id == outcomes.c.space_id) & (rules.c.id == outcomes.c.rule_id))
        .where(outcomes.c.space_id == tx.space, outcomes.c.account_id.in_(selves))
        .order_by(outcomes.c.reached.desc())
    )
    return {activity: OutcomeRow(*row) for activity, *row in tx.run(query)}


def count_since(tx: Tx, moment: datetime) -> int:
    """Count what was reached from a moment on."""
    query = select(func.count()).select_from(outcomes)
    return int(tx.run(query.where(outcomes.c.space_id == tx.space, outcomes.c.reached >= moment)).scalar_one())


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
