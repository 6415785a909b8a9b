"""Rules as they are kept: each change is a new version, which writes down what its tags stood for and where its days begin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson

from lrs.outcomes.rules import check, language, reading
from lrs.outcomes.rules.check import Known
from lrs.outcomes.rules.language import Rule
from lrs.outcomes.rules.problems import WrongRule
from lrs.outcomes.rules.sentence import Names
from storage import credentials, definitions, history, remakings, rules, spaces, tags, versions
from storage.database import Tx
from storage.rules import RuleRow, VersionRow


@dataclass(frozen=True, slots=True)
class Naming:
    """What a new rule is called, and the lesson whose completion it says, if it is that of one."""

    name: str = ""
    activity: str | None = None


def add(
    tx: Tx, body: dict[str, Any], of: UUID | Naming, by: UUID | None = None, *, unheard: bool = False
) -> VersionRow:
    """Let a rule say this from now on, or make a new one that does; WrongRule lists what is wrong with it.

    What the record knows already is gone through again for it, unless nothing can be there yet (`unheard`).
    """
    snapshot, text, now = _checked(tx, body, unheard=unheard), orjson.dumps(body).decode(), datetime.now(UTC)
    before = None if isinstance(of, Naming) else current(tx, of)
    if before is not None and (before.body, before.tags) == (text, snapshot):
        return before
    rule_id = _made(tx, of, now) if isinstance(of, Naming) else of
    number = 1 if before is None else before.number + 1
    version = VersionRow(uuid4(), rule_id, number, text, snapshot, spaces.own(tx).settings.zone, now, by)
    rules.add_version(tx, version)
    if not unheard:
        go_through(tx, version)
    return version


def go_through(tx: Tx, version: VersionRow) -> None:
    """Let a version be made from what the record knows already."""
    remakings.ask(tx, version.created, version_id=version.id)


def _made(tx: Tx, naming: Naming, now: datetime) -> UUID:
    made = RuleRow(uuid4(), naming.name, naming.activity, now)
    rules.add(tx, made)
    return made.id


def current(tx: Tx, rule_id: UUID) -> VersionRow | None:
    """Give what a rule says now."""
    return rules.newest(tx, rule_id)


def read(version: VersionRow) -> Rule:
    """Read a version as a rule whose tags are written down."""
    return language.resolved(reading.parse(version.body), _tags(version.tags))


def trial(tx: Tx, body: dict[str, Any], rule_id: UUID | None = None) -> VersionRow:
    """Make a version that is kept nowhere: to try it."""
    snapshot = _checked(tx, body, unheard=False)
    zone = spaces.own(tx).settings.zone
    return VersionRow(uuid4(), rule_id or uuid4(), 0, orjson.dumps(body).decode(), snapshot, zone, datetime.now(UTC))


def known(tx: Tx, rule: Rule) -> Known:
    """Tell what there is in a space of what a rule names."""
    named = _named(rule)
    there = {*versions.titles(tx, named), *definitions.of_some(tx, named)}
    there |= {each for each in named if each not in there and history.is_about(tx, each)}
    return Known(frozenset(there), tags.all_of(tx), frozenset(_keys(tx, [rule])))


def names(tx: Tx, wanted: Iterable[Rule], tongue: str) -> Names:
    """Tell what people call the things that rules name, in their language where somebody has said it."""
    rules_ = [*wanted]
    named = [each for rule in rules_ for each in _named(rule)]
    called = {iri: _name(bodies, tongue) for iri, bodies in definitions.of_some(tx, named).items()}
    called |= versions.titles(tx, named)
    return Names({iri: name for iri, name in called.items() if name}, _keys(tx, rules_))


def problems(tx: Tx, body: Any) -> list[Any]:
    """List what is wrong with a rule as somebody writes it, hints included; nothing, if it could be kept."""
    try:
        rule = reading.read(body)
    except WrongRule as wrong:
        return list(wrong.problems)
    return list(check.problems(rule, known(tx, rule)))


def _checked(tx: Tx, body: dict[str, Any], *, unheard: bool) -> str:
    """Refuse a rule that cannot be meant; write down what its tags stand for."""
    rule = reading.read(body)
    if not unheard and (found := [each for each in check.problems(rule, known(tx, rule)) if not each.hint]):
        raise WrongRule(found)
    used = {leaf.selection.tag for _, leaf in language.leaves(rule)}
    snapshot = {tag: activities for tag, activities in tags.all_of(tx).items() if tag in used}
    told = _as_they_came(tx, snapshot) if snapshot else {}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def _as_they_came(tx: Tx, snapshot: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Put what tags stand for in the order in which the lessons came: in that learners are told what is missing."""
    place = {each.activity: number for number, each in enumerate(versions.lessons(tx))}
    return {tag: sorted(those, key=lambda one: place.get(one, len(place))) for tag, those in snapshot.items()}


def _named(rule: Rule) -> list[str]:
    return list(dict.fromkeys(each for _, leaf in language.leaves(rule) for each in leaf.selection.activities or ()))


def _keys(tx: Tx, those: Iterable[Rule]) -> dict[UUID, str]:
    """Tell what the keys that rules name are called; most rules name none."""
    named = {key for rule in those for _, leaf in language.leaves(rule) for key in leaf.selection.credentials}
    return credentials.names(tx, named) if named else {}


def _tags(text: str) -> Mapping[str, tuple[str, ...]]:
    return {tag: tuple(activities) for tag, activities in orjson.loads(text).items()}


def _name(bodies: Iterable[str], tongue: str) -> str:
    """Choose a name among all that statements have given: in this language, in one like it, or any."""
    given: dict[str, str] = {}
    for body in bodies:
        given |= orjson.loads(body).get("name", {})
    for wanted in (tongue, f"{tongue}-", "und"):
        for code, name in given.items():
            if code == wanted or (wanted.endswith("-") and code.startswith(wanted)):
                return name
    return next(iter(given.values()), "")
