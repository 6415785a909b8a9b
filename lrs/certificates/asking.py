"""Asking for something that is done to many certificates: it is counted, written down, and done later by whoever leads."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _

from lrs.certificates.takings import Wanted
from lrs.errors import Malformed, NotFound, Trouble
from lrs.people import audit
from lrs.people.collation import text_key
from lrs.people.units import Units
from storage import certificate_jobs, certificate_lists, rules, units, versions
from storage.certificate_jobs import JobRow
from storage.certificate_lists import Taking
from storage.certificates import OF_NO_UNIT
from storage.database import Tx

LARGEST = 20_000
"""Certificates in one file: some two gigabytes."""

_YEAR = re.compile("[1-9][0-9]{3}")


class TooMany(Trouble):
    """A file would be larger than anybody can send."""

    status = 422
    title = _("These are too many for one file")
    advice = _("A file holds at most 20,000 certificates. Choose a unit or a year, and take them in several files.")


class Nobody(NotFound):
    """There is nothing to do it to."""

    title = _("There is no such certificate")
    advice = _("Nothing that was issued is like this. Choose another unit, year or course.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: which kind of job, called what, and by whom."""

    kind: str
    title: str
    actor: UUID | None


def called(tx: Tx, rule_id: UUID) -> str:
    """Say what a rule is called: itself, or the lesson whose completion it says."""
    rule = rules.find(tx, rule_id)
    if rule is None:
        raise NotFound
    return rule.name or versions.titles(tx, [rule.activity or ""]).get(rule.activity or "", "")


def year_in(given: Mapping[str, str]) -> int | None:
    """Read which year a form or an address names; nothing is none."""
    text = given.get("year", "")
    if text and not _YEAR.fullmatch(text):
        raise Malformed
    return int(text) if text else None


def inside(tx: Tx, unit: UUID | None, year: int | None, today: date) -> frozenset[UUID] | None:
    """List a unit with all below it: as they stand today, or stood on the last day of a year; None is everybody's."""
    if unit is None or unit == OF_NO_UNIT:
        return None if unit is None else frozenset({OF_NO_UNIT})
    day = today if year is None or year >= today.year else date(year, 12, 31)
    return frozenset(Units(tx).tree(day).all_below(unit) | {unit})


def ask(tx: Tx, asked: Asked, taking: Taking, among: Iterable[UUID] | None = None) -> UUID:
    """Ask for a file, or for letters, of valid certificates; Nobody, if there is none."""
    counts = certificate_lists.by_unit(tx, taking, among)
    total = sum(counts.values())
    if not total:
        raise Nobody
    if asked.kind in {certificate_jobs.ZIP, certificate_jobs.PDF} and total > LARGEST:
        raise TooMany
    named = {unit.id: unit.name for unit in units.listed(tx)}
    order = sorted(counts, key=lambda unit: (unit == OF_NO_UNIT, text_key(named.get(unit, "")), unit))
    folders = tuple(named.get(unit, "") for unit in order) if len(order) > 1 else ()
    return _put(tx, asked, Wanted(tuple(order), folders, taking.rule_id, taking.year), total)


def ask_to_give(tx: Tx, asked: Asked, rule_id: UUID) -> UUID:
    """Ask that those get a certificate who completed before it was given; Nobody, if nobody waits for one."""
    those = tuple(row.id for row in reversed(rules.history(tx, rule_id)))
    total = certificate_lists.count_without(tx, rule_id, those)
    if not total:
        raise Nobody
    return _put(tx, asked, Wanted(rule=rule_id, versions=those), total)


def under_way(tx: Tx, rule_id: UUID | None = None) -> list[JobRow]:
    """List what is done at the moment, or is ready: of a rule, or all."""
    return [row for row in certificate_jobs.listed(tx) if rule_id is None or Wanted.loads(row.wanted).rule == rule_id]


def _put(tx: Tx, asked: Asked, wanted: Wanted, total: int) -> UUID:
    """Write it down; who asks for the same while it is still to be done gets the one that is there."""
    text, now = wanted.dumps(), datetime.now(UTC)
    for row in certificate_jobs.listed(tx):
        if (row.kind, row.wanted, row.finished) == (asked.kind, text, None):
            return row.id
    job = JobRow(uuid4(), asked.kind, text, asked.title, asked.actor, now, now, total)
    certificate_jobs.ask(tx, job)
    rule = None if wanted.rule is None else str(wanted.rule)
    audit.note(tx, asked.actor, audit.PAPERS_ASKED, kind=asked.kind, rows=total, rule=rule, year=wanted.year)
    return job.id
