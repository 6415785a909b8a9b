"""Writing a rule: a form that says itself as a sentence, tries itself on the record, and is kept as a new version."""

from uuid import UUID

import orjson
from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from lrs.access import allow, caller
from lrs.errors import NotFound
from lrs.outcomes import sheet as sheets
from lrs.outcomes import trial as trials
from lrs.outcomes import versions
from lrs.outcomes.blueprint import WRITERS, language, pages
from lrs.outcomes.form import words as form_words
from lrs.outcomes.form.draft import Condition
from lrs.outcomes.form.places import Mistake
from lrs.outcomes.known import Known, known
from lrs.outcomes.rules.language import CONFIRM
from lrs.outcomes.rules.sentence import ROLES
from lrs.outcomes.sheet import Sheet
from lrs.outcomes.trial import Trial
from lrs.outcomes.trying import Ground
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.identity import NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import rules
from storage.database import Tx
from storage.rules import RuleRow, VersionRow

_LONGEST = 200
"""The most letters of a rule's name."""

_MEANWHILE = _("Somebody else has changed this rule in the meantime. Look at what it says now, and change it again.")


@pages.get("/s/<space>/rules/new")
@allow(*WRITERS)
def new() -> ResponseReturnValue:
    """Show the form of a new rule."""
    with reading() as tx:
        sheet = sheets.fresh(_find(tx), language())
    return _page(sheet)


@pages.post("/s/<space>/rules/new")
@allow(*WRITERS)
def make() -> ResponseReturnValue:
    """Do to a new rule what the form asks for, and keep it if that is asked."""
    return _write(None)


@pages.get("/s/<space>/rules/<uuid:rule_id>/edit")
@allow(*WRITERS)
def edit(rule_id: UUID) -> ResponseReturnValue:
    """Show what a rule says as a form."""
    with reading() as tx:
        rule, version = rules.find(tx, rule_id), versions.current(tx, rule_id)
        if rule is None or version is None:
            raise NotFound
        sheet = sheets.kept(_find(tx), language(), version.body, rule.name)
    return _page(sheet, version, rule)


@pages.post("/s/<space>/rules/<uuid:rule_id>/edit")
@allow(*WRITERS)
def change(rule_id: UUID) -> ResponseReturnValue:
    """Do to a rule what the form asks for, and keep it as a new version if that is asked."""
    return _write(rule_id)


@pages.post("/s/<space>/rules/check")
@allow(*WRITERS)
def check() -> ResponseReturnValue:
    """Tell what a rule says as it stands in the form, and what is wrong where; nothing is kept."""
    with reading() as tx:
        look = sheets.sent(_find(tx), language(), request.form).look
    problems = [
        {"field": each.field, "id": each.id, "says": each.says, "place": each.place, "hint": each.hint}
        for each in look.mistakes
    ]
    return jsonify({"sentences": look.sentences, "problems": problems, "rule": look.text})


def _write(rule_id: UUID | None) -> ResponseReturnValue:
    saves, wrong, trial = request.form.get("do") == "save", None, None
    with transaction(writes=saves) as tx:
        rule = None if rule_id is None else rules.find(tx, rule_id)
        version = None if rule_id is None else versions.current(tx, rule_id)
        if rule_id is not None and (rule is None or version is None):
            raise NotFound
        sheet = sheets.sent(_find(tx), language(), request.form)
        right = sheet.told and sheet.look.sentences is not None and not sheet.look.wrong
        if saves:
            wrong = _not_to_be_kept(sheet, rule, version)
            if right and wrong is None:
                return redirect(url_for("rules.one", rule_id=_keep(tx, sheet, version), done="saved"), 303)
        elif right:
            trial = _tried(tx, sheet, rule_id)
    return _page(sheet, version, rule, trial=trial, wrong=wrong), 422 if saves else 200


def _not_to_be_kept(sheet: Sheet, rule: RuleRow | None, version: VersionRow | None) -> NotUnderstood | None:
    if version is not None and request.form.get("version") != str(version.number):
        return NotUnderstood("version", _MEANWHILE)
    named = sheet.name or (rule is not None and rule.activity)  # that of a lesson is called as the lesson is
    if not named or len(sheet.name) > _LONGEST:
        return NotUnderstood("name", _("A rule has a name of up to %(most)s letters.", most=_LONGEST))
    return None


def _keep(tx: Tx, sheet: Sheet, before: VersionRow | None) -> UUID:
    by, body = caller().account_id, orjson.loads(sheet.look.text)
    of = versions.Naming(sheet.name) if before is None else before.rule_id
    version = versions.add(tx, body, of, by)
    if before is not None:
        rules.rename(tx, before.rule_id, sheet.name)
    act = audit.RULE_ADDED if before is None else audit.RULE_CHANGED
    audit.note(tx, by, act, rule=str(version.rule_id), version=version.number)
    return version.rule_id


def _tried(tx: Tx, sheet: Sheet, rule_id: UUID | None) -> Trial:
    """Go on with the trial of a rule, for a moment."""
    text = sheet.look.text
    ground = Ground(services().identity_keys, services().config.public_url)
    trial = trials.begun(text, request.form.to_dict(flat=False))
    return trials.gone_on(tx, ground, rule_id, orjson.loads(text), trial)


def _find(tx: Tx) -> sheets.Finding:
    return lambda named: known(tx, language(), named)


def _page(
    sheet: Sheet,
    version: VersionRow | None = None,
    rule: RuleRow | None = None,
    *,
    trial: Trial | None = None,
    wrong: NotUnderstood | None = None,
) -> str:
    problems = [
        *([Mistake(wrong.field, str(wrong.detail), "")] if wrong else []),
        *(sheet.look.wrong if sheet.told else []),
    ]
    return render_template(
        "rule_edit.html",
        space=current_space(),
        sheet=sheet,
        rule=rule,
        version=version,
        wrong=wrong,
        problems=problems,
        mistakes=_by_field(sheet.look.mistakes if sheet.told else ()),
        trial=trial,
        names=_names(trial),
        form_words=form_words,
        confirming={role: gettext(message) for role, message in ROLES.items()},
        sources={way: gettext(message) for way, message in form_words.PROVENANCE.items()},
        verbs_of=_verbs_of,
        keys_of=lambda condition: _keys_of(condition, sheet.known),
    )


def _names(trial: Trial | None) -> dict[UUID, str] | None:
    """Tell those who may see people who would gain or lose; to others they are figures."""
    if trial is None or caller().role not in KEEPERS:
        return None
    seen = {*trial.gained, *trial.lost}
    with transaction() as tx:
        audit.note_look(tx, caller().account_id, seen, "rules")
        return Directory(tx, services().identity_keys, caller().account_id).names(seen)


def _by_field(mistakes: tuple[Mistake, ...]) -> dict[str, list[Mistake]]:
    found: dict[str, list[Mistake]] = {}
    for each in mistakes:
        found.setdefault(each.field, []).append(each)
    return found


def _verbs_of(condition: Condition) -> dict[str, str]:
    """Offer the verbs that people know, and those that the rule names already."""
    offered = {
        verb: gettext(message)
        for verb, message in form_words.VERBS.items()
        if (verb == CONFIRM) == (condition.word == "confirmed")
    }
    return offered | {verb: verb for verb in condition.all("verbs") if verb not in offered}


def _keys_of(condition: Condition, there: Known) -> dict[str, str]:
    """Offer the keys of the space, and those that the rule names already."""
    offered = {str(key): name for key, name in there.keys.items()}
    return offered | {key: key for key in condition.all("credential") if key not in offered}
