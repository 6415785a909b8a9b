"""What people have begun and completed, asked for many of a course at once: attempts and awards, with those of the guests they were."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, func, select, union_all

from storage import awards as given
from storage import claims
from storage.attempts import attempts
from storage.awards import awards
from storage.claims import claims as claimed
from storage.courses import course_packages
from storage.database import Tx
from storage.enrolments import enrolments
from storage.rules import rule_versions, rules
from storage.versions import versions

Done = tuple[UUID, str, datetime]
"""Somebody has completed an activity, since when."""


def completed(tx: Tx, course_id: UUID, activities: Sequence[str], account_ids: Iterable[UUID] | None) -> list[Done]:
    """List which of these activities the people of a course have completed: some of them, or all."""
    version = (rule_versions.c.space_id == awards.c.space_id) & (rule_versions.c.id == awards.c.version_id)
    rule = (rules.c.space_id == rule_versions.c.space_id) & (rules.c.id == rule_versions.c.rule_id)
    own = select(enrolments.c.account_id, rules.c.activity, awards.c.reached).select_from(enrolments)
    theirs = own.join(awards, _same(awards.c.space_id, awards.c.account_id, enrolments.c.account_id))
    guests = own.join(claimed, _same(claimed.c.space_id, claimed.c.account_id, enrolments.c.account_id))
    guests = guests.join(awards, _same(awards.c.space_id, awards.c.account_id, claimed.c.guest_id))
    theirs, guests = (one.join(rule_versions, version).join(rules, rule) for one in (theirs, guests))
    where = (*_who(tx, course_id, account_ids), rules.c.activity.in_(activities), awards.c.taken.is_(None))
    each = union_all(theirs.where(*where), guests.where(*where)).subquery()
    query = select(each.c.account_id, each.c.activity, func.min(each.c.reached, type_=awards.c.reached.type))
    return [(row[0], row[1], row[2]) for row in tx.run(query.group_by(each.c.account_id, each.c.activity))]


def begun(tx: Tx, course_id: UUID, account_ids: Iterable[UUID] | None) -> list[tuple[UUID, UUID, datetime]]:
    """List which packages of a course its people have begun, and when first: some of them, or all."""
    version = (versions.c.space_id == attempts.c.space_id) & (versions.c.id == attempts.c.version_id)
    held = (course_packages.c.space_id == versions.c.space_id) & (course_packages.c.package_id == versions.c.package_id)
    own = select(enrolments.c.account_id, versions.c.package_id, attempts.c.created).select_from(enrolments)
    theirs = own.join(attempts, _same(attempts.c.space_id, attempts.c.account_id, enrolments.c.account_id))
    guests = own.join(claimed, _same(claimed.c.space_id, claimed.c.account_id, enrolments.c.account_id))
    guests = guests.join(attempts, _same(attempts.c.space_id, attempts.c.account_id, claimed.c.guest_id))
    where = (*_who(tx, course_id, account_ids), course_packages.c.course_id == course_id)
    parts = [one.join(versions, version).join(course_packages, held).where(*where) for one in (theirs, guests)]
    each = union_all(*parts).subquery()
    query = select(each.c.account_id, each.c.package_id, func.min(each.c.created, type_=attempts.c.created.type))
    return [(row[0], row[1], row[2]) for row in tx.run(query.group_by(each.c.account_id, each.c.package_id))]


def begun_by(tx: Tx, account_id: UUID) -> list[tuple[UUID, datetime]]:
    """List which packages somebody has begun, and when they last began one anew."""
    version = (versions.c.space_id == attempts.c.space_id) & (versions.c.id == attempts.c.version_id)
    selves = claims.selves(bindparam("space", tx.space), bindparam("account", account_id, Uuid))
    query = select(versions.c.package_id, func.max(attempts.c.created, type_=attempts.c.created.type))
    query = query.select_from(attempts).join(versions, version)
    query = query.where(attempts.c.space_id == tx.space, attempts.c.account_id.in_(selves))
    return [(row[0], row[1]) for row in tx.run(query.group_by(versions.c.package_id))]


def completed_by(tx: Tx, account_id: UUID) -> list[tuple[str, datetime]]:
    """List which activities somebody has completed, and when first."""
    return [(activity, one.reached) for activity, one in given.reached(tx, account_id).items()]


def _same(space: ColumnElement[int], one: ColumnElement[UUID], other: ColumnElement[UUID]) -> ColumnElement[bool]:
    return (space == enrolments.c.space_id) & (one == other)


def _who(tx: Tx, course_id: UUID, account_ids: Iterable[UUID] | None) -> list[ColumnElement[bool]]:
    conditions = [enrolments.c.space_id == tx.space, enrolments.c.course_id == course_id]
    return conditions if account_ids is None else [*conditions, enrolments.c.account_id.in_([*account_ids])]
