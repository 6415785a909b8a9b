"""Many certificates: a page of all that were issued, those of units in the order of their numbers, and whether a number is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, exists, func, literal, select, tuple_

from storage.awards import awards
from storage.certificates import REPLACED, REVOKED, VALID, CertificateRow, certificates, counters, read, sheets
from storage.columns import Instant
from storage.database import Tx
from storage.rules import rules
from storage.schema import metadata

EXPIRED = "expired"
"""No state of a row, but what a list is asked for: valid ones whose last day is over."""


_OF_A_NUMBER = 10_000


@dataclass(frozen=True, slots=True)
class Number:
    """A number as somebody typed it: the code of the unit may be missing."""

    counted: int
    year: int | None = None
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which certificates a list is asked for."""

    state: str = ""
    units: frozenset[UUID] | None = None
    year: int | None = None
    rule_id: UUID | None = None
    code: str = ""
    number: Number | None = None
    tokens: tuple[frozenset[bytes], ...] = ()
    """For each word of a name the indexes that it may be kept under."""
    today: date = date.min


@dataclass(frozen=True, slots=True)
class Taking:
    """Valid certificates of a unit, a rule's or all, of a year or of all."""

    rule_id: UUID | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a unit in a year: the last that was taken, and how many there are."""

    unit_id: UUID
    year: int
    last: int
    there: int
    revoked: int

    @property
    def missing(self) -> int:
        """How many numbers were taken and are nobody's."""
        return self.last - self.there


def page(tx: Tx, wanted: Wanted, most: int, after: tuple[datetime, UUID] | None = None) -> list[CertificateRow]:
    """List some certificates, the newest first, from behind a place."""
    query = sheets.where(*_asked(tx, wanted))
    if wanted.number is not None:  # a few, one of each unit: to go through all by their days would take longer
        found = sorted(read(tx.run(query.limit(_OF_A_NUMBER))), key=_place, reverse=True)
        return [row for row in found if after is None or _place(row) < after][:most]
    if after is not None:
        here = tuple_(certificates.c.issued, certificates.c.id)
        query = query.where(here < tuple_(literal(after[0], Instant), literal(after[1], Uuid)))
    return read(tx.run(query.order_by(certificates.c.issued.desc(), certificates.c.id.desc()).limit(most)))


def _place(row: CertificateRow) -> tuple[datetime, UUID]:
    return row.issued, row.id


