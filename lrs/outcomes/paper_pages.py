"""The certificates of a rule: whether it gives one and which, and those that were issued, to be taken away or printed."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import ROLES, allow, caller
from lrs.certificates import drawing, giving
from lrs.certificates.bulk import Bulk
from lrs.certificates.proofs import prove
from lrs.errors import Malformed, NotFound
from lrs.outcomes import standing
from lrs.outcomes.blueprint import language, pages
from lrs.people import audit
from lrs.people.identity import NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.people.units_pages import unit_in
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificate_rules, certificate_templates, certificates, rules, units, versions
from storage.certificate_rules import LinkRow
from storage.certificates import OF_NO_UNIT
from storage.database import Tx
from storage.rules import RuleRow

LONGEST = 600
"""Months: nobody promises more than fifty years."""

PER_MINUTE, KILOBYTES = 300, 90
"""What a machine of two cores draws and signs at least, and what one certificate takes at most: for the words beside the button."""


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
                link = LinkRow(rule_id, template, _months(), datetime.now(UTC), caller().account_id)
                certificate_rules.put(tx, link)
            audit.note(tx, caller().account_id, audit.RULE_PAPER, rule=str(rule_id), template=str(template or ""))
    except NotUnderstood as wrong:
        return _page(rule_id, wrong), 422
    return redirect(url_for("rules.papers", rule_id=rule_id, done="saved"), 303)


@pages.get("/s/<space>/rules/<uuid:rule_id>/certificates.<kind>")
@allow(*KEEPERS)
def take_papers(rule_id: UUID, kind: str) -> ResponseReturnValue:
    """Give what was issued, of one unit or of all, as a zip of signed certificates or as one PDF to print."""
    if kind not in {"zip", "pdf"}:
        raise NotFound
    unit = unit_in(request.args, "unit")
    with transaction() as tx:
        title = _called(tx, _rule(tx, rule_id))
        ids = certificates.by_rule(tx, rule_id, unit)
        if not ids:
            raise NotFound
        if kind == "zip":
            drawing.ready(services())  # what cannot be signed is said before the first byte has gone out
        audit.note(tx, caller().account_id, audit.PAPERS_TAKEN, rule=str(rule_id), rows=len(ids))
    bulk = Bulk(services(), prove, ids)
    if kind == "zip":
        made, sort = bulk.zip(), "application/zip"
    else:
        made, sort = (
            bulk.book(gettext("%(title)s: copies to print, without signatures", title=title)),
            "application/pdf",
        )
    answer = Response(stream_with_context(made), mimetype=sort)
    answer.headers["Content-Disposition"] = f'attachment; filename="certificates-{days.today().isoformat()}.{kind}"'
    return answer


@pages.post("/s/<space>/achievements/<uuid:rule_id>/certificate")
@allow(*ROLES)
def ask_for_paper(rule_id: UUID) -> ResponseReturnValue:
    """Give somebody the certificate of what they have completed, if it gave none when they did."""
    own = caller().account_id
    with transaction() as tx:
        if own is None or standing.of(tx, own, rule_id, language()).award is None:
            raise NotFound
        given = giving.give_by_rules(tx, services().identity_keys, [(rule_id, own)])
    return redirect(url_for("achievements.one", rule_id=rule_id, done="given" if given else "none"), 303)


def _rule(tx: Tx, rule_id: UUID) -> RuleRow:
    rule = rules.find(tx, rule_id)
    if rule is None:
        raise NotFound
    return rule


def _called(tx: Tx, rule: RuleRow) -> str:
    return rule.name or versions.titles(tx, [rule.activity or ""]).get(rule.activity or "", "")


def _template(tx: Tx) -> UUID | None:
    """Read which template a form names; it must be one of ours."""
    chosen = unit_in(request.form, "template")
    if chosen is not None and all(row.id != chosen for row in certificate_templates.newest(tx)):
        raise Malformed
    return chosen


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
        name = _called(tx, rule)
        link = certificate_rules.of(tx, [rule_id]).get(rule_id)
        templates = certificate_templates.newest(tx)
        counts = certificates.units_by_rule(tx, rule_id)
        named = {unit.id: unit.name for unit in units.listed(tx)}
    known = sorted((named[unit], unit, count) for unit, count in counts.items() if unit in named)
    count = sum(counts.values())
    return render_template(
        "rule_papers.html",
        space=current_space(),
        rule=rule,
        name=name,
        link=link,
        templates=templates,
        units=known,
        without=counts.get(OF_NO_UNIT, 0),
        none=OF_NO_UNIT,
        count=count,
        minutes=-(-count // PER_MINUTE),
        megabytes=-(-count * KILOBYTES // 1000),
        given=request.form,
        wrong=wrong,
        done=request.args.get("done", ""),
    )
