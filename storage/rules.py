"""Rules and their versions: a rule is a name for what changes, a version is what never does."""

from collections.abc import Iterable
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
    insert,
    select,
    update,
)

from storage.columns import Instant, Space
from storage.database import Tx
from storage.schema import metadata

rules = Table(
    "rules",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("activity", Text),
    Column("created", Instant, nullable=False),
    Column("ended", Instant),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    Index(None, "space_id", "activity"),
)

rule_versions = Table(
    "rule_versions",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("rule_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("tags", Text, nullable=False, server_default="{}"),
    Column("zone", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("made_by", Uuid),
    PrimaryKeyConstraint("space_id", "id"),
    UniqueConstraint("space_id", "rule_id", "number"),
    ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"]),
)


def of_a_version() -> ForeignKeyConstraint:
    """Tie a row to a version of a rule of its space."""
    return ForeignKeyConstraint(["space_id", "version_id"], ["rule_versions.space_id", "rule_versions.id"])


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, whatever its versions say."""

    id: UUID
    name: str
    activity: str | None
    """The one whose completion it says, if it is that of a lesson."""
    created: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What a rule says from a moment on, with what it has to know of the world: JSON texts."""

    id: UUID
    rule_id: UUID
    number: int
    body: str
    tags: str
    """The activities behind each tag."""
    zone: str
    created: datetime
    made_by: UUID | None = None


def add(tx: Tx, rule: RuleRow) -> None:
    """Keep a rule, still without a version."""
    values = {"id": rule.id, "name": rule.name, "activity": rule.activity, "created": rule.created}
    tx.run(insert(rules), {"space_id": tx.space} | values)


def add_version(tx: Tx, version: VersionRow) -> None:
    """Keep a version: from this commit on it is what its rule says."""
    values = {name: getattr(version, name) for name in VersionRow.__slots__}
    tx.run(insert(rule_versions), {"space_id": tx.space} | values)


def rename(tx: Tx, rule_id: UUID, name: str) -> None:
    """Call a rule something else."""
    tx.run(update(rules).where(rules.c.space_id == tx.space, rules.c.id == rule_id).values(name=name))


def end(tx: Tx, rule_id: UUID, now: datetime | None) -> None:
    """Follow a rule no more, or again; what was given by it stays."""
    tx.run(update(rules).where(rules.c.space_id == tx.space, rules.c.id == rule_id).values(ended=now))


def find(tx: Tx, rule_id: UUID) -> RuleRow | None:
    """Find a rule."""
    row = tx.run(_rule.where(rules.c.space_id == tx.space, rules.c.id == rule_id)).one_or_none()
    return None if row is None else RuleRow(*row)


def listed(tx: Tx) -> list[RuleRow]:
    """List all rules, the oldest first."""
    query = _rule.where(rules.c.space_id == tx.space).order_by(rules.c.created, rules.c.id)
    return [RuleRow(*row) for row in tx.run(query)]


def of_activity(tx: Tx, activity: str) -> UUID | None:
    """Find the rule that says when a lesson is completed."""
    query = select(rules.c.id).where(rules.c.space_id == tx.space, rules.c.activity == activity)
    return tx.run(query.order_by(rules.c.created, rules.c.id).limit(1)).scalar_one_or_none()


def history(tx: Tx, rule_id: UUID) -> list[VersionRow]:
    """List the versions of a rule, the newest first."""
    query = _version.where(rule_versions.c.space_id == tx.space, rule_versions.c.rule_id == rule_id)
    return [VersionRow(*row) for row in tx.run(query.order_by(rule_versions.c.number.desc()))]


def newest(tx: Tx, rule_id: UUID) -> VersionRow | None:
    """Give what a rule says now."""
    query = _version.where(rule_versions.c.space_id == tx.space, rule_versions.c.rule_id == rule_id)
    row = tx.run(query.order_by(rule_versions.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else VersionRow(*row)


def versions(tx: Tx, version_ids: Iterable[UUID]) -> list[VersionRow]:
    """Find versions by their ids."""
    query = _version.where(rule_versions.c.space_id == tx.space, rule_versions.c.id.in_([*version_ids]))
    return [VersionRow(*row) for row in tx.run(query)]


def in_force(tx: Tx) -> list[UUID]:
    """Name the newest version of each rule that has not ended, in the order of the rules."""
    newest = (
        select(rule_versions.c.rule_id, func.max(rule_versions.c.number).label("number"))
        .where(rule_versions.c.space_id == tx.space)
        .group_by(rule_versions.c.rule_id)
        .subquery()
    )
    query = (
        select(rule_versions.c.id)
        .join(newest, (newest.c.rule_id == rule_versions.c.rule_id) & (newest.c.number == rule_versions.c.number))
        .join(rules, (rules.c.space_id == rule_versions.c.space_id) & (rules.c.id == rule_versions.c.rule_id))
        .where(rule_versions.c.space_id == tx.space, rules.c.ended.is_(None))
    )
    return list(tx.run(query.order_by(rules.c.created, rules.c.id)).scalars())


_rule = select(rules.c.id, rules.c.name, rules.c.activity, rules.c.created, rules.c.ended)
_version = select(*(rule_versions.c[name] for name in VersionRow.__slots__))
