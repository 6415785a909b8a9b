"""Rollup (RB): what activities become by what their children are."""

from collections.abc import Callable, Iterable

from packages.model import Condition, RollupRule
from player.sequencing import conditions, objectives, rules
from player.sequencing.conditions import Truth
from player.sequencing.run import Run
from player.sequencing.tree import Activity

_OBJECTIVE = ("satisfied", "notSatisfied")
_DEFAULTS = {
    "notSatisfied": RollupRule("notSatisfied", (Condition("objectiveStatusKnown"),)),
    "satisfied": RollupRule("satisfied", (Condition("satisfied"),)),
    "incomplete": RollupRule("incomplete", (Condition("activityProgressKnown"),)),
    "completed": RollupRule("completed", (Condition("completed"),)),
}
"""What holds where an activity has no rules of its own for either side: it is good once all is, and not good once all is known."""

_SIDES = {
    "satisfied": _OBJECTIVE,
    "notSatisfied": _OBJECTIVE,
    "completed": ("completed", "incomplete"),
    "incomplete": ("completed", "incomplete"),
}

_REQUIRED = {
    "satisfied": "required_for_satisfied",
    "notSatisfied": "required_for_not_satisfied",
    "completed": "required_for_completed",
    "incomplete": "required_for_incomplete",
}


def measure_rollup_process(run: Run, activity: Activity) -> None:
    """RB.1.1 a: give an activity the weighted mean of its children's measures; who has none counts as zero."""
    weighed = [
        (one.sequencing.rollup.measure_weight, objectives.primary(run, one, fresh=True).measure)
        for one in _tracked(run, activity)
    ]
    measure = _mean(weighed)
    if measure is not None:
        run.say("RB.1.1a", activity, f"measure {measure:.7g}")
    objectives.record(run, activity, activity.primary, measure=measure)


def completion_measure_rollup_process(run: Run, activity: Activity) -> None:
    """RB.1.1 b: give an activity the weighted mean of its children's progress (4th Edition)."""
    weighed = [
        (one.item.completion.weight, objectives.primary(run, one, fresh=True).progress)
        for one in _tracked(run, activity)
    ]
    progress = _mean(weighed)
    if progress is not None:
        run.say("RB.1.1b", activity, f"progress {progress:.7g}")
    objectives.record(run, activity, activity.primary, progress=progress)


def _mean(weighed: list[tuple[float, float | None]]) -> float | None:
    counted = sum(weight for weight, _ in weighed)
    known = [weight * value for weight, value in weighed if value is not None]
    return sum(known) / counted if known and counted > 0 else None


def objective_rollup_process(run: Run, activity: Activity) -> None:
    """RB.1.2: let a measure decide whether an activity is satisfied where it is meant to (a), or the rules (b)."""
    if activity.primary.by_measure:
        objective_rollup_using_measure_process(run, activity)
    else:
        objective_rollup_using_rules_process(run, activity)


def objective_rollup_using_measure_process(run: Run, activity: Activity) -> None:
    """RB.1.2 a: compare the measure with the least that satisfies; `objectives.known` does so whenever it is asked."""
    satisfied = objectives.primary(run, activity).satisfied
    run.say("RB.1.2a", activity, _SATISFIED[satisfied], f"satisfied by a measure of {activity.primary.least_measure:g}")
    objectives.record(run, activity, activity.primary, satisfied=satisfied)


def objective_rollup_using_rules_process(run: Run, activity: Activity) -> None:
    """RB.1.2 b: let the rules decide, those for not satisfied first."""
    satisfied = objectives.local(run, activity, activity.primary).satisfied
    if rollup_rule_check_subprocess(run, activity, "notSatisfied"):
        satisfied = False
    if rollup_rule_check_subprocess(run, activity, "satisfied"):
        satisfied = True
    objectives.record(run, activity, activity.primary, satisfied=satisfied)


def activity_progress_rollup_process(run: Run, activity: Activity) -> None:
    """RB.1.3: let progress decide whether an activity is completed where it is meant to (a), or the rules (b)."""
    if activity.item.completion.by_measure and run.tree.edition == "4th":
        activity_progress_rollup_using_measure_process(run, activity)
    else:
        activity_progress_rollup_using_rules_process(run, activity)


