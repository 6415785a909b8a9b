"""Ending a rule: it is followed no more, and what was given by it stays; and following it again (docs/rules.md)."""

from datetime import UTC, datetime
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.errors import NotFound, Trouble
from lrs.outcomes import versions
from lrs.people import audit
from storage import courses, remakings, rules, skills
from storage.database import Tx
from storage.rules import RuleRow


class RuleNeeded(Trouble):
    """A rule by which a lesson or a course is completed."""

    status = 409
    title = _("This rule cannot be ended")
    advice = _("A lesson, a course or a skill is completed by this rule.")


def may_end(tx: Tx, rule: RuleRow) -> bool:
    """Tell whether a rule is one that can be ended: nothing else is completed by it."""
    return rule.activity is None and courses.with_rule(tx, rule.id) is None and not skills.is_of_one(tx, rule.id)


def ended(tx: Tx) -> list[UUID]:
    """Name what each rule said last that holds no more."""
    those = [rule.id for rule in rules.listed(tx) if rule.ended is not None]
    return [version.id for each in those if (version := versions.current(tx, each)) is not None]


def end(tx: Tx, rule_id: UUID, by: UUID | None) -> None:
    """Follow a rule no more; what is left of making it anew is left."""
    rule = _find(tx, rule_id)
    if not may_end(tx, rule):
        raise RuleNeeded
    if rule.ended is None:
        stop(tx, rule_id)
        audit.note(tx, by, audit.RULE_ENDED, rule=str(rule_id))


def stop(tx: Tx, rule_id: UUID) -> None:
    """Follow a rule no more, whatever was completed by it."""
    rules.end(tx, rule_id, datetime.now(UTC))
    own = {version.id for version in rules.history(tx, rule_id)}
    remakings.finish(tx, [row.id for row in remakings.listed(tx) if row.version_id in own])


def resume(tx: Tx, rule_id: UUID, by: UUID | None) -> None:
    """Follow a rule again; what came while nobody did is gone through."""
    rule, version = _find(tx, rule_id), versions.current(tx, rule_id)
    if rule.ended is not None and version is not None:
        rules.end(tx, rule_id, None)
        versions.go_through(tx, version)
        audit.note(tx, by, audit.RULE_RESUMED, rule=str(rule_id))


def _find(tx: Tx, rule_id: UUID) -> RuleRow:
    rule = rules.find(tx, rule_id)
    if rule is None:
        raise NotFound
    return rule
