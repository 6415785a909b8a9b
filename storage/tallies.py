"""How far people have come, counted: in a course by unit, batch and part (docs/courses.md); who has what, by unit (docs/skills.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, case, func, or_, select

from storage.awards import awards
from storage.database import Tx
from storage.enrolments import enrolments
from storage.people import GUEST, accounts
from storage.rules import rule_versions
from storage.units import members


@dataclass(frozen=True, slots=True)
class Tally:
    """Of those in a unit and a batch, or in none, how many are enrolled, have begun, have completed."""

    unit_id: UUID | None
    batch_id: UUID | None
    enrolled: int
    begun: int
    completed: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many have a part before them as the first that is missing: all, those who have begun, those who have not moved for long."""

    stage: int
    people: int
    begun: int
    still: int


def by_unit(tx: Tx, course_id: UUID, day: date) -> list[Tally]:
    """Count the people of a course by the unit to which they belong on a day, and by batch."""
    query = (
        select(
            members.c.unit_id,
            enrolments.c.batch_id,
            func.count(),
            func.count(func.coalesce(enrolments.c.begun, enrolments.c.completed)),
            func.count(enrolments.c.completed),
        )
        .select_from(enrolments.join(members, _belongs(enrolments.c.account_id, day), isouter=True))
        .where(enrolments.c.space_id == tx.space, enrolments.c.course_id == course_id, enrolments.c.ended.is_(None))
        .group_by(members.c.unit_id, enrolments.c.batch_id)
    )
    return [Tally(*row) for row in tx.run(query)]


def by_stage(tx: Tx, course_id: UUID, batch_id: UUID | None, since: datetime) -> list[Waiting]:
    """Count those who have not completed by the first part that is missing, and of them those who have not moved since a moment."""
    lately = func.coalesce(enrolments.c.moved, enrolments.c.since)
    query = (
        select(
            enrolments.c.stage,
            func.count(),
            func.count(enrolments.c.begun),
            func.coalesce(func.sum(case((lately < since, 1), else_=0)), 0),
        )
        .where(enrolments.c.space_id == tx.space, enrolments.c.course_id == course_id, enrolments.c.ended.is_(None))
        .where(enrolments.c.completed.is_(None))
        .group_by(enrolments.c.stage)
        .order_by(enrolments.c.stage)
    )
    if batch_id is not None:
        query = query.where(enrolments.c.batch_id == batch_id)
    return [Waiting(*map(int, row)) for row in tx.run(query)]


@dataclass(frozen=True, slots=True)
class Having:
    """Of those in a unit, or in none, how many have what a rule gives."""

    unit_id: UUID | None
    rule_id: UUID
    people: int


def having(tx: Tx, rule_ids: Iterable[UUID], day: date) -> list[Having]:
    """Count who has what some rules give, by the unit to which they belong on a day; each of them once a rule."""
    query = (
        select(members.c.unit_id, rule_versions.c.rule_id, func.count(awards.c.account_id.distinct()))
        .select_from(
            awards.join(rule_versions, _OF_VERSION)
            .join(accounts, _OF_PERSON)
            .join(members, _belongs(accounts.c.id, day), isouter=True)
        )
        .where(awards.c.space_id == tx.space, awards.c.taken.is_(None), rule_versions.c.rule_id.in_([*rule_ids]))
        .where(accounts.c.closed.is_(None), accounts.c.role != GUEST)
        .group_by(members.c.unit_id, rule_versions.c.rule_id)
    )
    return [Having(*row) for row in tx.run(query)]


def people(tx: Tx, day: date) -> dict[UUID | None, int]:
    """Count everybody who has an account, by the unit to which they belong on a day."""
    query = (
        select(members.c.unit_id, func.count())
        .select_from(accounts.join(members, _belongs(accounts.c.id, day), isouter=True))
        .where(accounts.c.space_id == tx.space, accounts.c.closed.is_(None), accounts.c.role != GUEST)
        .group_by(members.c.unit_id)
    )
    return {row[0]: row[1] for row in tx.run(query)}


@dataclass(frozen=True, slots=True)
class Those:
    """Who belongs to one of some units on a day, or anybody; all of them, or so many behind one of them."""

    day: date
    units: frozenset[UUID] | None
    after: UUID | None = None
    most: int | None = None


def who_have(tx: Tx, rule_id: UUID, those: Those) -> list[tuple[UUID, datetime]]:
    """List who has what a rule gives, and since when, in the order of their ids."""
    query: Select[tuple[UUID, datetime]] = (
        select(accounts.c.id, func.min(awards.c.reached, type_=awards.c.reached.type))
        .select_from(
            awards.join(rule_versions, _OF_VERSION)
            .join(accounts, _OF_PERSON)
            .join(members, _belongs(accounts.c.id, those.day), isouter=True)
        )
        .where(awards.c.space_id == tx.space, awards.c.taken.is_(None), rule_versions.c.rule_id == rule_id)
        .where(accounts.c.closed.is_(None), accounts.c.role != GUEST)
        .group_by(accounts.c.id)
        .order_by(accounts.c.id)
        .limit(those.most)
    )
    if those.units is not None:
        query = query.where(members.c.unit_id.in_([*those.units]))
    if those.after is not None:
        query = query.where(accounts.c.id > those.after)
    return [(row[0], row[1]) for row in tx.run(query)]


def _belongs(account: Column[UUID], day: date) -> ColumnElement[bool]:
    """Find the unit to which somebody belongs on a day."""
    same = (members.c.space_id == account.table.c.space_id) & (members.c.account_id == account)
    return same & (members.c.since <= day) & or_(members.c.until.is_(None), members.c.until > day)


_OF_VERSION = (rule_versions.c.space_id == awards.c.space_id) & (rule_versions.c.id == awards.c.version_id)
_OF_PERSON = (accounts.c.space_id == awards.c.space_id) & (accounts.c.id == awards.c.account_id)
