"""Why something cannot be chosen now, for a learner who asks: what has to be done before, and not which rule of the book says so."""

from collections.abc import Iterator
from typing import NamedTuple

from packages.model import Condition, Rule
from player.sequencing import choosing, conditions, rules
from player.sequencing.navigation import Request, checked
from player.sequencing.run import Run
from player.sequencing.tree import Activity

AFTER, SPENT, DONE, FIRST, ORDER, PAST, LATER = "after", "spent", "done", "first", "order", "past", "later"
"""It opens after others; its attempts are used up; it was done and is closed; what is open has to end first; it comes in its order;
the way does not lead back; and where nothing better is known: later."""

_MOST = 3
"""Who has to do ten things first is told of the first ones."""

_BY_EXCEPTION = {
    "NB.2.1-8": FIRST,
    "NB.2.1-10": ORDER,
    "SB.2.9-4": ORDER,
    "SB.2.9-6": ORDER,
    "SB.2.9-7": FIRST,
    "SB.2.9-8": ORDER,
    "SB.2.4-2": PAST,
    "SB.2.4-3": PAST,
}
_REACHED = {"satisfied", "completed", "objectiveStatusKnown", "objectiveMeasureKnown", "objectiveMeasureGreaterThan"}
_REACHED |= {"activityProgressKnown", "attempted"}
"""Conditions that come true when something was done: a rule that holds as long as they are not so waits for it."""


class Why(NamedTuple):
    """A reason, and the activities that it is about."""

    kind: str
    items: tuple[str, ...] = ()


def why(here: Run, left: Run, activity: Activity) -> Why:
    """Say why an activity cannot be chosen, where learners are `here`, once what is open has been `left`."""
    exception = checked(here, Request("choice", activity.id)).exception or choosing.why_not(left, activity)
    if exception == "SB.2.4-1":
        return _stopped(left, activity)
    if exception in _BY_EXCEPTION:
        return Why(_BY_EXCEPTION[exception])
    barred = next((one for one in activity.path if rules.check_activity_process(left, one)), None)
    return _barred(left, barred) if barred else Why(LATER)


def _stopped(run: Run, activity: Activity) -> Why:
    """Name what lets nobody pass (stopForwardTraversal)."""
    before = (one for one in run.tree.activities[: activity.number] if not one.holds(activity))
    stops = [one for one in before if rules.has_rule(run, one, "stopForwardTraversal")]
    return Why(AFTER, (stops[-1].id,)) if stops else Why(LATER)


def _barred(run: Run, activity: Activity) -> Why:
    """Say what keeps an activity closed: a limit, or a rule."""
    holding = [
        one
        for one in activity.sequencing.before
        if one.action == "disabled" and rules.sequencing_rule_check_subprocess(run, activity, one)
    ]
    if not holding:
        return Why(SPENT)
    said = [condition for one in holding for condition in _that_hold(run, activity, one)]
    if any(one.condition == "attemptLimitExceeded" and not one.negated for one in said):
        return Why(SPENT)
    wanted = dict.fromkeys(item for one in said if _waits(one) for item in _doers(run, activity, one))
    if wanted:
        return Why(AFTER, tuple(wanted)[:_MOST])
    is_done = any(one.condition in {"satisfied", "completed"} and not one.negated for one in said)
    return Why(DONE if is_done else LATER)


def _that_hold(run: Run, activity: Activity, rule: Rule) -> Iterator[Condition]:
    return (one for one in rule.conditions if conditions.evaluate(run, activity, one) is True)


def _waits(condition: Condition) -> bool:
    return (condition.condition in _REACHED and condition.negated) or (
        condition.condition == "objectiveMeasureLessThan" and not condition.negated
    )


def _doers(run: Run, activity: Activity, condition: Condition) -> Iterator[str]:
    """Name those who can bring about what a rule waits for: they write what its objective reads."""
    objective = conditions.referenced(activity, condition)
    for one in objective.maps if objective else ():
        for writer in run.tree.writers.get(one.target, ()):
            if writer is not activity:
                yield writer.id
