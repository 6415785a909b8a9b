"""The certificates of a rule: whether it gives one and which, those that were issued, and what can be done to many of them."""

from datetime import UTC, datetime
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import ROLES, allow, caller
from lrs.certificates import asking
from lrs.certificates.job_pages import WHAT
from lrs.certificates.template import Template
from lrs.errors import Malformed, NotFound
from lrs.outcomes import giving, standing
from lrs.outcomes import papers as on_paper
from lrs.outcomes.blueprint import language, pages
from lrs.people import audit, letters
from lrs.people.identity import NotUnderstood, line
from lrs.people.roles import KEEPERS
from lrs.people.units import Units
from lrs.people.units_pages import unit_in
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificate_lists, certificate_rules, certificate_templates, rules
from storage.certificate_lists import Taking
from storage.certificate_rules import LinkRow
from storage.certificate_templates import TemplateRow
from storage.certificates import OF_NO_UNIT
from storage.database import Tx
from storage.rules import RuleRow

LONGEST = 600
"""Months: nobody promises more than fifty years."""

MOST_HOURS = 20
"""Letters of what is printed as hours."""


@pages.get("/s/<space>/rules/<uuid:rule_id>/certificates")
@allow(*KEEPERS)
def papers(rule_id: UUID) -> ResponseReturnValue:
    """Show whether whoever meets a rule gets a certificate, and those that were issued."""
    return _page(rule_id)


@pages.post("/s/<space>/rules/<uuid:rule_id>/certificates")
@allow(*KEEPERS)
def set_papers(rule_id: UUID) -> ResponseReturnValue:
    """Say which certificate a rule gives from now on, and how long it holds; or that it gives none."""
    try:
        with transaction() as tx:
            _rule(tx, rule_id)
            template = _template(tx)
            if template is None:
                certificate_rules.remove(tx, rule_id)
            else:
                link = LinkRow(
                    rule_id,
                    template.id,
                    _months(),
                    datetime.now(UTC),
                    caller().account_id,
                    hours=line("hours", request.form.get("hours", ""), MOST_HOURS),
                    letter=letters.offered() and request.form.get("letter") == "1",
                )
                _refuse_holes(tx, link, template)
                certificate_rules.put(tx, link)
            audit.note(
                tx,
                caller().account_id,
                audit.RULE_PAPER,
                rule=str(rule_id),
                template=str(template.id) if template else "",
            )
    except NotUnderstood as wrong:
        return _page(rule_id, wrong), 422
    return redirect(url_for("rules.papers", rule_id=rule_id, done="saved"), 303)


@pages.post("/s/<space>/achievements/<uuid:rule_id>/certificate")
@allow(*ROLES)
def ask_for_paper(rule_id: UUID) -> ResponseReturnValue:
    """Give somebody the certificate of what they have completed, if it gave none when they did."""
    own = caller().account_id
    with transaction() as tx:
        award = None if own is None else standing.of(tx, own, rule_id, language()).award
        if award is None:
            raise NotFound
        # What has run out is renewed on a page of its own, by completing it once more.
        mine = [(rule_id, award.account_id)] if giving.may_ask(tx, rule_id, award) else []
        given = giving.give_by_rules(tx, services().identity_keys, mine)
    return redirect(url_for("achievements.one", rule_id=rule_id, done="given" if given else "none"), 303)


def _rule(tx: Tx, rule_id: UUID) -> RuleRow:
    rule = rules.find(tx, rule_id)
    if rule is None:
        raise NotFound
    return rule


def _template(tx: Tx) -> TemplateRow | None:
    """Read which template a form names; it must be one of ours."""
    chosen = unit_in(request.form, "template")
    if chosen is None:
        return None
    found = next((row for row in certificate_templates.newest(tx) if row.id == chosen), None)
    if found is None:
        raise Malformed
    return found


def _refuse_holes(tx: Tx, link: LinkRow, template: TemplateRow) -> None:
    """Refuse what would print a sentence with an empty place."""
    lacking = on_paper.lacking(tx, link.rule_id, link, Template.loads(template.body))
    for word, (field, why) in _HOLES.items():
        if word in lacking:
            raise NotUnderstood(field, why)


_HOLES: dict[str, tuple[str, LazyString]] = {
    on_paper.HOURS: ("hours", _("This certificate says how many hours it took: write them here.")),
    on_paper.UNTIL: ("months", _("This certificate says until when it holds: write for how many months.")),
    on_paper.SCORE: (
        "template",
        _(
            "This certificate says a score, and the rule asks for none, or for several. Choose another one, or change its texts."
        ),
    ),
}


def _months() -> int | None:
    text = request.form.get("months", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= LONGEST):
        raise NotUnderstood(
            "months", _("Write a number of months, or leave it empty: the certificate then holds for ever.")
        )
    return int(text)


def _page(rule_id: UUID, wrong: NotUnderstood | None = None) -> str:
    with reading() as tx:
        rule = _rule(tx, rule_id)
        name = asking.called(tx, rule_id)
        paper = on_paper.given_by(tx, [rule_id]).get(rule_id)
        templates = certificate_templates.newest(tx)
        count = sum(certificate_lists.by_unit(tx, Taking(rule_id)).values())
        branches = Units(tx).branches(days.today()) if count else []
        those = [row.id for row in rules.history(tx, rule_id)]
        waiting = certificate_lists.count_without(tx, rule_id, those) if paper else 0
        under_way = asking.under_way(tx, rule_id)
    return render_template(
        "rule_papers.html",
        space=current_space(),
        rule=rule,
        name=name,
        link=paper.link if paper else None,
        lacking=sorted(paper.asks - paper.fills) if paper else [],
        holes=_HOLES,
        templates=templates,
        branches=branches,
        nowhere=OF_NO_UNIT,
        count=count,
        waiting=waiting,
        under_way=under_way,
        what=WHAT,
        mail_offered=letters.offered(),
        given=request.form,
        wrong=wrong,
        done=request.args.get("done", ""),
    )
