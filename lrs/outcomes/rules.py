"""Rules, pure: facts in, a verdict with its reasons out. The same facts in any order, or twice, give the same verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import jsonschema

import schemas

COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
PASSED = "http://adlnet.gov/expapi/verbs/passed"


class WrongRule(ValueError):
    """A rule that says nothing, or something no rule can say."""


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """What a statement tells a rule about one person."""

    stored: datetime
    statement: UUID
    verb: str
    activity: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule is met, how much of it, and the statement that shows it."""

    need: int
    have: int
    evidence: Fact | None

    @property
    def met(self) -> bool:
        """Whether there is as much as the rule asks."""
        return self.have >= self.need


def completion_of(activity: str) -> dict[str, Any]:
    """Write the rule every lesson begins with: completed it, or passed it."""
    return {"did": {"verbs": [COMPLETED, PASSED], "activity": activity}}


def check(rule: Any) -> None:
    """Refuse what is not a rule, naming the place."""
    error = jsonschema.Draft202012Validator(schemas.load("rules/rule"))
    worst = jsonschema.exceptions.best_match(error.iter_errors(rule))
    if worst is not None:
        raise WrongRule(f"{worst.json_path}: {worst.message}")


def evaluate(rule: dict[str, Any], facts: Iterable[Fact]) -> Verdict:
    """Judge one person's facts by a rule; the earliest fact that meets it is the evidence."""
    did = rule["did"]
    fitting = (fact for fact in facts if fact.activity == did["activity"] and fact.verb in did["verbs"])
    first = min(fitting, default=None)
    return Verdict(need=1, have=0 if first is None else 1, evidence=first)
