"""Reviews as pages: awards that do not rest on the record, or on the rule, any more, and what a person says becomes of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from lrs.access import AUDITOR, allow, caller
from lrs.errors import NotFound
from lrs.outcomes import reviews, versions
from lrs.outcomes.blueprint import language, pages
from lrs.outcomes.form.words import VERBS
from lrs.outcomes.rules.sentence import Names, sentence
from lrs.outcomes.rules.words import words
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.identity import NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, transaction
from lrs.xapi import identifiers
from storage import awards, rules, statements
from storage import reviews as kept
from storage import versions as lessons
from storage.awards import AwardRow
from storage.database import Tx
from storage.reviews import ReviewRow
from storage.rules import RuleRow


@dataclass(frozen=True, slots=True)
class Shown:
    """A review as it is read: whose, by which rule, and what that said."""

    row: ReviewRow
    rule: RuleRow
    says: str
    number: int
    now: str
    """What the rule says now, if it is that which has changed."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement that showed it: what somebody did, with what, and when it came."""

    id: UUID
    did: str
    what: str
    at: datetime
    void: bool


@pages.get("/s/<space>/reviews")
@allow(*KEEPERS, AUDITOR)
def list_reviews() -> ResponseReturnValue:
    """List the awards of which nobody has said yet what becomes of them, the oldest first."""
    with transaction() as tx:
        found = reviews.open(tx)
        shown = [_shown(tx, each.row) for each in found]
        count = kept.count(tx)
        names = _names(tx, {each.row.account_id for each in found})
    return render_template(
        "reviews.html",
        space=current_space(),
        found=shown,
        count=count,
        names=names,
        done=request.args.get("done", ""),
    )


@pages.get("/s/<space>/reviews/<uuid:review_id>")
@allow(*KEEPERS, AUDITOR)
def review(review_id: UUID) -> ResponseReturnValue:
    """Show what an award rested on, and what has happened to that."""
    return _page(review_id)


@pages.post("/s/<space>/reviews/<uuid:review_id>")
@allow(*KEEPERS)
def decide(review_id: UUID) -> ResponseReturnValue:
    """Let an award stay, or take it back, and say why."""
    decision = request.form.get("do", "")
    reason = request.form.get(f"reason-{decision}", "")
    if reason not in reviews.REASONS.get(decision, {}):
        field = f"reason-{decision}" if decision in reviews.REASONS else f"reason-{reviews.KEPT}"
        return _page(review_id, NotUnderstood(field, _("Choose why."))), 422
    with transaction() as tx:
        by = caller().account_id
        outcome = reviews.decide(tx, review_id, decision, by, reason) if by is not None else decision
    return redirect(url_for("rules.list_reviews", done=outcome), 303)


def _page(review_id: UUID, wrong: NotUnderstood | None = None) -> str:
    with transaction() as tx:
        row = kept.find(tx, review_id)
        if row is None:
            raise NotFound
        award = awards.find(tx, row.version_id, [row.account_id])[row.account_id]
        shown, proofs = _shown(tx, row), _proofs(tx, row, award)
        names = _names(tx, {row.account_id} | ({row.decided_by} if row.decided_by else set()))
    return render_template(
        "review.html",
        space=current_space(),
        shown=shown,
        award=award,
        proofs=proofs,
        names=names,
        reasons=reviews.REASONS,
        wrong=wrong,
        may_decide=caller().role in KEEPERS and row.decision is None,
    )


def _shown(tx: Tx, row: ReviewRow) -> Shown:
    found = {each.id: each for each in rules.versions(tx, {row.version_id, row.about})}
    version = found[row.version_id]
    rule, read = rules.find(tx, version.rule_id), {key: versions.read(each) for key, each in found.items()}
    if rule is None:
        raise NotFound
    names = versions.names(tx, read.values(), language())
    spoken = words(language())
    says = {key: sentence(each, spoken, names) for key, each in read.items()}
    return Shown(row, _called(rule, names), says[version.id], version.number, says.get(row.about, ""))


def _called(rule: RuleRow, names: Names) -> RuleRow:
    return rule if rule.name else RuleRow(rule.id, names.activities.get(rule.activity or "", ""), None, rule.created)


def _proofs(tx: Tx, row: ReviewRow, award: AwardRow) -> list[Proof]:
    """Read the statements that showed it, and the one that is void."""
    wanted = list(dict.fromkeys([*award.evidence, *([row.about] if row.cause == kept.VOIDED else [])]))
    texts = statements.texts(tx, wanted)
    read = {each: json.loads(texts[each]) for each in wanted if each in texts}
    about = {each: identifiers.key(said["object"].get("id", "")) for each, said in read.items()}
    titles = lessons.titles(tx, about.values())
    return [
        Proof(each, _did(said["verb"]), titles.get(about[each], about[each]), _at(said), each == row.about)
        for each, said in read.items()
    ]


def _did(verb: Mapping[str, Any]) -> str:
    known = VERBS.get(verb["id"])
    return gettext(known) if known else str(verb.get("display", {}).get(language(), verb["id"]))


def _at(said: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(said["stored"])


def _names(tx: Tx, whom: set[UUID]) -> dict[UUID, str]:
    audit.note_look(tx, caller().account_id, whom, "reviews")
    return Directory(tx, services().identity_keys, caller().account_id).names(whom)
