"""Renewing a certificate: the rule is asked once more, of what the record has stored since it can be renewed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from lrs.certificates import ending
from lrs.errors import NotFound
from lrs.outcomes import giving, stories, versions
from lrs.outcomes.entry import done as share
from lrs.outcomes.entry import made
from lrs.outcomes.in_force import Followed, InForce, ready
from lrs.outcomes.persons import Persons
from lrs.outcomes.rules import language
from lrs.outcomes.rules.evaluate import Finding, judge
from lrs.outcomes.rules.explain import Explanation, explain
from lrs.outcomes.rules.language import Group
from lrs.outcomes.rules.way import way
from lrs.outcomes.rules.words import words
from lrs.sealing import KeyRing
from lrs.xapi import identifiers
from storage import certificate_rules, certificates, rules, spaces
from storage import versions as lessons
from storage.certificates import CertificateRow
from storage.database import Tx
from storage.order import END
from storage.rules import RuleRow
from storage.versions import ListedVersion


@dataclass(frozen=True, slots=True)
class Renewal:
    """Where somebody stands on the way to the next certificate."""

    rule: RuleRow
    paper: CertificateRow
    since: date
    """The day from which on it counts what they do."""
    done: int
    """In thousandths."""
    explanation: Explanation
    steps: tuple[str, ...] | None
    """What is missing; None where learning alone no longer helps."""
    met: bool
    lessons: tuple[ListedVersion, ...] = ()
    """Those of our own in which something is missing, to be opened at once."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that ends soon, or has."""

    rule_id: UUID
    course: str
    until: date
    expired: bool


def papers(tx: Tx, account_id: UUID, today: date) -> list[CertificateRow]:
    """List which certificates of somebody can be renewed, by rules that still give them."""
    rows = ending.renewable(certificates.of_account(tx, account_id), today)
    giving_ = certificate_rules.of(tx, [row.rule_id for row in rows if row.rule_id]) if rows else {}
    return [row for row in rows if row.rule_id in giving_]


@dataclass(frozen=True, slots=True)
class Renewing:
    """Whoever asks a rule once more, in a transaction."""

    tx: Tx
    keys: KeyRing
    home_page: str

    def standing(self, account_id: UUID, rule_id: UUID, tongue: str) -> Renewal:
        """Tell where somebody stands on the way to the next certificate; NotFound, if none can be renewed."""
        tx, zone = self.tx, _zone(self.tx)
        today = datetime.now(UTC).astimezone(zone).date()
        paper = next((row for row in papers(tx, account_id, today) if row.rule_id == rule_id), None)
        rule, row = rules.find(tx, rule_id), versions.current(tx, rule_id)
        opened = None if paper is None else ending.opens(paper)
        if paper is None or rule is None or row is None or opened is None:
            raise NotFound
        version = ready(row)
        finding = self._found(version, account_id, datetime.combine(opened, time(), zone))
        to_go = way(finding, today)
        said, names = words(tongue), versions.names(tx, [version.plan.rule], tongue)
        return Renewal(
            rule,
            paper,
            opened,
            share(finding),
            explain(finding, said, names),
            None if to_go is None else tuple(step.says(said, names) for step in to_go),
            finding.met,
            _lessons(tx, finding),
        )

    def renew(self, account_id: UUID, rule_id: UUID) -> list[CertificateRow]:
        """Give the next certificate to whoever has completed it once more; nothing, if something is still missing."""
        met = self.standing(account_id, rule_id, "vi").met
        return giving.give_by_rules(self.tx, self.keys, [(rule_id, account_id)], anew=True) if met else []

    def _found(self, version: Followed, account_id: UUID, since: datetime) -> Finding:
        """Ask the rule of what was stored since a moment."""
        persons = Persons(self.tx, self.keys, self.home_page)
        # All that is there, also what nobody has followed yet: who comes back from a lesson sees at once that it is done.
        told = stories.of(self.tx, persons, [account_id], END, InForce([version]))
        return judge(made(version.plan, [each for each in told.get(account_id, []) if each.stored >= since]).state)


def since(tx: Tx, account_id: UUID, activity: str) -> datetime | None:
    """Tell from when on a package is to be learnt once more, by somebody who can renew a certificate for which it counts."""
    zone = _zone(tx)
    today = datetime.now(UTC).astimezone(zone).date()
    opened = [
        day
        for paper in papers(tx, account_id, today)
        if paper.rule_id is not None and (day := ending.opens(paper)) and _names(tx, paper.rule_id, activity)
    ]
    return datetime.combine(max(opened), time(), zone) if opened else None


def _names(tx: Tx, rule_id: UUID, activity: str) -> bool:
    row = versions.current(tx, rule_id)
    if row is None:
        return False
    whole = identifiers.key(activity)
    named = (each for _, leaf in language.leaves(ready(row).plan.rule) for each in leaf.selection.activities or ())
    return any(each == whole or each.startswith(f"{whole}/") for each in named)


def _lessons(tx: Tx, finding: Finding) -> tuple[ListedVersion, ...]:
    """Find the lessons of our own of which a part speaks that is not met."""
    packages = lessons.about(tx, dict.fromkeys(_missing(finding)))
    return tuple(lessons.list_newest(tx, set(packages.values()))) if packages else ()


def _missing(finding: Finding) -> Iterator[str]:
    if finding.met:
        return
    for part in finding.parts:
        yield from _missing(part)
    if not finding.parts and not isinstance(finding.node, Group):
        yield from (finding.activity,) if finding.activity else finding.node.selection.activities or ()


def shown(tx: Tx, account_id: UUID | None) -> list[Ending]:
    """List what somebody is told on the page that they see first: which certificates end, or have."""
    today = datetime.now(UTC).astimezone(_zone(tx)).date()
    rows = [] if account_id is None else papers(tx, account_id, today)
    return [
        Ending(row.rule_id, str(orjson.loads(row.told)["course"]), row.until, expired=row.until < today)
        for row in rows
        if row.rule_id is not None and row.until is not None
    ]


def _zone(tx: Tx) -> ZoneInfo:
    return ZoneInfo(spaces.own(tx).settings.zone)