def _asked(tx: Tx, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    yield certificates.c.space_id == tx.space
    yield from _stands(wanted)
    if wanted.units is not None:
        yield certificates.c.unit_id.in_(wanted.units)
    if wanted.year is not None:
        yield certificates.c.year == wanted.year
    if wanted.rule_id is not None:
        yield certificates.c.rule_id == wanted.rule_id
    if wanted.code:
        yield certificates.c.code == wanted.code
    if wanted.number is not None:
        yield from _numbered(tx, wanted.number)
    names = metadata.tables["name_tokens"].c
    for blinds in wanted.tokens:
        named = select(names.account_id).where(names.space_id == tx.space, names.token.in_(sorted(blinds)))
        yield certificates.c.account_id.in_(named)


def _stands(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.state == EXPIRED:
        yield certificates.c.state == VALID
        yield certificates.c.until < wanted.today
    elif wanted.state:
        yield certificates.c.state == wanted.state
        if wanted.state == VALID:
            yield certificates.c.until.is_(None) | (certificates.c.until >= wanted.today)


def _numbered(tx: Tx, number: Number) -> Iterable[ColumnElement[bool]]:
    yield certificates.c.counted == number.counted
    yield certificates.c.year.in_(years(tx) if number.year is None else [number.year])  # by the index, in any case
    if number.unit_code is not None:
        yield certificates.c.unit_code == number.unit_code


def years(tx: Tx) -> list[int]:
    """Name the years in which numbers were taken, the last first."""
    query = select(counters.c.year).where(counters.c.space_id == tx.space, counters.c.last > 0).distinct()
    return [*tx.run(query.order_by(counters.c.year.desc())).scalars()]


def numbers(tx: Tx, year: int) -> list[Counted]:
    """Count the numbers of each unit in a year, and those that are there."""
    taken = select(counters.c.unit_id, counters.c.last).where(
        counters.c.space_id == tx.space, counters.c.year == year, counters.c.last > 0
    )
    own = (certificates.c.space_id == tx.space) & (certificates.c.year == year)
    many = select(certificates.c.unit_id, func.count()).group_by(certificates.c.unit_id)
    # Every number has a first round, and none is ever deleted: to count these the index of numbers is enough.
    there = {row[0]: row[1] for row in tx.run(many.where(own, certificates.c.round == 1))}
    revoked = {row[0]: row[1] for row in tx.run(many.where(own, certificates.c.state == REVOKED))}
    return [
        Counted(unit, year, last, there.get(unit, 0), revoked.get(unit, 0))
        for unit, last in (row[:2] for row in tx.run(taken))
    ]


def by_unit(tx: Tx, taking: Taking, units: Iterable[UUID] | None = None) -> dict[UUID, int]:
    """Count valid certificates by the units in whose numbers they stand."""
    query = select(certificates.c.unit_id, func.count()).where(*_taken(tx, taking))
    if units is not None:
        query = query.where(certificates.c.unit_id.in_([*units]))
    return {row[0]: row[1] for row in tx.run(query.group_by(certificates.c.unit_id))}


def some(tx: Tx, taking: Taking, unit_id: UUID, after: tuple[int, int], most: int) -> list[CertificateRow]:
    """List some valid certificates of a unit in the order of their numbers, from behind a year and a number."""
    here = tuple_(certificates.c.year, certificates.c.counted)
    query = sheets.where(*_taken(tx, taking), certificates.c.unit_id == unit_id, here > tuple_(*after))
    return read(tx.run(query.order_by(certificates.c.year, certificates.c.counted).limit(most)))


def _taken(tx: Tx, taking: Taking) -> Iterable[ColumnElement[bool]]:
    yield certificates.c.space_id == tx.space
    yield certificates.c.state == VALID
    if taking.rule_id is not None:
        yield certificates.c.rule_id == taking.rule_id
    if taking.year is not None:
        yield certificates.c.year == taking.year


def without(tx: Tx, rule_id: UUID, version_id: UUID, after: UUID | None, most: int) -> list[UUID]:
    """Name some who hold an award by a version of a rule and no certificate by the rule, in the order of their accounts."""
    query = select(awards.c.account_id).where(*_waiting(tx, rule_id, [version_id]))
    if after is not None:
        query = query.where(awards.c.account_id > after)
    return [*tx.run(query.order_by(awards.c.account_id).limit(most)).scalars()]


def count_without(tx: Tx, rule_id: UUID, version_ids: Sequence[UUID]) -> int:
    """Count who holds an award by any version of a rule and no certificate by the rule."""
    query = select(func.count(awards.c.account_id.distinct())).where(*_waiting(tx, rule_id, version_ids))
    return int(tx.run(query).scalar_one())


def _waiting(tx: Tx, rule_id: UUID, version_ids: Sequence[UUID]) -> Iterable[ColumnElement[bool]]:
    yield awards.c.space_id == tx.space
    yield awards.c.version_id.in_(version_ids)
    yield awards.c.taken.is_(None)
    yield ~exists().where(
        certificates.c.space_id == tx.space,
        certificates.c.rule_id == rule_id,
        certificates.c.account_id == awards.c.account_id,
        certificates.c.state != REPLACED,
    )


def rules_of(tx: Tx) -> set[UUID]:
    """Name the rules that gave certificates: each is asked for by itself, since rules are few and certificates many."""
    gave = exists().where(certificates.c.space_id == rules.c.space_id, certificates.c.rule_id == rules.c.id)
    return {*tx.run(select(rules.c.id).where(rules.c.space_id == tx.space, gave)).scalars()}
