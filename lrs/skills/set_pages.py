"""The set of skills for those who write rules: what it is called, which skills are in it, in which order."""

import json
from importlib.resources import files
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs.access import allow, caller
from lrs.catalogue import LANGUAGES
from lrs.errors import Malformed
from lrs.language import reader_language
from lrs.outcomes import versions
from lrs.outcomes.blueprint import WRITERS
from lrs.outcomes.rules.sentence import sentence
from lrs.outcomes.rules.words import words
from lrs.people import audit
from lrs.people.identity import NotUnderstood, line
from lrs.people.roles import KEEPERS
from lrs.skills import keeping, picture
from lrs.skills.asking import Asks
from lrs.skills.blueprint import changed, helpers, home, pages
from lrs.skills.keeping import MOST, Shop
from lrs.web import current_space, reading, transaction
from storage import awards, skills
from storage.database import Tx
from storage.skills import SkillRow

FIVE: dict[str, Any] = json.loads(files("lrs.skills").joinpath("five.json").read_text("utf-8"))
"""The five basic digital skills: data, with which a space may begin."""


@pages.get("/s/<space>/skills/set")
@allow(*WRITERS)
def the_set() -> ResponseReturnValue:
    """Show the set and its skills."""
    return _page()


@pages.post("/s/<space>/skills/set")
@allow(*WRITERS)
def change_set() -> ResponseReturnValue:
    """Do to the set what a button says."""
    deed, _space, which = request.form.get("do", "").partition(" ")
    try:
        with transaction() as tx:
            done = _DEEDS.get(deed, _unknown)(Shop(tx, home(), caller().account_id), which)
            audit.note(tx, caller().account_id, audit.SKILLS_CHANGED, deed=deed)
    except NotUnderstood as wrong:
        return _page(wrong), 422
    if isinstance(done, UUID):
        return redirect(url_for("skills.edit", skill_id=done), 303)
    return redirect(url_for("skills.the_set", done=done), 303)


@pages.post("/s/<space>/skills/set/<uuid:skill_id>/remove")
@allow(*WRITERS)
def remove(skill_id: UUID) -> ResponseReturnValue:
    """Take a skill out of the set; what was given for it stays."""
    with transaction() as tx:
        shop = Shop(tx, home(), caller().account_id)
        shop.count_on()
        shop.remove(keeping.find(tx, skill_id))
        audit.note(tx, caller().account_id, audit.SKILLS_CHANGED, deed="remove")
    return redirect(url_for("skills.the_set", done="removed"), 303)


def begin_with_five(shop: Shop, _which: str = "") -> str:
    """Make the set of five in a space that has none."""
    if shop.begin(FIVE["titles"]):  # whoever presses twice, at once or not, has one set
        for each in FIVE["skills"]:
            shop.add(each["titles"], each["says"], each["picture"], Asks(tag=each["tag"]))
    return "made"


def _begin(shop: Shop, _which: str) -> str:
    shop.begin(_titles("title", _("Write what the skills are called together.")))
    return "made"


def _rename(shop: Shop, _which: str) -> str:
    shop.count(changed())
    shop.rename_set(_titles("title", _("Write what the skills are called together.")))
    return "saved"


def _add(shop: Shop, _which: str) -> UUID:
    titles = _titles("new", _("Write what the skill is called."))
    shop.count(changed())
    there = skills.listed(shop.tx)
    if len(there) >= MOST:
        raise NotUnderstood("new-vi", _("A set has at most %(most)s skills.", most=MOST))
    used = {row.picture for row in there}
    shape = next((each for each in picture.SHAPES if each not in used), picture.OF_THE_SET)
    return shop.add(titles, {}, shape, Asks()).id


def _up(shop: Shop, which: str) -> str:
    shop.count(changed())
    shop.move(_id(which), up=True)
    return "saved"


def _down(shop: Shop, which: str) -> str:
    shop.count(changed())
    shop.move(_id(which), up=False)
    return "saved"


def _unknown(_shop: Shop, _which: str) -> str:
    raise Malformed


_DEEDS = {
    "five": begin_with_five,
    "begin": _begin,
    "rename": _rename,
    "add": _add,
    "up": _up,
    "down": _down,
}


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Malformed from None


def _titles(field: str, missing: Any) -> dict[str, str]:
    found = {each: line(f"{field}-{each}", request.form.get(f"{field}-{each}", "")) for each in LANGUAGES}
    titles = {each: text for each, text in found.items() if text}
    if not titles:
        raise NotUnderstood(f"{field}-vi", missing)
    return titles


def _page(wrong: NotUnderstood | None = None) -> str:
    with reading() as tx:
        whole, rows = skills.the_set(tx), skills.listed(tx)
        counts = awards.counts(tx)
        sentences = _sentences(tx, rows)
    return render_template(
        "skills_set.html",
        space=current_space(),
        whole=whole,
        titles=json.loads(whole.titles) if whole else FIVE["titles"],
        rows=rows,
        counts=counts,
        sentences=sentences,
        given=request.form,
        wrong=wrong,
        full=len(rows) >= MOST,
        done=request.args.get("done", ""),
        may_give=caller().role in KEEPERS,
        **helpers(),
    )


def _sentences(tx: Tx, rows: list[SkillRow]) -> dict[UUID, str]:
    """Say what each skill asks, that can be filled."""
    current = {row.id: versions.current(tx, row.rule_id) for row in rows if row.rule_id is not None}
    read = {each: versions.read(version) for each, version in current.items() if version is not None}
    names = versions.names(tx, read.values(), reader_language())
    return {each: sentence(rule, words(reader_language()), names) for each, rule in read.items()}
