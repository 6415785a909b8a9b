"""Trees, and ways of learners through them, made by chance for properties that hold for all; a seed makes one, and makes it again."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from packages.model import (
    Completion,
    Condition,
    ConstrainedChoice,
    ControlMode,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    Randomization,
    Rollup,
    RollupConsiderations,
    RollupRule,
    Rule,
)
from player.sequencing import sequencer
from player.sequencing.navigation import Request
from player.sequencing.sequencer import Visit
from player.sequencing.tracking import State
from tests.player.sequencing.trees import item, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from packages.model import Item
    from player.sequencing.sequencer import Reply
    from player.sequencing.tree import Tree

BEFORE = ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")
AFTER = ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous")
CONDITIONS = (
    *("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "objectiveMeasureGreaterThan"),
    *("objectiveMeasureLessThan", "completed", "activityProgressKnown", "attempted", "attemptLimitExceeded"),
    *("timeLimitExceeded", "outsideAvailableTimeRange", "always"),
)
SETS = ("all", "any", "none", "atLeastCount", "atLeastPercent")
ROLLUP = ("satisfied", "notSatisfied", "completed", "incomplete")
REQUIRED = ("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")
TIMINGS = ("never", "once", "onEachNewAttempt")
MEASURES = (-1.0, 0.0, 0.25, 0.5, 1.0)
ASKED = (
    "continue",
    "continue",
    "previous",
    "choice",
    "choice",
    "jump",
    "exit",
    "suspendAll",
    "exitAll",
    "abandon",
    "dance",
)
WORDS = {
    "cmi.success_status": ("passed", "failed", "unknown"),
    "cmi.completion_status": ("completed", "incomplete", "not attempted", "unknown"),
    "cmi.score.scaled": ("-1", "0.3", "1.0", "x"),
    "cmi.progress_measure": ("0", "0.6", "1"),
    "cmi.exit": ("", "suspend", "normal", "time-out"),
}
"""What a lesson may say in a visit."""


class Asked(NamedTuple):
    """A step of a learner: what is asked for, what is named, and what the lesson has said."""

    name: str
    target: str
    said: dict[str, str]


class Chance:
    """Everything that is made of one seed."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._names = iter(range(1000))

    def tree(self, *, leaving: bool = True) -> Tree:
        """Make a tree of up to three levels; without `leaving`, nothing is said of how activities are left."""
        items = [self._item(2, leaving=leaving) for _ in range(self._chance.randint(1, 3))]
        edition = self._one("4th", "4th", "3rd", "2nd")
        return tree(*items, **self._said(leaving=leaving), edition=edition)

    def forbidding(self) -> Tree:
        """Make a tree of which some is disabled, hidden, skipped or limited once and for all."""
        clusters = [
            item(self._name("m"), *(item(self._name("a"), **self._forbid()) for _ in range(self._chance.randint(1, 3))))
            for _ in range(self._chance.randint(1, 4))
        ]
        return tree(*(item(one.identifier, *one.items, **self._forbid()) for one in clusters))

    def steps(self, made: Tree) -> list[Asked]:
        """Make what a learner does."""
        return [
            Asked(self._one(*ASKED), self._one(*made.activities).id, self._words())
            for _ in range(self._chance.randint(0, 10))
        ]

    def truths(self) -> list[bool | None]:
        """Make what is known of some children."""
        return [self._one(None, False, True) for _ in range(self._chance.randint(1, 6))]

    def _words(self) -> dict[str, str]:
        return {name: self._one(*values) for name, values in WORDS.items() if self._rarely()}

    def _one(self, *things: Any) -> Any:
        return self._chance.choice(things)

    def _rarely(self) -> bool:
        return self._chance.random() < 0.25

    def _mostly(self) -> bool:
        return self._chance.random() < 0.75

    def _name(self, kind: str) -> str:
        return f"{kind}{next(self._names)}"

    def _some(self, make: Callable[[], Any], most: int = 2) -> tuple[Any, ...]:
        return tuple(make() for _ in range(self._chance.randint(0, most)))

    def _item(self, depth: int, *, leaving: bool) -> Item:
        below = [self._item(depth - 1, leaving=leaving) for _ in range(self._chance.randint(0, 3) if depth else 0)]
        return item(self._name("i"), *below, **self._said(leaving=leaving))

    def _forbid(self) -> dict[str, Any]:
        actions = self._some(lambda: self._one("disabled", "hiddenFromChoice", "skip"), 1) if self._rarely() else ()
        before = tuple(Rule(one, (Condition("always"),)) for one in actions)
        flow, choice = self._one((True, True), (True, True), (True, False), (False, True))
        limits = LimitConditions(self._one(None, None, 1))
        return {"before": before, "control": ControlMode(choice=choice, flow=flow), "limits": limits}

    def _said(self, *, leaving: bool) -> dict[str, Any]:
        """Say anything of an activity."""
        parts: dict[str, Callable[[], Any]] = {
            "control": self._control,
            "constrained": lambda: ConstrainedChoice(self._rarely(), self._rarely()),
            "limits": lambda: LimitConditions(self._one(None, None, 0, 1, 2)),
            "before": lambda: self._rules(BEFORE),
            "rollup": lambda: Rollup(self._some(self._rollup_rule), self._mostly(), self._mostly(), self._one(0, 1)),
            "considerations": self._considerations,
            "objectives": lambda: (self._objective("p", primary=True), self._objective("q", primary=False)),
            "randomization": lambda: Randomization(
                self._one(None, 0, 1, 2, 99), self._one(*TIMINGS), self._mostly(), self._one(*TIMINGS)
            ),
            "delivery": lambda: DeliveryControls(self._mostly(), self._rarely(), self._rarely()),
            "completion": lambda: Completion(by_measure=self._mostly(), least_progress=self._one(0.0, 0.5, 1.0)),
            "during": lambda: self._rules(("exit",)),
            "after": lambda: self._rules(AFTER),
        }
        chosen = self._chance.sample(sorted(parts), self._chance.randint(0, 4))
        return {name: parts[name]() for name in chosen if leaving or name not in {"during", "after"}}

    def _control(self) -> ControlMode:
        return ControlMode(
            choice=self._mostly(),
            choice_exit=self._mostly(),
            flow=self._mostly(),
            forward_only=self._rarely(),
            current_attempt_objectives=self._mostly(),
            current_attempt_progress=self._mostly(),
        )

    def _considerations(self) -> RollupConsiderations:
        names = ("satisfied", "not_satisfied", "completed", "incomplete")
        required: dict[str, Any] = {f"required_for_{name}": self._one(*REQUIRED) for name in names}
        return RollupConsiderations(**required, measure_if_active=self._mostly())

    def _rules(self, actions: tuple[str, ...]) -> tuple[Rule, ...]:
        return self._some(lambda: Rule(self._one(*actions), self._some(self._condition), self._one("all", "any")))

    def _condition(self) -> Condition:
        objective = self._one("p", "q", "nobody", "", "", "")
        return Condition(self._one(*CONDITIONS), self._rarely(), objective, self._one(*MEASURES))

    def _rollup_rule(self) -> RollupRule:
        said = self._some(self._condition), self._one("all", "any"), self._one(*SETS)
        return RollupRule(self._one(*ROLLUP), *said, self._chance.randint(0, 3), self._one(0.0, 0.5, 1.0))

    def _objective(self, name: str, *, primary: bool) -> Objective:
        maps = self._some(lambda: ObjectiveMap(self._one("g", "h", "p"), *(self._rarely() for _ in range(14))))
        return Objective(name, primary, self._rarely(), self._one(*MEASURES), maps)


def walk(made: Tree, taken: list[Asked], seed: int = 0) -> list[Reply]:
    """Go through a tree, beginning anew or going on where a session has ended."""
    replies = [sequencer.begin(made, seed)]
    for asked in taken:
        now = replies[-1]
        if not now.ended:
            visit = Visit(asked.said, {})
            replies.append(sequencer.navigate(made, now.state, Request(asked.name, asked.target), visit))
        elif sequencer.goes_on(made, now.state):
            replies.append(sequencer.resume(made, now.state))
        else:
            replies.append(sequencer.begin(made, seed))
    return replies


def returned(state: State) -> State:
    """Send a state through JSON."""
    return State.from_json(state.to_json())
