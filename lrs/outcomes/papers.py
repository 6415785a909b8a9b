"""What rules give on paper: by which template, how long it holds, and which of its words they can fill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs.certificates import asking
from lrs.certificates.template import Template
from lrs.outcomes import scoring
from lrs.outcomes.in_force import ready
from storage import awards, certificate_rules, certificate_templates, rules, versions
from storage.certificate_rules import LinkRow
from storage.database import Tx

HOURS, SCORE, UNTIL = "hours", "score", "until"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a rule gives: how it looks at this moment, and what it says."""

    link: LinkRow
    template: tuple[UUID, int]
    course: str
    asks: frozenset[str]
    """The words that must not be empty."""
    language: str
    scored: str | None
    """The activity whose score is printed."""

    @property
    def fills(self) -> frozenset[str]:
        """Name the words that the rule has something for."""
        return fills(self.link, self.scored)


def fills(link: LinkRow, scored: str | None) -> frozenset[str]:
    """Name the words that a rule has something for."""
    has = {HOURS: link.hours, UNTIL: link.months, SCORE: scored}
    return frozenset(word for word, there in has.items() if there)


def given_by(tx: Tx, rule_ids: Iterable[UUID]) -> dict[UUID, Paper]:
    """Tell what some rules give; one that gives nothing is not among them."""
    links = certificate_rules.of(tx, rule_ids)
    if not links:
        return {}
    newest = {row.id: row for row in certificate_templates.newest(tx)}
    found = {rule.id: rule for rule in rules.listed(tx) if rule.id in links}
    lessons = versions.titles(tx, [rule.activity for rule in found.values() if rule.activity])
    made = {}
    for rule in found.values():
        link = links[rule.id]
        row = newest[link.template_id]
        template, title = Template.loads(row.body), rule.name or lessons.get(rule.activity or "", "")
        tongue = "en" if template.language == "en" else "vi"
        made[rule.id] = Paper(link, (row.id, row.version), title, template.asks, tongue, scored_by(tx, rule.id))
    return made


def scored_by(tx: Tx, rule_id: UUID) -> str | None:
    """Name the activity whose score a rule asks for now, if it is one."""
    row = rules.newest(tx, rule_id)
    return None if row is None else scoring.scored(ready(row))


def lacking(tx: Tx, rule_id: UUID, link: LinkRow, template: Template) -> frozenset[str]:
    """Name the words that a template must have, and for which a rule has nothing."""
    return template.asks - fills(link, scored_by(tx, rule_id))


def scores(tx: Tx, paper: Paper, people: Iterable[UUID]) -> Mapping[UUID, str]:
    """Write the scores of some people, from what their latest awards by the rule rest on."""
    if paper.scored is None:
        return {}
    held = awards.holders(tx, paper.link.rule_id, [*people])
    return scoring.printed(tx, paper.scored, {who: rows[0].evidence for who, rows in held.items()}, paper.language)


def hole(tx: Tx, template_id: UUID, template: Template) -> tuple[str, LazyString] | None:
    """Name a text of a template that a rule which gives it could not fill, and say which rule."""
    for link in certificate_rules.of_template(tx, template_id):
        for word in sorted(lacking(tx, link.rule_id, link, template)):
            said = {"course": asking.called(tx, link.rule_id), "word": word}
            return template.where(word), _HOLE % said
    return None


_HOLE = _("“%(course)s” has nothing for {%(word)s}. Say it below the course, or on the page of its certificates.")
