"""Giving: whoever meets a rule that says so gets a certificate, in the transaction that awards (docs/certificates.md, Given by a rule).

Nothing is drawn here. Somebody whose name is not known gets none yet: a number on a paper without a name would be of no use to
anybody. The award stands, and they ask for the certificate once they have a name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from lrs.certificates import issuing
from lrs.certificates.issuing import Award, Office, Told
from lrs.people.directory import Directory
from lrs.sealing import KeyRing
from storage import certificate_rules, certificate_templates, certificates, rules, spaces, units, versions
from storage.certificate_rules import LinkRow
from storage.certificates import CertificateRow
from storage.database import Tx
from storage.units import UnitRow


@dataclass(frozen=True, slots=True)
class _Paper:
    """What a rule gives: how it looks at this moment, and what it says."""

    link: LinkRow
    template: tuple[UUID, int]
    course: str


@dataclass(frozen=True, slots=True)
class _Day:
    """Who belongs where, and is called what, on the day on which certificates are given."""

    today: date
    names: Mapping[UUID, str]
    units: Mapping[UUID, UnitRow]


def give(tx: Tx, keys: KeyRing, earned: Iterable[tuple[UUID, UUID]]) -> list[CertificateRow]:
    """Give what versions of rules say to those who have met them; whoever has one that holds keeps it."""
    listed = [*earned]
    rule_of = {row.id: row.rule_id for row in rules.versions(tx, {version for version, _ in listed})} if listed else {}
    return give_by_rules(tx, keys, ((rule_of[version], account) for version, account in listed))


def give_by_rules(tx: Tx, keys: KeyRing, earned: Iterable[tuple[UUID, UUID]]) -> list[CertificateRow]:
    """Give what rules say to those who have met them."""
    wanted: dict[UUID, dict[UUID, None]] = {}
    for rule_id, account in earned:
        wanted.setdefault(rule_id, {})[account] = None
    papers = _papers(tx, wanted) if wanted else {}
    if not papers:
        return []
    zone, moment = spaces.own(tx).settings.zone, datetime.now(UTC)
    people = [account for rule_id in papers for account in wanted[rule_id]]
    day = _day(tx, keys, people, moment.astimezone(ZoneInfo(zone)).date())
    due = [award for rule_id, paper in papers.items() for award in _due(tx, paper, [*wanted[rule_id]], day)]
    return Office(tx, keys, moment, zone).issue_all(due)


def withdraw(tx: Tx, rule_id: UUID, account: UUID, reason: str, by: UUID | None) -> int:
    """Take back what a rule gave to somebody, because the award was taken back; count the certificates."""
    moment = datetime.now(UTC)
    return sum(
        issuing.take_back(tx, row.id, reason, moment, by) for row in certificates.of_rule(tx, rule_id, [account])
    )


def _papers(tx: Tx, rule_ids: Iterable[UUID]) -> dict[UUID, _Paper]:
    links = certificate_rules.of(tx, rule_ids)
    if not links:
        return {}
    newest = {row.id: row.version for row in certificate_templates.newest(tx)}
    found = {rule.id: rule for rule in rules.listed(tx) if rule.id in links}
    lessons = versions.titles(tx, [rule.activity for rule in found.values() if rule.activity])
    return {
        rule.id: _Paper(
            link := links[rule.id],
            (link.template_id, newest[link.template_id]),
            rule.name or lessons.get(rule.activity or "", ""),
        )
        for rule in found.values()
    }


def _day(tx: Tx, keys: KeyRing, people: list[UUID], today: date) -> _Day:
    unit_of = units.units_of(tx, people, today)
    named = {unit.id: unit for unit in units.listed(tx)} if unit_of else {}
    names = Directory(tx, keys).names(people)
    return _Day(today, names, {account: named[unit] for account, unit in unit_of.items()})


def _due(tx: Tx, paper: _Paper, people: list[UUID], day: _Day) -> list[Award]:
    """Say who gets a paper: who has a name, and none that holds."""
    held: dict[UUID, list[CertificateRow]] = {}
    for row in certificates.of_rule(tx, paper.link.rule_id, people):
        held.setdefault(row.account_id, []).append(row)
    return [
        _award(paper, account, day, held.get(account, []))
        for account in people
        if account in day.names and not any(_holds(row, day.today) for row in held.get(account, []))
    ]


def _award(paper: _Paper, account: UUID, day: _Day, before: list[CertificateRow]) -> Award:
    unit = day.units.get(account)
    older = next((row.id for row in before if row.state == certificates.VALID), None)
    return Award(
        # One name for the first of a rule, another for each that follows: whoever issues twice gives the same one.
        id=uuid5(paper.link.rule_id, f"{account.hex} {len(before)}"),
        account_id=account,
        name=day.names[account],
        told=Told(paper.course, unit.name if unit else ""),
        template=paper.template,
        months=paper.link.months,
        unit_id=unit.id if unit else certificates.OF_NO_UNIT,
        unit_code=unit.code if unit else "",
        renews=older,
        rule_id=paper.link.rule_id,
    )


def _holds(row: CertificateRow, today: date) -> bool:
    return row.state == certificates.VALID and not issuing.expired(row, today)
