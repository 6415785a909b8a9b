"""Where somebody stands in the set of skills: how full each is, and what is the shortest way on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lrs import days
from lrs.outcomes import standing
from lrs.outcomes.rules.evaluate import Finding
from lrs.outcomes.rules.explain import explain
from lrs.outcomes.rules.sentence import Names
from lrs.outcomes.rules.way import Step, way
from lrs.outcomes.rules.words import Words, words
from lrs.outcomes.standing import Standing
from lrs.skills.filling import EMPTY, Filling, filled
from lrs.skills.keeping import said
from lrs.skills.parts import Part, told
from storage import awards, skills, versions
from storage.awards import AwardRow
from storage.database import Tx
from storage.skills import SkillRow


@dataclass(frozen=True, slots=True)
class Next:
    """What somebody can do next for a skill: a lesson of ours that they may open, or what a sentence says."""

    says: str
    minutes: float
    lesson: UUID | None = None
    """The version that is opened."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill as it stands with somebody."""

    row: SkillRow
    title: str
    says: str
    filling: Filling
    award: AwardRow | None = None
    reviewed: bool = False
    making: bool = False
    next: Next | None = None
    parts: tuple[Part, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether there is anything yet that counts for it."""
        return self.row.rule_id is not None


@dataclass(frozen=True, slots=True)
class Whole:
    """The set as it stands with somebody."""

    title: str
    skills: tuple[Skill, ...]
    rule_id: UUID | None
    award: AwardRow | None = None

    @property
    def got(self) -> int:
        """Count the skills that somebody has."""
        return sum(each.award is not None for each in self.skills)

    @property
    def nearest(self) -> Skill | None:
        """Give the skill to go on with: the one that was begun and takes the least, if there is a lesson for it."""
        left = [each for each in self.skills if each.next is not None and each.next.lesson is not None]
        return min(left, key=lambda each: (each.filling.done == 0, each.next.minutes if each.next else 0), default=None)


def of(tx: Tx, account_id: UUID, language: str, *, guest: bool = False) -> Whole | None:
    """Tell where somebody stands in the set; None where a space has none."""
    whole = skills.the_set(tx)
    if whole is None:
        return None
    rows = skills.listed(tx)
    asked = {row.rule_id for row in rows if row.rule_id is not None}
    found = {each.rule.id: each for each in standing.listed(tx, account_id, language, asked)}
    lessons = _Lessons(tx, account_id, found.values(), guest=guest)
    seen = tuple(_skill(row, found.get(row.rule_id) if row.rule_id else None, language, lessons) for row in rows)
    held = awards.holders(tx, whole.rule_id, [account_id]) if whole.rule_id is not None else {}
    return Whole(said(whole.titles, language), seen, whole.rule_id, next(reversed(held.get(account_id, [])), None))


class _Lessons:
    """The lessons of ours that somebody may open, and those that they have completed."""

    def __init__(self, tx: Tx, account_id: UUID, found: Iterable[Standing], *, guest: bool) -> None:
        named = {activity for each in found if each.finding is not None for activity in _named(each.finding)}
        opened = versions.open_packages(tx) if guest else None
        listed = [row for row in versions.lessons(tx) if row.activity in named] if named else []
        self.ids: Mapping[str, UUID] = {
            row.activity: row.id for row in listed if opened is None or row.package_id in opened
        }
        self.titles: Mapping[str, str] = {row.activity: row.title for row in listed}
        self.done: frozenset[str] = frozenset(awards.reached(tx, account_id)) if named else frozenset()


def _named(finding: Finding) -> Iterable[str]:
    selection = getattr(finding.node, "selection", None)
    if selection is not None:
        yield from selection.activities or ()
    for part in finding.parts:
        yield from _named(part)


def _skill(row: SkillRow, found: Standing | None, language: str, lessons: _Lessons) -> Skill:
    title, says = said(row.titles, language), said(row.says, language)
    if found is None or found.finding is None:
        return Skill(row, title, says, EMPTY)
    finding, tongue, names = found.finding, words(language), Names(found.names)
    explained = explain(finding, tongue, names)
    return Skill(
        row,
        title,
        says,
        filled(finding, got=found.award is not None),
        found.award,
        found.reviewed,
        found.making,
        None if found.award is not None else _next(finding, lessons, tongue, names, days.today()),
        tuple(
            told(each, line, tongue, lessons.titles)
            for each, line in zip(finding.parts or (finding,), explained.parts or (explained,), strict=True)
        ),
    )


def _next(finding: Finding, lessons: _Lessons, tongue: Words, names: Names, today: date) -> Next | None:
    """Choose the first thing to do: a lesson of ours that takes the least, or else what takes the least."""
    steps: Sequence[Step] = way(finding, today) or ()
    total = sum(step.minutes for step in steps)
    for step in sorted(steps, key=lambda each: each.minutes):
        for activity in step.leaf.selection.activities or ():
            if activity in lessons.ids and activity not in lessons.done:
                return Next(lessons.titles[activity], total, lessons.ids[activity])
    first = min(steps, key=lambda each: each.minutes, default=None)
    return None if first is None else Next(first.says(tongue, names), total)
