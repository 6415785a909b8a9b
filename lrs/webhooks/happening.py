"""What other systems are told of awards and certificates: events made in the transaction in which they are given."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from lrs.webhooks.events import AWARD, COURSE, ISSUED, REVOKED
from lrs.webhooks.telling import Event, listening, tell
from storage import courses, rules, versions
from storage.certificates import CertificateRow
from storage.database import Tx
from storage.rules import RuleRow


def awarded(tx: Tx, given: Sequence[tuple[UUID, UUID]]) -> None:
    """Tell that people have met versions of rules, some of which are those of courses."""
    if not given or not listening(tx, AWARD, COURSE):
        return
    rule_of = {row.id: row.rule_id for row in rules.versions(tx, {version for version, _ in given})}
    told = {rule_id: _told(tx, rule_id) for rule_id in {*rule_of.values()}}
    mine = [(account, told[rule_of[version]]) for version, account in given]
    courses_too = (Event(COURSE, account, each) for account, each in mine if "course" in each)
    tell(tx, [*(Event(AWARD, account, each) for account, each in mine), *courses_too])


def issued(tx: Tx, rows: Iterable[tuple[CertificateRow, str]], replaces: UUID | None = None) -> None:
    """Tell that certificates have got their numbers."""
    more = {} if replaces is None else {"replaces": str(replaces)}
    tell(tx, [Event(ISSUED, row.account_id, _certificate(row, number) | more) for row, number in rows])


def revoked(tx: Tx, row: CertificateRow, number: str) -> None:
    """Tell that a certificate was taken back."""
    tell(tx, [Event(REVOKED, row.account_id, _certificate(row, number))])


def _told(tx: Tx, rule_id: UUID) -> dict[str, Any]:
    rule, course = rules.find(tx, rule_id), courses.with_rule(tx, rule_id)
    told = {"rule": str(rule_id), "name": "" if rule is None else _name(tx, rule)}
    return told if course is None else told | {"course": str(course)}


def _name(tx: Tx, rule: RuleRow) -> str:
    """Call a rule by its name, or by the lesson of which it is."""
    return rule.name or (versions.titles(tx, [rule.activity]).get(rule.activity, "") if rule.activity else "")


def _certificate(row: CertificateRow, number: str) -> dict[str, str]:
    told = {"id": str(row.id), "number": number, "day": row.day.isoformat()}
    return told if row.until is None else told | {"until": row.until.isoformat()}
