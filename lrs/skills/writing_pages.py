"""Writing a skill: what it is called, and what counts for it; it says itself as a sentence and is tried on the record (docs/skills.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import allow, caller
from lrs.outcomes import trial as trials
from lrs.outcomes.blueprint import WRITERS
from lrs.outcomes.known import known
from lrs.outcomes.trial import Trial
from lrs.outcomes.trying import Ground
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.skills import keeping, picture, sheet
from lrs.skills.blueprint import PICTURES, changed, helpers, home, language, pages
from lrs.skills.keeping import Shop
from lrs.skills.sheet import Sheet
from lrs.web import current_space, reading, transaction
from storage import courses, rules, skills
from storage.database import Tx
from storage.skills import SkillRow


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a form offers."""

    row: SkillRow
    lessons: Mapping[str, str]
    tags: Sequence[str]
    courses: Mapping[UUID, str]
    changed: int


@pages.get("/s/<space>/skills/set/<uuid:skill_id>")
@allow(*WRITERS)
def edit(skill_id: UUID) -> ResponseReturnValue:
    """Show a skill as a form."""
    with reading() as tx:
        row = keeping.find(tx, skill_id)
        shown = sheet.kept(tx, row, keeping.courses_of(tx), Shop(tx, home()).own(skill_id))
        ground = _ground(tx, row)
    return _page(ground, shown, told=False)


@pages.post("/s/<space>/skills/set/<uuid:skill_id>")
@allow(*WRITERS)
def change(skill_id: UUID) -> ResponseReturnValue:
    """Keep a skill as it was written, or try it on the record."""
    saves = request.form.get("do") == "save"
    with transaction(writes=saves) as tx:
        row, shop = keeping.find(tx, skill_id), Shop(tx, home(), caller().account_id)
        shown = sheet.sent(tx, request.form, keeping.courses_of(tx), shop.own(skill_id))
        if saves and not shown.wrong:
            shop.count(changed())
            shop.change(skill_id, shown.titles, shown.says, shown.picture, shown.asks)
            audit.note(tx, caller().account_id, audit.SKILLS_CHANGED, skill=str(skill_id))
            return redirect(url_for("skills.the_set", done="saved"), 303)
        trial = None if saves or shown.sentences is None or shown.mistakes else _tried(tx, row, shown)
        ground = _ground(tx, row)
    return _page(ground, shown, told=True, trial=trial), 422 if saves else 200


@pages.post("/s/<space>/skills/set/<uuid:skill_id>/check")
@allow(*WRITERS)
def check(skill_id: UUID) -> ResponseReturnValue:
    """Tell what a skill asks as it stands in the form, and what is wrong where; nothing is kept."""
    with reading() as tx:
        keeping.find(tx, skill_id)
        shown = sheet.sent(tx, request.form, keeping.courses_of(tx), Shop(tx, home()).own(skill_id))
    problems = [
        {"field": each.field, "id": each.id, "says": each.says, "place": each.place, "hint": each.hint}
        for each in shown.mistakes
    ]
    return jsonify({"sentences": shown.sentences, "problems": problems})


def _tried(tx: Tx, row: SkillRow, shown: Sheet) -> Trial:
    """Go on with the trial of what a skill asks, for a moment."""
    ground = Ground(services().identity_keys, services().config.public_url)
    trial = trials.begun(shown.text, request.form.to_dict(flat=False))
    return trials.gone_on(tx, ground, row.rule_id, shown.body or {}, trial)


def _ground(tx: Tx, row: SkillRow) -> _Ground:
    there, whole = known(tx, language()), skills.the_set(tx)
    named = {rule.id: rule.name for rule in rules.listed(tx)}
    offered = {each.id: named.get(each.rule_id, "") for each in courses.listed(tx) if each.rule_id is not None}
    return _Ground(row, there.lessons, [*there.tags], offered, whole.changed if whole else 0)


def _page(ground: _Ground, shown: Sheet, *, told: bool, trial: Trial | None = None) -> str:
    return render_template(
        "skill_edit.html",
        space=current_space(),
        row=ground.row,
        ground=ground,
        sheet=shown,
        changed=request.form.get("changed", ground.changed),
        told=told,
        problems=shown.wrong if told else [],
        mistakes={each.field: each for each in shown.mistakes} if told else {},
        shapes={shape: PICTURES[shape] for shape in picture.SHAPES},
        trial=trial,
        names=_names(trial),
        ask=request.args.get("ask", ""),
        **helpers(),
    )


def _names(trial: Trial | None) -> dict[UUID, str] | None:
    """Tell those who may see people who would gain or lose; to others they are figures."""
    if trial is None or caller().role not in KEEPERS:
        return None
    seen = {*trial.gained, *trial.lost}
    with transaction() as tx:
        audit.note_look(tx, caller().account_id, seen, "rules")
        return Directory(tx, services().identity_keys, caller().account_id).names(seen)
