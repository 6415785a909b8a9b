"""The rules of a space as pages: which there are, what each says as a sentence, its versions, and how many have met it."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import AUDITOR, AUTHOR, allow, caller
from lrs.errors import NotFound
from lrs.outcomes import ending, versions
from lrs.outcomes.blueprint import READERS, WRITERS, language, pages
from lrs.outcomes.rules.sentence import sentence
from lrs.outcomes.rules.words import words
from lrs.people.directory import Directory
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import actors, awards, remakings, reviews, rules, skills
from storage.database import Tx
from storage.rules import RuleRow, VersionRow


@dataclass(frozen=True, slots=True)
class Shown:
    """A version of a rule, as it says itself."""

    rule: RuleRow
    version: VersionRow
    name: str
    says: str
    count: int = 0


@pages.get("/s/<space>/rules")
@allow(*READERS)
def listed() -> ResponseReturnValue:
    """List the rules: those that were written, and the one that each lesson begins with."""
    with reading() as tx:
        found = _newest(tx, rules.in_force(tx))
        ended = _newest(tx, ending.ended(tx))
        waiting = (reviews.count(tx), actors.count_unmatched(tx)) if caller().role != AUTHOR else (0, 0)
    return render_template(
        "rules.html",
        space=current_space(),
        written=[each for each in found if each.rule.activity is None],
        ended=ended,
        of_lessons=[each for each in found if each.rule.activity is not None],
        reviews=waiting[0],
        strangers=waiting[1],
        may_write=caller().role in WRITERS,
        may_look=caller().role in (*KEEPERS, AUDITOR),
        may_say=caller().role in KEEPERS,
    )


@pages.get("/s/<space>/rules/<uuid:rule_id>")
@allow(*READERS)
def one(rule_id: UUID) -> ResponseReturnValue:
    """Show what a rule says, what it said before, and how many have met it."""
    with transaction() as tx:
        rule = rules.find(tx, rule_id)
        history = rules.history(tx, rule_id)
        if rule is None or not history:
            raise NotFound
        shown = _shown(tx, rule, history, {rule_id: awards.count(tx, rule_id)}, language())
        english = _shown(tx, rule, history[:1], {}, "en" if language() == "vi" else "vi")
        busy = any(each.version_id == history[0].id for each in remakings.listed(tx))
        names = _writers(tx, history)
        may_end = caller().role in WRITERS and ending.may_end(tx, rule)
        skill, of_skills = skills.with_rule(tx, rule_id), skills.is_of_one(tx, rule_id)
    return render_template(
        "rule.html",
        space=current_space(),
        rule=rule,
        shown=shown[0],
        other=english[0].says,
        history=shown,
        body=json.dumps(orjson.loads(history[0].body), ensure_ascii=False, indent=2),
        names=names,
        busy=busy,
        may_write=caller().role in WRITERS and rule.ended is None and not of_skills,
        skill=skill if caller().role in WRITERS and rule.ended is None else None,
        may_end=may_end,
        ask=request.args.get("ask", ""),
        may_give=caller().role in KEEPERS,
        done=request.args.get("done", ""),
    )


@pages.post("/s/<space>/rules/<uuid:rule_id>/end")
@allow(*WRITERS)
def end(rule_id: UUID) -> ResponseReturnValue:
    """Follow a rule no more; what was given by it stays."""
    with transaction() as tx:
        ending.end(tx, rule_id, caller().account_id)
    return redirect(url_for("rules.one", rule_id=rule_id, done="ended"), 303)


@pages.post("/s/<space>/rules/<uuid:rule_id>/resume")
@allow(*WRITERS)
def resume(rule_id: UUID) -> ResponseReturnValue:
    """Follow a rule again, and go through what came in between."""
    with transaction() as tx:
        ending.resume(tx, rule_id, caller().account_id)
    return redirect(url_for("rules.one", rule_id=rule_id, done="resumed"), 303)


def _newest(tx: Tx, version_ids: list[UUID]) -> list[Shown]:
    by_rule = {row.rule_id: row for row in rules.versions(tx, version_ids)}
    found = [(rule, by_rule[rule.id]) for rule in rules.listed(tx) if rule.id in by_rule]
    read = {version.id: versions.read(version) for _, version in found}
    names = versions.names(tx, read.values(), language())
    counts = awards.counts(tx)
    spoken = words(language())
    return [
        Shown(rule, version, _name(rule, names), sentence(read[version.id], spoken, names), counts.get(rule.id, 0))
        for rule, version in found
    ]


def _shown(tx: Tx, rule: RuleRow, history: list[VersionRow], counts: dict[UUID, int], tongue: str) -> list[Shown]:
    read = [versions.read(version) for version in history]
    names = versions.names(tx, read, tongue)
    spoken = words(tongue)
    return [
        Shown(rule, version, _name(rule, names), sentence(each, spoken, names), counts.get(rule.id, 0))
        for version, each in zip(history, read, strict=True)
    ]


def _name(rule: RuleRow, names: Any) -> str:
    """Call a rule by its name, and that of a lesson by the lesson's title."""
    return rule.name or names.activities.get(rule.activity, "") or rule.activity or ""


def _writers(tx: Tx, history: list[VersionRow]) -> dict[UUID, str]:
    """Tell those who look after people who wrote which version."""
    if caller().role not in KEEPERS:
        return {}
    who = {version.made_by for version in history if version.made_by is not None}
    return Directory(tx, services().identity_keys, caller().account_id).names(who)
