"""Why, and why not yet: where somebody stands by a rule, with the statements that show it and the shortest way (docs/rules.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from lrs.errors import NotFound
from lrs.outcomes import versions
from lrs.outcomes.entry import done
from lrs.outcomes.evidence import Shown, shown
from lrs.outcomes.in_force import Followed, in_force, ready
from lrs.outcomes.rules.evaluate import Finding, judge
from lrs.outcomes.rules.explain import Explanation, explain
from lrs.outcomes.rules.language import Confirmed
from lrs.outcomes.rules.sentence import Names, sentence
from lrs.outcomes.rules.state import State
from lrs.outcomes.rules.way import way
from lrs.outcomes.rules.words import Words, words
from storage import awards, remakings, reviews, rules, spaces, states
from storage.awards import AwardRow
from storage.database import Tx
from storage.rules import RuleRow


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands by a rule."""

    rule: RuleRow
    version_id: UUID
    title: str
    """What the rule is called; its sentence, if it has no name."""
    sentence: str
    done: int
    """In thousandths; all of them only where it is met."""
    award: AwardRow | None
    """What was given, by this version or an earlier one."""
    reviewed: bool = False
    """Whether a person has still to decide if it stays."""
    making: bool = False
    """Whether it is being made anew at the moment: what is said may be less than what is."""
    explanation: Explanation | None = None
    """Each part: what is asked, how much of it there is, and what shows it. Only where one rule was asked for."""
    steps: tuple[str, ...] | None = ()
    """The shortest way; None where none is left."""
    evidence: Mapping[UUID, Shown] | None = None
    """What shows it, in words."""
    finding: Finding | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """What the activities are called."""

    @property
    def met(self) -> bool:
        """Whether it is so now; an award may be there all the same."""
        return self.done == _WHOLE


_WHOLE = 1000


def of(tx: Tx, account_id: UUID, rule_id: UUID, language: str) -> Standing:
    """Tell everything about where somebody stands by one rule."""
    rule = rules.find(tx, rule_id)
    row = versions.current(tx, rule_id)
    if rule is None or row is None:
        raise NotFound
    version = ready(row)
    text = states.find(tx, version.id, [account_id]).get(account_id)
    known = _Known(tx, account_id, [version], language)
    finding = judge(_state(version, text))
    zone = ZoneInfo(spaces.own(tx).settings.zone)
    to_go = way(finding, datetime.now(UTC).astimezone(zone).date())
    return replace(
        known.standing(rule, version, finding),
        explanation=explain(finding, known.words, known.names),
        steps=None if to_go is None else tuple(step.says(known.words, known.names) for step in to_go),
        evidence=shown(tx, known.evidence(rule, finding), zone, known.words, known.names),
    )


def listed(tx: Tx, account_id: UUID, language: str, wanted: Iterable[UUID] | None = None) -> list[Standing]:
    """Tell where somebody stands by each rule that has a name, or by those that are asked for, in the order of the rules."""
    asked = None if wanted is None else {*wanted}
    those = {
        rule.id: rule for rule in rules.listed(tx) if (rule.activity is None if asked is None else rule.id in asked)
    }
    followed_ = {each.rule_id: each for each in in_force(tx).versions.values() if each.rule_id in those}
    followed_ |= _held_by_rules_that_ended(tx, account_id, [rule for rule in those.values() if rule.ended is not None])
    texts = states.of_account(tx, account_id)
    known = _Known(tx, account_id, [*followed_.values()], language)
    return [
        known.standing(rule, followed_[rule.id], judge(_state(followed_[rule.id], texts.get(followed_[rule.id].id))))
        for rule in those.values()
        if rule.id in followed_
    ]


def _held_by_rules_that_ended(tx: Tx, account_id: UUID, ended: Sequence[RuleRow]) -> dict[UUID, Followed]:
    """Give what the rules said that hold no more, and by which somebody was given something: it stays, and is shown."""
    held = [rule.id for rule in ended if awards.holders(tx, rule.id, [account_id])]
    return {row.rule_id: ready(row) for each in held if (row := versions.current(tx, each)) is not None}


def to_confirm(standing: Standing, role: str) -> list[str]:
    """List the activities for which somebody of a role can confirm a learner, and for which that is still missing; "" is any."""
    found = standing.finding
    return [] if found is None else list(dict.fromkeys(_to_confirm(found, role)))


def _to_confirm(finding: Finding, role: str) -> Iterable[str]:
    for part in finding.parts:
        yield from _to_confirm(part, role)
    if isinstance(finding.node, Confirmed) and not finding.parts and not finding.met and role in finding.node.by:
        yield from finding.node.selection.activities or ("",)


class _Known:
    """What all standings of a person share."""

    def __init__(self, tx: Tx, account_id: UUID, followed_: Sequence[Followed], language: str) -> None:
        self.words: Words = words(language)
        self.names: Names = versions.names(tx, (each.plan.rule for each in followed_), language)
        self._held = awards.held(tx, account_id)
        self._open = {row.version_id for row in reviews.of_account(tx, account_id) if row.decided is None}
        self._making = {
            row.version_id
            for row in remakings.listed(tx)
            if row.account_id == account_id or (row.version_id and (row.after is None or account_id > row.after))
        }

    def evidence(self, rule: RuleRow, finding: Finding) -> list[UUID]:
        """Name what the award rests on, and what shows each part, also of those that are not met."""
        found = [*self._held[rule.id].evidence] if rule.id in self._held else []
        left = [finding]
        while left:
            one = left.pop()
            left += one.parts
            found += one.evidence
        return list(dict.fromkeys(found))

    def standing(self, rule: RuleRow, version: Followed, finding: Finding) -> Standing:
        asks = sentence(version.plan.rule, self.words, self.names)
        award = self._held.get(rule.id)
        return Standing(
            rule,
            version.id,
            rule.name or self.names.activities.get(rule.activity or "", asks),
            asks,
            done(finding),
            award,
            finding=finding,
            names=self.names.activities,
            reviewed=award is not None and award.version_id in self._open,
            making=version.id in self._making or None in self._making,
        )


def _state(version: Followed, text: str | None) -> State:
    return State(version.plan) if text is None else State.loads(version.plan, text)
