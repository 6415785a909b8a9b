"""Where somebody stands: their own results, with the reason for each, and those of a learner for whoever helps them."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import AUDITOR, LEARNER, MENTOR, ROLES, allow, caller
from lrs.certificates import issuing
from lrs.errors import Malformed, NotFound
from lrs.language import reader_language
from lrs.outcomes import confirming, giving, renewing, standing
from lrs.outcomes import evidence as evidences
from lrs.outcomes.evidence import Told
from lrs.outcomes.standing import Standing
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.people_pages import HELPERS, READERS
from lrs.people.roles import KEEPERS
from lrs.record import CLIENT_ASSERTED, PARTNER_ASSERTED, STAFF_ASSERTED
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificate_rules, certificates, rules, skills
from storage.certificates import CertificateRow
from storage.database import Tx

pages = Blueprint("achievements", __name__)

_REPORTED = {
    CLIENT_ASSERTED: _("the lesson itself"),
    PARTNER_ASSERTED: _("another system"),
    STAFF_ASSERTED: _("somebody here, by hand"),
}
"""Who it was that said something, to whom it is about."""


@pages.get("/s/<space>/achievements")
@allow(*ROLES)
def listed() -> ResponseReturnValue:
    """List where one stands oneself."""
    with reading() as tx:
        of_skills = skills.rules_of(tx)  # which have a page of their own, with pictures
        found = [each for each in standing.listed(tx, _own(), reader_language()) if each.rule.id not in of_skills]
        papers = _papers(tx, _own())
    return render_template(
        "achievements.html", space=current_space(), found=found, papers=papers, person=None, skills=bool(of_skills)
    )


@pages.get("/s/<space>/achievements/<uuid:rule_id>")
@allow(*ROLES)
def one(rule_id: UUID) -> ResponseReturnValue:
    """Tell why, or why not yet."""
    with reading() as tx:
        found = standing.of(tx, _own(), rule_id, reader_language())
        paper = _papers(tx, _own()).get(rule_id)
        due = (
            found.award is not None
            and bool(certificate_rules.of(tx, [rule_id]))
            and giving.may_ask(tx, rule_id, found.award)
        )
        renewable = paper is not None and paper.row in renewing.papers(tx, _own(), days.today())
    return render_template(
        "achievement.html",
        space=current_space(),
        found=found,
        person=None,
        paper=paper,
        due=due,
        renewable=renewable,
        done=request.args.get("done", ""),
    )


@pages.get("/s/<space>/achievements/<uuid:rule_id>/evidence/<uuid:statement_id>")
@allow(*ROLES)
def evidence(rule_id: UUID, statement_id: UUID) -> ResponseReturnValue:
    """Show the statement behind a piece of evidence to whom it is about."""
    with reading() as tx:
        found = standing.of(tx, _own(), rule_id, reader_language())
        told = _told(tx, found, statement_id)
    return _shown(found, told, None)


@pages.get("/s/<space>/people/<uuid:account_id>/achievements")
@allow(*READERS)
def of_person(account_id: UUID) -> ResponseReturnValue:
    """List where somebody stands, for who helps them."""
    with transaction() as tx:
        person = _looked_at(tx, account_id)
        found = standing.listed(tx, account_id, reader_language())
        papers = _papers(tx, account_id)
        has_skills = skills.the_set(tx) is not None
    return render_template(
        "achievements.html", space=current_space(), found=found, papers=papers, person=person, skills=has_skills
    )


@pages.get("/s/<space>/people/<uuid:account_id>/achievements/<uuid:rule_id>")
@allow(*READERS)
def one_of_person(account_id: UUID, rule_id: UUID) -> ResponseReturnValue:
    """Tell why, or why not yet, to who helps somebody; and let them confirm what only they can say."""
    with transaction() as tx:
        person = _looked_at(tx, account_id)
        found = standing.of(tx, account_id, rule_id, reader_language())
        papers = _papers(tx, account_id)
        open_ = standing.to_confirm(found, caller().role or "") if confirming.may(tx, caller(), account_id) else []
    return render_template(
        "achievement.html",
        space=current_space(),
        found=found,
        person=person,
        paper=None,
        due=False,
        given=papers.get(rule_id),
        open=[(activity, found.names.get(activity, "")) for activity in open_],
        done=request.args.get("done", ""),
    )


@pages.get("/s/<space>/people/<uuid:account_id>/achievements/<uuid:rule_id>/evidence/<uuid:statement_id>")
@allow(*READERS)
def evidence_of_person(account_id: UUID, rule_id: UUID, statement_id: UUID) -> ResponseReturnValue:
    """Show the statement behind a piece of evidence to who helps somebody."""
    with transaction() as tx:
        person = _looked_at(tx, account_id)
        found = standing.of(tx, account_id, rule_id, reader_language())
        told = _told(tx, found, statement_id)
    return _shown(found, told, person)


def _told(tx: Tx, found: Standing, statement_id: UUID) -> Told:
    """Find a statement on which a result rests: no other is shown here, whatever its id."""
    piece = (found.evidence or {}).get(statement_id)
    told = None if piece is None else evidences.told(tx, piece)
    if told is None:
        raise NotFound
    return told


def _shown(found: Standing, told: Told, person: tuple[UUID, str] | None) -> str:
    return render_template(
        "evidence.html",
        space=current_space(),
        found=found,
        told=told,
        person=person,
        reported=_REPORTED.get(told.provenance, told.provenance),
        whole=caller().role in {*KEEPERS, AUDITOR},  # it may tell who else said something, by their name elsewhere
    )


@pages.post("/s/<space>/people/<uuid:account_id>/achievements/<uuid:rule_id>")
@allow(*HELPERS)
def confirm(account_id: UUID, rule_id: UUID) -> ResponseReturnValue:
    """Confirm that somebody can do it; it counts in a moment, as any statement does."""
    activity = request.form.get("activity", "")
    with transaction() as tx:
        _person(tx, account_id)
        found = standing.of(tx, account_id, rule_id, reader_language())
        if activity not in standing.to_confirm(found, caller().role or ""):
            raise Malformed if rules.find(tx, rule_id) is not None else NotFound
        confirming.confirm(tx, caller(), account_id, activity, services().config.public_url)
    return redirect(
        url_for("achievements.one_of_person", account_id=account_id, rule_id=rule_id, done="confirmed"), 303
    )


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate that somebody has for a result."""

    row: CertificateRow
    number: str
    expired: bool
    may_look: bool
    """Whether the reader may see what happened to it."""


def _papers(tx: Tx, account_id: UUID) -> dict[UUID, Paper]:
    """Find what somebody was given, by the rules that gave it; of several the newest."""
    today, keeper = days.today(), caller().role in KEEPERS
    rows = [row for row in certificates.of_account(tx, account_id) if row.state == certificates.VALID]
    return {
        row.rule_id: Paper(row, issuing.number_of(row), issuing.expired(row, today), keeper)
        for row in reversed(rows)
        if row.rule_id is not None
    }


def _own() -> UUID:
    account = caller().account_id
    if account is None:
        raise NotFound
    return account


def _person(tx: Tx, account_id: UUID) -> tuple[UUID, str]:
    """Find somebody whom the caller may see: a mentor sees learners."""
    found = Directory(tx, services().identity_keys, caller().account_id).find(account_id)
    if caller().role == MENTOR and found.account.role != LEARNER:
        raise NotFound
    return account_id, found.identity.name


def _looked_at(tx: Tx, account_id: UUID) -> tuple[UUID, str]:
    """Find somebody, and write down that they were looked at."""
    person = _person(tx, account_id)
    audit.note_look(tx, caller().account_id, [account_id], "achievements")
    return person
