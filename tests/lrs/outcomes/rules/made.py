"""Rules and facts, made up: by hand in few words, and by chance in a small world where they meet often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import strategies as some

from lrs.outcomes.rules import check, language, reading
from lrs.outcomes.rules.evaluate import Finding, judge
from lrs.outcomes.rules.facts import Fact, moment
from lrs.outcomes.rules.language import COMPLETED, CONFIRM, PASSED, TERMINATED
from lrs.outcomes.rules.plan import Plan, plan
from lrs.outcomes.rules.state import State, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrs.outcomes.rules.language import Rule

ZONE = "Asia/Ho_Chi_Minh"
LEARNER = "account:https://example.org|learner"
FAILED = language.ADL + "failed"
LESSONS = [f"https://example.org/lesson/{number}" for number in range(12)]
FINAL = "https://example.org/final"
TAGS = {"lessons": tuple(LESSONS), "two": (LESSONS[0], LESSONS[1]), "one": (LESSONS[2],)}
KEYS = [UUID(int=number) for number in (1, 2)]
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)

THREE_PARTS: dict[str, Any] = {
    "all": [
        {"did": {"tag": "lessons"}},
        {"score": {"activity": FINAL, "atLeast": 0.8}},
        {"duration": {"tag": "lessons", "minutes": 30}},
    ]
}


def version(said: Any) -> Plan:
    """Get a rule ready."""
    return plan(language.resolved(reading.read(said), TAGS), ZONE)


def fact(number: int, activity: str | None = LESSONS[0], verb: str = COMPLETED, **more: Any) -> Fact:
    """Tell something that was stored so many minutes after the begin."""
    stored = moment(BEGIN + timedelta(minutes=number))
    made = Fact(LEARNER, UUID(int=number), stored, stored, verb, activity, provenance="partner-asserted")
    return replace(made, **more)


def found(said: Any, facts: Iterable[Fact], voided: Iterable[UUID] = ()) -> Finding:
    """Judge some facts by a rule."""
    return judge(state_of(version(said), facts, voided))


def judged(state: State, facts: Iterable[Fact], voided: Iterable[UUID]) -> Finding:
    """Judge a state; one that is worn is made anew, as from the record."""
    return judge(state_of(state.plan, facts, voided) if state.worn else state)


# A small world: three lessons, three weeks, few verbs.

_ACTIVITIES = LESSONS[:3]
_VERBS = [COMPLETED, PASSED, FAILED, TERMINATED]
_DAYS = ["2026-03-01", "2026-03-08", "2026-03-15"]
_SCORES = [0.2, 0.5, 0.7, 0.8, 0.9, 1.0]


def _choice(**words: some.SearchStrategy[Any]) -> some.SearchStrategy[dict[str, Any]]:
    return some.fixed_dictionaries({}, optional=words)


def _windows() -> some.SearchStrategy[dict[str, Any]]:
    bounded = some.fixed_dictionaries(
        {"from": some.sampled_from(_DAYS[:2]), "through": some.just("2026-03-18")},
        optional={"grace": some.integers(1, 5)},
    )
    return some.one_of(bounded, some.fixed_dictionaries({"from": some.sampled_from(_DAYS)}))


def _selections(*, named: bool = False, verbs: bool = True) -> some.SearchStrategy[dict[str, Any]]:
    about = [
        some.fixed_dictionaries({"activity": some.sampled_from(_ACTIVITIES)}),
        some.fixed_dictionaries(
            {"activities": some.lists(some.sampled_from(_ACTIVITIES), min_size=1, max_size=3, unique=True)}
        ),
        some.fixed_dictionaries({"tag": some.sampled_from(["two", "one"])}),
    ]
    if not named:
        about.append(some.just({}))
    words: dict[str, some.SearchStrategy[Any]] = {
        "provenance": some.lists(some.sampled_from(["client-asserted", "partner-asserted"]), min_size=1, unique=True),
        "credential": some.lists(some.sampled_from([str(key) for key in KEYS]), min_size=1, unique=True),
        "window": _windows(),
    }
    if verbs:
        words["verbs"] = some.lists(some.sampled_from(_VERBS), min_size=1, max_size=3, unique=True)
    return some.builds(lambda one, other: one | other, some.one_of(about), _choice(**words))


def _leaf(word: str, selection: some.SearchStrategy[Any], **own: Any) -> some.SearchStrategy[dict[str, Any]]:
    return some.builds(lambda said, more: {word: said | more}, selection, some.fixed_dictionaries(own))


MONOTONE = some.one_of(
    _leaf("did", _selections()),
    _leaf("score", _selections(named=True), atLeast=some.sampled_from(_SCORES)),
    _leaf("duration", _selections(), minutes=some.integers(1, 30)),
    _leaf(
        "count",
        _selections(),
        atLeast=some.integers(1, 3),
        distinct=some.sampled_from(["activity", "registration", "day"]),
    ),
    _leaf(
        "confirmed",
        _selections(verbs=False),
        by=some.lists(some.sampled_from(["mentor", "owner"]), min_size=1, unique=True),
        atLeast=some.integers(1, 2),
    ),
)
"""Conditions that more statements never take back."""

LEAVES = some.one_of(
    MONOTONE,
    _leaf(
        "score",
        _selections(named=True),
        atLeast=some.sampled_from(_SCORES),
        which=some.sampled_from(["last", "first"]),
    ),
)


def joined(leaves: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
    """Join conditions to rules."""
    return some.recursive(
        leaves,
        lambda inner: some.lists(inner, min_size=1, max_size=3).flatmap(
            lambda parts: some.one_of(
                some.just({"all": parts}),
                some.just({"any": parts}),
                some.builds(lambda n: {"atLeast": {"n": n, "of": parts}}, some.integers(1, len(parts))),
            )
        ),
        max_leaves=5,
    )


def can_be_met(said: Any) -> bool:
    """Tell whether nothing is wrong with a rule."""
    known = check.Known(tags=TAGS)
    return all(problem.hint for problem in check.problems(reading.read(said), known))


RULES = joined(LEAVES)
MONOTONE_RULES = joined(MONOTONE)


def _stamped(made: Fact, minute: int, early: int) -> Fact:
    stored = moment(BEGIN + timedelta(minutes=minute))
    return replace(made, stored=stored, timestamp=stored - early * 60_000_000)


_MINUTES = some.integers(0, 4 * 24).map(lambda step: step * 6 * 60 - 3 * 24 * 60)  # every six hours: some days twice

_FACTS = some.builds(
    _stamped,
    some.builds(
        Fact,
        learner=some.just(LEARNER),
        id=some.integers(1, 40).map(lambda number: UUID(int=number)),
        stored=some.just(0),
        timestamp=some.just(0),
        verb=some.sampled_from(_VERBS),
        activity=some.sampled_from([*_ACTIVITIES, None]),
        registration=some.sampled_from([None, UUID(int=100), UUID(int=101), UUID(int=102)]),
        score=some.sampled_from([None, -0.5, *_SCORES]),
        duration=some.sampled_from([None, 0, 300_000, 900_001]),
        provenance=some.sampled_from(["client-asserted", "partner-asserted"]),
        credential=some.sampled_from([None, *KEYS]),
    ),
    _MINUTES,
    some.sampled_from([0, 0, 60, 3 * 24 * 60, -60]),
)


def _confirming(made: Fact, who: str | None, role: str | None) -> Fact:
    if who is None:
        return made
    return replace(made, verb=CONFIRM, confirmer=who, role=role, score=None, duration=None)


FACTS = some.lists(
    some.builds(
        _confirming,
        _FACTS,
        some.sampled_from([None, None, None, "account:https://example.org|an", "account:https://example.org|binh"]),
        some.sampled_from(["mentor", "owner", "learner", None]),
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)
"""Facts of one learner; an id is one statement."""


def every(finding: Finding) -> Iterator[Finding]:
    """Walk over what was found."""
    yield finding
    for part in finding.parts:
        yield from every(part)


def rule_of(said: Any) -> Rule:
    """Read a rule and write down its tags."""
    return language.resolved(reading.read(said), TAGS)
