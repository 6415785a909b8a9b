"""Awards: who has met which version of a rule, by which statement, and on which statements that rests. Given once, never removed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    bindparam,
    distinct,
    func,
    insert,
    select,
    update,
)

from storage import claims
from storage.columns import Instant, Space
from storage.database import Tx
from storage.people import of_an_account
from storage.rules import of_a_version, rule_versions, rules
from storage.schema import metadata

awards = Table(
    "awards",
    metadata,
    Column("space_id", Space, nullable=False),
    Column("version_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("decided", Uuid, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("reached", Instant, nullable=False),
    Column("taken", Instant),
    PrimaryKeyConstraint("space_id", "version_id", "account_id"),
    of_a_version(),
    of_an_account(),
    Index(None, "space_id", "account_id"),
    Index(None, "space_id", "reached"),
)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An award as it is kept."""

    version_id: UUID
    account_id: UUID
    decided: UUID
    """The statement that decided."""
    evidence: tuple[UUID, ...]
    """The statements on which it rests."""
    reached: datetime
    """When the statement that decided was stored."""
    taken: datetime | None = None
    """When a person took it back, after a review."""


def give(tx: Tx, given: Iterable[AwardRow]) -> None:
    """Give awards; to give one twice is a mistake, and an error."""
    if values := [{"space_id": tx.space} | _columns(award) for award in given]:
        tx.run(insert(awards), values)


def give_again(tx: Tx, given: Iterable[AwardRow]) -> None:
    """Give awards anew that a person had taken back."""
    for award in given:
        tx.run(update(awards).where(_is(tx, award.version_id, award.account_id)).values(_columns(award)))


def rest(tx: Tx, changed: Iterable[AwardRow]) -> None:
    """Let awards rest on other evidence."""
    for award in changed:
        shown = _columns(award)["evidence"]
        tx.run(update(awards).where(_is(tx, award.version_id, award.account_id)).values(evidence=shown))


def take(tx: Tx, version_id: UUID, account_id: UUID, now: datetime | None) -> None:
    """Take an award back, or give it again: a person has decided so."""
    tx.run(update(awards).where(_is(tx, version_id, account_id)).values(taken=now))


def find(tx: Tx, version_id: UUID, account_ids: Sequence[UUID]) -> dict[UUID, AwardRow]:
    """Find the awards by a version of some people, by person."""
    found: dict[UUID, AwardRow] = {}
    query = _award.where(awards.c.space_id == tx.space, awards.c.version_id == version_id)
    for start in range(0, len(account_ids), _AT_ONCE):
        some = account_ids[start : start + _AT_ONCE]
        found.update((row[1], _row(row)) for row in tx.run(query.where(awards.c.account_id.in_(some))))
    return found


def of_account(tx: Tx, account_id: UUID) -> list[AwardRow]:
    """List the awards of a person, the latest first."""
    query = _award.where(awards.c.space_id == tx.space, awards.c.account_id == account_id)
    return [_row(row) for row in tx.run(query.order_by(awards.c.reached.desc(), awards.c.version_id))]


def held(tx: Tx, account_id: UUID) -> dict[UUID, AwardRow]:
    """Map each rule by whatever version of which somebody holds an award to the first of them."""
    query = _award.add_columns(rule_versions.c.rule_id).join(rule_versions, _of_version)
    query = query.where(awards.c.space_id == tx.space, awards.c.account_id == account_id, awards.c.taken.is_(None))
    rows = tx.run(query.order_by(awards.c.reached.desc(), awards.c.version_id))
    return {row[-1]: _row(row[:-1]) for row in rows}


def holders(tx: Tx, rule_id: UUID, account_ids: Sequence[UUID]) -> dict[UUID, list[AwardRow]]:
    """Find what some people hold by any version of a rule, the latest first."""
    query = _award.join(rule_versions, _of_version).where(
        awards.c.space_id == tx.space,
        rule_versions.c.rule_id == rule_id,
        awards.c.taken.is_(None),
        awards.c.account_id.in_([*account_ids]),
    )
    found: dict[UUID, list[AwardRow]] = {}
    for row in tx.run(query.order_by(awards.c.reached.desc(), awards.c.version_id)):
        found.setdefault(row[1], []).append(_row(row))
    return found


def rules_of(tx: Tx, account_ids: Sequence[UUID]) -> set[UUID]:
    """Name the rules by any version of which any of some people was ever given an award."""
    query = select(rule_versions.c.rule_id).distinct().join_from(awards, rule_versions, _of_version)
    return {*tx.run(query.where(awards.c.space_id == tx.space, awards.c.account_id.in_([*account_ids]))).scalars()}


def count(tx: Tx, rule_id: UUID) -> int:
    """Count the people who hold an award by any version of a rule."""
    query = select(func.count(distinct(awards.c.account_id))).join_from(awards, rule_versions, _of_version)
    here = (awards.c.space_id == tx.space, rule_versions.c.rule_id == rule_id, awards.c.taken.is_(None))
    return int(tx.run(query.where(*here)).scalar_one())


def counts(tx: Tx) -> dict[UUID, int]:
    """Count the people who hold an award by any version of each rule."""
    query = select(rule_versions.c.rule_id, func.count(awards.c.account_id.distinct()))
    query = query.join_from(awards, rule_versions, _of_version).where(awards.c.space_id == tx.space)
    return {row[0]: row[1] for row in tx.run(query.where(awards.c.taken.is_(None)).group_by(rule_versions.c.rule_id))}


def reached(tx: Tx, account_id: UUID) -> dict[str, AwardRow]:
    """Map each lesson that somebody has completed, or a guest that they were, to the first award for it."""
    selves = claims.selves(bindparam("space", tx.space), bindparam("account", account_id, Uuid))
    query = (
        _award.add_columns(rules.c.activity)
        .join(rule_versions, _of_version)
        .join(rules, (rules.c.space_id == rule_versions.c.space_id) & (rules.c.id == rule_versions.c.rule_id))
        .where(awards.c.space_id == tx.space, awards.c.account_id.in_(selves))
        .where(awards.c.taken.is_(None), rules.c.activity.is_not(None))
        .order_by(awards.c.reached.desc())
    )
    return {row[-1]: _row(row[:-1]) for row in tx.run(query)}


def count_since(tx: Tx, moment: datetime) -> int:
    """Count what was reached from a moment on."""
    query = select(func.count()).select_from(awards)
    return int(tx.run(query.where(awards.c.space_id == tx.space, awards.c.reached >= moment)).scalar_one())


def _is(tx: Tx, version_id: UUID, account_id: UUID) -> ColumnElement[bool]:
    own: ColumnElement[bool] = (awards.c.version_id == version_id) & (awards.c.account_id == account_id)
    return (awards.c.space_id == tx.space) & own


def _columns(award: AwardRow) -> dict[str, object]:
    shown = orjson.dumps([each.hex for each in award.evidence]).decode()
    return {name: getattr(award, name) for name in AwardRow.__slots__} | {"evidence": shown}


def _row(row: Sequence[object]) -> AwardRow:
    version_id, account_id, decided, evidence, *more = row
    shown = tuple(UUID(each) for each in orjson.loads(str(evidence)))
    return AwardRow(version_id, account_id, decided, shown, *more)  # type: ignore[arg-type]  # rows are what tables say


_of_version = (rule_versions.c.space_id == awards.c.space_id) & (rule_versions.c.id == awards.c.version_id)
_award = select(*(awards.c[name] for name in AwardRow.__slots__))