def activity_progress_rollup_using_measure_process(run: Run, activity: Activity) -> None:
    """RB.1.3 a: compare the progress with the least that completes (4th Edition)."""
    completed = objectives.primary(run, activity).completed
    why = f"completed by a progress of {activity.item.completion.least_progress:g}"
    run.say("RB.1.3a", activity, _COMPLETED[completed], why)
    objectives.record(run, activity, activity.primary, completed=completed)


def activity_progress_rollup_using_rules_process(run: Run, activity: Activity) -> None:
    """RB.1.3 b: let the rules decide, those for incomplete first."""
    completed = objectives.local(run, activity, activity.primary).completed
    if rollup_rule_check_subprocess(run, activity, "incomplete"):
        completed = False
    if rollup_rule_check_subprocess(run, activity, "completed"):
        completed = True
    objectives.record(run, activity, activity.primary, completed=completed)


_SATISFIED = {None: "satisfaction unknown", False: "not satisfied", True: "satisfied"}
_COMPLETED = {None: "progress unknown", False: "incomplete", True: "completed"}


def rollup_rule_check_subprocess(run: Run, activity: Activity, action: str) -> bool:
    """RB.1.4: tell whether a rule with this action holds for the children that count."""
    for rule in _rules_for(activity, action):
        counting = [one for one in _tracked(run, activity) if check_child_for_rollup_subprocess(run, one, action)]
        truths = (evaluate_rollup_conditions_subprocess(run, one, rule) for one in counting)
        if counting and _SETS[rule.children](truths, rule, len(counting)):
            why = f"{rule.children} of {len(counting)}: {conditions.in_words(rule.conditions, rule.combination)}"
            run.say("RB.1.4", activity, action, why)
            return True
    return False


def _rules_for(activity: Activity, action: str) -> Iterable[RollupRule]:
    own = activity.sequencing.rollup.rules
    if any(rule.action in _SIDES[action] for rule in own):
        return (rule for rule in own if rule.action == action)
    return (_DEFAULTS[action],)


_SETS: dict[str, Callable[[Iterable[Truth], RollupRule, int], bool]] = {
    "all": lambda truths, *_: all(truths),
    "any": lambda truths, *_: any(truths),
    "none": lambda truths, *_: all(one is False for one in truths),
    "atLeastCount": lambda truths, rule, _: sum(one is True for one in truths) >= rule.least_count,
    "atLeastPercent": lambda truths, rule, count: sum(one is True for one in truths) / count >= rule.least_percent,
}


def evaluate_rollup_conditions_subprocess(run: Run, activity: Activity, rule: RollupRule) -> Truth:
    """RB.1.4.1: tell whether a rule's conditions hold for one child."""
    return conditions.hold(run, activity, rule.conditions, rule.combination, fresh=True)


def check_child_for_rollup_subprocess(run: Run, activity: Activity, action: str) -> bool:
    """RB.1.4.2: tell whether a child counts in the rollup of its parent for an action."""
    contributes = activity.sequencing.rollup
    if not (contributes.satisfaction if action in _OBJECTIVE else contributes.progress):
        return False
    required, track = getattr(activity.sequencing.considerations, _REQUIRED[action]), run.track(activity)
    if required == "ifNotSuspended":
        return not (track.attempts > 0 and track.suspended)
    if required == "ifAttempted":
        return track.attempts > 0
    return required != "ifNotSkipped" or not rules.has_rule(run, activity, "skip")


def overall_rollup_process(run: Run, activity: Activity) -> None:
    """RB.1.5: roll up from an activity to the root, and from all others that read a global objective which has changed."""
    due, seen = {activity}, {activity}
    while due:
        clusters = {one for reader in due for one in reader.path if not one.is_leaf and one.tracked}
        for one in sorted(clusters, key=lambda each: each.number, reverse=True):
            _roll_up(run, one)
        due = {one for target in run.news for one in run.tree.readers.get(target, ())} - seen
        seen |= due
        run.news.clear()


def _roll_up(run: Run, activity: Activity) -> None:
    measure_rollup_process(run, activity)
    if run.tree.edition == "4th":
        completion_measure_rollup_process(run, activity)
    objective_rollup_process(run, activity)
    activity_progress_rollup_process(run, activity)


def _tracked(run: Run, activity: Activity) -> list[Activity]:
    return [one for one in run.children(activity) if one.tracked]
