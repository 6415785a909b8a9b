"""The pages of rules, for administrators and authors: what is asked of learners, written as a form that says itself as a sentence."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from lrs.access import AUTHOR, allow
from lrs.outcomes import sheet as sheets
from lrs.outcomes.form import words as form_words
from lrs.outcomes.form.draft import Condition
from lrs.outcomes.form.places import Mistake
from lrs.outcomes.known import Known, known
from lrs.outcomes.rules.language import CONFIRM
from lrs.outcomes.rules.sentence import ROLES
from lrs.outcomes.sheet import Sheet
from lrs.people.roles import KEEPERS
from lrs.web import current_space, reading
from storage.database import Tx

pages = Blueprint("rules", __name__)

WRITERS = (*KEEPERS, AUTHOR)


@pages.get("/s/<space>/rules")
@allow(*WRITERS)
def listed() -> ResponseReturnValue:
    """List the rules."""
    return ""


@pages.get("/s/<space>/rules/new")
@allow(*WRITERS)
def new() -> ResponseReturnValue:
    """Show the form of a new rule."""
    with reading() as tx:
        return _page(sheets.fresh(_find(tx), language()))


@pages.post("/s/<space>/rules/new")
@allow(*WRITERS)
def make() -> ResponseReturnValue:
    """Do to a new rule what the form asks for."""
    with reading() as tx:
        sheet = sheets.sent(_find(tx), language(), request.form)
    return _page(sheet)


@pages.post("/s/<space>/rules/check")
@allow(*WRITERS)
def check() -> ResponseReturnValue:
    """Tell what a rule says as it stands in the form, and what is wrong where; nothing is kept."""
    with reading() as tx:
        sheet = sheets.sent(_find(tx), language(), request.form)
    look = sheet.look
    problems = [
        {"field": each.field, "id": each.id, "says": each.says, "place": each.place, "hint": each.hint}
        for each in look.mistakes
    ]
    return jsonify({"sentences": look.sentences, "problems": problems, "rule": look.text})


def language() -> str:
    """Tell in which language the reader reads."""
    return str(get_locale())


def _find(tx: Tx) -> sheets.Finding:
    return lambda named: known(tx, language(), named)


def _page(sheet: Sheet, **more: Any) -> str:
    problems = sheet.look.wrong if sheet.told else []
    return render_template(
        "rule_edit.html",
        space=current_space(),
        sheet=sheet,
        problems=problems,
        mistakes=_by_field(sheet.look.mistakes if sheet.told else ()),
        form_words=form_words,
        confirming={role: gettext(message) for role, message in ROLES.items()},
        sources={way: gettext(message) for way, message in form_words.PROVENANCE.items()},
        verbs_of=_verbs_of,
        keys_of=lambda condition: _keys_of(condition, sheet.known),
        **more,
    )


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


def _keys_of(condition: Condition, known: Known) -> dict[str, str]:
    """Offer the keys of the space, and those that the rule names already."""
    offered = {str(key): name for key, name in known.keys.items()}
    return offered | {key: key for key in condition.all("credential") if key not in offered}
