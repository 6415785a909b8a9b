"""Giving: whoever meets a rule that says so gets a certificate, in the transaction that awards (docs/certificates.md, Given by a rule).

Nothing is drawn here. Somebody whose name is not known gets none yet: a number on a paper without a name would be of no use to
anybody. The award stands, and they ask for the certificate once they have a name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from lrs.certificates import issuing, sending
from lrs.certificates.ending import opens
from lrs.certificates.issuing import Award, Office, Told
from lrs.outcomes import papers
from lrs.outcomes.papers import Paper
from lrs.people.directory import Directory
from lrs.sealing import KeyRing
from storage import awards, certificates, rules, spaces, units
from storage.awards import AwardRow
from storage.certificates import CertificateRow
from storage.database import Tx
from storage.units import UnitRow


@dataclass(frozen=True, slots=True)
class _Day:
    """Who belongs where, and is called what, on the day on which certificates are given."""

    today: date
    zone: ZoneInfo
    space: str
    names: Mapping[UUID, str]
    units: Mapping[UUID, UnitRow]


def give(tx: Tx, keys: KeyRing, earned: Iterable[tuple[UUID, UUID]]) -> list[CertificateRow]:
    """Give what versions of rules say to those who have met them; whoever has one that holds keeps it."""
    listed = [*earned]
    rule_of = {row.id: row.rule_id for row in rules.versions(tx, {version for version, _ in listed})} if listed else {}
    return give_by_rules(tx, keys, ((rule_of[version], account) for version, account in listed))


def give_by_rules(
    tx: Tx, keys: KeyRing, earned: Iterable[tuple[UUID, UUID]], *, anew: bool = False
) -> list[CertificateRow]:
    """Give what rules say to those who have met them; those who have done so anew get the next one, while the last still holds."""
    wanted: dict[UUID, dict[UUID, None]] = {}
    for rule_id, account in earned:
        wanted.setdefault(rule_id, {})[account] = None
    found = papers.given_by(tx, wanted) if wanted else {}
    if not found:
        return []
    zone, moment = spaces.own(tx).settings.zone, datetime.now(UTC)
    day = _day(tx, keys, [account for rule_id in found for account in wanted[rule_id]], ZoneInfo(zone), moment)
    due = {rule_id: _due(tx, paper, [*wanted[rule_id]], day, anew=anew) for rule_id, paper in found.items()}
    given = Office(tx, keys, moment, zone).issue_all([award for some in due.values() for award in some])
    sending.send(tx, keys, [row for row in given if row.rule_id in found and found[row.rule_id].link.letter])
    return given


def may_ask(tx: Tx, rule_id: UUID, award: AwardRow) -> bool:
    """Tell whether somebody may ask for the certificate of an award: not who was given one for it, nor who had that taken back."""
    held = certificates.of_rule(tx, rule_id, [award.account_id])
    return all(row.state == certificates.REVOKED and row.issued < award.reached for row in held)


def withdraw(tx: Tx, rule_id: UUID, account: UUID, reason: str, by: UUID | None) -> int:
    """Take back what a rule gave to somebody, because the award was taken back; count the certificates."""
    moment = datetime.now(UTC)
    return sum(
        issuing.take_back(tx, row.id, reason, moment, by) for row in certificates.of_rule(tx, rule_id, [account])
    )


def _day(tx: Tx, keys: KeyRing, people: list[UUID], zone: ZoneInfo, moment: datetime) -> _Day:
    today = moment.astimezone(zone).date()
    unit_of = units.units_of(tx, people, today)
    named = {unit.id: unit for unit in units.listed(tx)} if unit_of else {}
    names = Directory(tx, keys).names(people)
    own = {account: named[unit] for account, unit in unit_of.items()}
    return _Day(today, zone, spaces.own(tx).name, names, own)


def _due(tx: Tx, paper: Paper, people: list[UUID], day: _Day, *, anew: bool) -> list[Award]:
    """Say who gets a paper: who has a name, none that holds, and something for each word that must not be empty."""
    held: dict[UUID, list[CertificateRow]] = {}
    for row in certificates.of_rule(tx, paper.link.rule_id, people):
        held.setdefault(row.account_id, []).append(row)
    last = {who: next((row for row in rows if row.state == certificates.VALID), None) for who, rows in held.items()}
    may = partial(_renews, tx, paper.link.rule_id, day, anew=anew)
    due = [who for who in people if who in day.names and ((before := last.get(who)) is None or may(before))]
    scores = papers.scores(tx, paper, due)
    made = [_award(paper, account, day, held.get(account, []), scores.get(account, "")) for account in due]
    return [award for award in made if paper.asks <= paper.fills - ({papers.SCORE} if not award.told.score else set())]


def _renews(tx: Tx, rule_id: UUID, day: _Day, last: CertificateRow, *, anew: bool) -> bool:
    """Tell whether somebody may have one more: what ends is renewed by what was done since it could be."""
    opened = opens(last)
    if opened is None or day.today < opened:
        return False
    if anew:
        return True
    latest = awards.holders(tx, rule_id, [last.account_id]).get(last.account_id, [])
    reached = latest[0].reached.astimezone(day.zone).date() if latest else date.min
    return issuing.expired(last, day.today) and reached >= opened


def _award(paper: Paper, account: UUID, day: _Day, before: list[CertificateRow], score: str) -> Award:
    unit = day.units.get(account)
    older = next((row.id for row in before if row.state == certificates.VALID), None)
    return Award(
        # One name for the first of a rule, another for each that follows: whoever issues twice gives the same one.
        id=uuid5(paper.link.rule_id, f"{account.hex} {len(before)}"),
        account_id=account,
        name=day.names[account],
        told=Told(paper.course, unit.name if unit else day.space, paper.link.hours, score),
        template=paper.template,
        months=paper.link.months,
        unit_id=unit.id if unit else certificates.OF_NO_UNIT,
        unit_code=unit.code if unit else "",
        renews=older,
        rule_id=paper.link.rule_id,
    )
