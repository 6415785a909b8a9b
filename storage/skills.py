"""The set of skills of a space, its skills in their order, and who was told of which (docs/skills.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Exists,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    exists,
    func,
    insert,
    select,
    update,
)

from storage.awards import awards
from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import of_an_account
from storage.rules import rule_versions
from storage.schema import metadata
from storage.states import states


def _of_a_rule() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["space_id", "rule_id"], ["rules.space_id", "rules.id"])


skill_sets = Table(
    "skill_sets",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("titles", Text, nullable=False),
    Column("rule_id", Uuid),
    Column("changed", Integer, nullable=False),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    _of_a_rule(),
)

skills = Table(
    "skills",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("titles", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("picture", Text, nullable=False),
    Column("asks", Text, nullable=False),
    Column("rule_id", Uuid),
    Column("removed", Instant),
    PrimaryKeyConstraint("space_id", "id"),
    ForeignKeyConstraint(["space_id"], ["spaces.id"]),
    _of_a_rule(),
)

skill_joys = Table(
    "skill_joys",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("rule_id", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("space_id", "account_id", "rule_id"),
    of_an_account(),
    _of_a_rule(),
)


THE_ONE = UUID(int=1)
"""The set of a space: there is one, and so two who make it at once make the same."""


@dataclass(frozen=True, slots=True)
class SetRow:
    """What the skills of a space are called together."""

    titles: str
    """By language, as JSON."""
    rule_id: UUID | None = None
    """The rule that asks for all of them, once all can be filled."""
    changed: int = 0
    """How often it was changed: two who edit at once must not undo each other's work."""


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill: what it is called, what counts for it, and the rule that says so."""

    id: UUID
    position: int
    titles: str
    says: str
    """What somebody can do who has it; both by language, as JSON."""
    picture: str
    asks: str
    """What counts for it, as JSON (lrs/skills/asking.py)."""
    rule_id: UUID | None = None
    """None as long as nothing is there that could count."""
    removed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """A skill as it stands with somebody, at a glance."""

    id: UUID
    titles: str
    picture: str
    rule_id: UUID | None
    done: int
    """In thousandths, by what its rule says now."""
    got: bool
    """Whether it was awarded, by whatever its rule said."""
    told: bool
    """Whether they were told."""


def the_set(tx: Tx) -> SetRow | None:
    """Give the set of a space, if it has one."""
    query = select(*_of(skill_sets, SetRow)).where(skill_sets.c.space_id == tx.space)
    row = tx.run(query.order_by(skill_sets.c.id).limit(1)).one_or_none()
    return None if row is None else SetRow(*row)


def begin(tx: Tx, titles: str) -> bool:
    """Make the set of a space; tell whether there was none."""
    query = tx.insert(skill_sets).values(space_id=tx.space, id=THE_ONE, titles=titles, changed=0)
    return tx.run(query.on_conflict_do_nothing().returning(skill_sets.c.id)).one_or_none() is not None


def count_change(tx: Tx, seen: int | None = None) -> bool:
    """Count a change of the set; tell whether nobody was faster than who had seen so many."""
    query = update(skill_sets).where(skill_sets.c.space_id == tx.space)
    if seen is not None:
        query = query.where(skill_sets.c.changed == seen)
    return bool(tx.run(query.values(changed=skill_sets.c.changed + 1)).rowcount)


def hold(tx: Tx) -> None:
    """Let nobody else change the set before this transaction ends."""
    tx.run(select(skill_sets.c.id).where(skill_sets.c.space_id == tx.space).with_for_update())


def set_rule(tx: Tx, titles: str, rule_id: UUID | None) -> None:
    """Let the set be called so, and have this rule; how often it was changed stays as it is."""
    query = update(skill_sets).where(skill_sets.c.space_id == tx.space)
    tx.run(query.values(titles=titles, rule_id=rule_id))


def add(tx: Tx, row: SkillRow) -> None:
    """Keep a skill that is new."""
    values = {name: getattr(row, name) for name in SkillRow.__slots__}
    tx.run(insert(skills), {"space_id": tx.space} | values)


def change(tx: Tx, row: SkillRow) -> None:
    """Keep what is said of a skill now."""
    values = {name: getattr(row, name) for name in SkillRow.__slots__ if name != "id"}
    tx.run(update(skills).where(skills.c.space_id == tx.space, skills.c.id == row.id).values(values))


def find(tx: Tx, skill_id: UUID) -> SkillRow | None:
    """Find a skill, also one that was removed."""
    row = tx.run(_skill.where(skills.c.space_id == tx.space, skills.c.id == skill_id)).one_or_none()
    return None if row is None else SkillRow(*row)


def with_rule(tx: Tx, rule_id: UUID) -> SkillRow | None:
    """Find the skill of a rule, also one that was removed."""
    row = tx.run(_skill.where(skills.c.space_id == tx.space, skills.c.rule_id == rule_id)).one_or_none()
    return None if row is None else SkillRow(*row)


def rules_of(tx: Tx) -> frozenset[UUID]:
    """Name the rule of the set, and those of the skills that are in it."""
    own = select(skills.c.rule_id).where(skills.c.space_id == tx.space, skills.c.removed.is_(None))
    query = own.union(select(skill_sets.c.rule_id).where(skill_sets.c.space_id == tx.space))
    return frozenset(each for each in tx.run(query).scalars() if each is not None)


def is_of_one(tx: Tx, rule_id: UUID) -> bool:
    """Tell whether a rule is that of a skill, or of the set."""
    whole = the_set(tx)
    return with_rule(tx, rule_id) is not None or (whole is not None and whole.rule_id == rule_id)


def listed(tx: Tx) -> list[SkillRow]:
    """List the skills of the set, in their order."""
    query = _skill.where(skills.c.space_id == tx.space, skills.c.removed.is_(None))
    return [SkillRow(*row) for row in tx.run(query.order_by(skills.c.position, skills.c.id))]


def tell(tx: Tx, account_id: UUID, rule_ids: Iterable[UUID], now: datetime) -> None:
    """Write down that somebody was told what they have completed."""
    values = [{"space_id": tx.space, "account_id": account_id, "rule_id": each, "at": now} for each in rule_ids]
    if values:
        tx.run(tx.insert(skill_joys).on_conflict_do_nothing(), values)


def glance(tx: Tx, account_id: UUID) -> list[Glance]:
    """Tell how each skill of the set stands with somebody, in one query."""
    of_rule = (rule_versions.c.space_id == skills.c.space_id) & (rule_versions.c.rule_id == skills.c.rule_id)
    newest = select(func.max(rule_versions.c.number)).where(of_rule).correlate(skills).scalar_subquery()
    kept = (
        select(states.c.done)
        .join(
            rule_versions,
            (rule_versions.c.space_id == states.c.space_id) & (rule_versions.c.id == states.c.version_id),
        )
        .where(states.c.space_id == skills.c.space_id, states.c.account_id == account_id)
        .where(rule_versions.c.rule_id == skills.c.rule_id, rule_versions.c.number == newest)
        .correlate(skills)
        .scalar_subquery()
    )
    query = select(
        *(skills.c[name] for name in ("id", "titles", "picture", "rule_id")),
        func.coalesce(kept, 0),
        _got(account_id),
        exists().where(
            skill_joys.c.space_id == skills.c.space_id,
            skill_joys.c.account_id == account_id,
            skill_joys.c.rule_id == skills.c.rule_id,
        ),
    ).where(skills.c.space_id == tx.space, skills.c.removed.is_(None))
    found = tx.run(query.order_by(skills.c.position, skills.c.id))
    return [Glance(*row) for row in found]


def _got(account_id: UUID) -> Exists:
    return exists().where(
        awards.c.space_id == skills.c.space_id,
        awards.c.account_id == account_id,
        awards.c.taken.is_(None),
        awards.c.version_id == rule_versions.c.id,
        rule_versions.c.space_id == skills.c.space_id,
        rule_versions.c.rule_id == skills.c.rule_id,
    )


def _of(table: Table, row: type) -> list[Column[object]]:
    return [table.c[name] for name in row.__slots__]  # type: ignore[attr-defined]  # every row has slots


_skill = select(*_of(skills, SkillRow))
