"""Limits and rules (UP.1, UP.2, UP.5): what forbids an activity, and what its rules ask for."""

from packages.model import Rule
from player.sequencing import conditions
from player.sequencing.run import Run
from player.sequencing.tree import Activity

_RULES = {
    "skip": "before",
    "disabled": "before",
    "hiddenFromChoice": "before",
    "stopForwardTraversal": "before",
    "exit": "during",
    "after": "after",
}
"""Which rules of a sequencing are of a kind; of those after an activity the first that holds decides, whatever its action."""


def limit_conditions_check_process(run: Run, activity: Activity) -> bool:
    """UP.1: tell whether a limit of an activity is reached, so that no new attempt on it may begin."""
    most = activity.sequencing.limits.attempts
    if most is None or not activity.tracked:
        return False
    track = run.track(activity)
    return track.attempts >= most and not track.active and not track.suspended


def sequencing_rules_check_process(run: Run, activity: Activity, kind: str) -> str:
    """UP.2: give the action of the first rule of a kind that holds, or nothing."""
    rules: tuple[Rule, ...] = getattr(activity.sequencing, _RULES[kind])
    for rule in rules:
        if (kind in {"after", rule.action}) and sequencing_rule_check_subprocess(run, activity, rule):
            run.say("UP.2", activity, rule.action, conditions.in_words(rule.conditions, rule.combination))
            return rule.action
    return ""


def sequencing_rule_check_subprocess(run: Run, activity: Activity, rule: Rule) -> bool:
    """UP.2.1: tell whether a rule's conditions hold; what is unknown does not."""
    return conditions.hold(run, activity, rule.conditions, rule.combination, fresh=run.retrying) is True


def has_rule(run: Run, activity: Activity, kind: str) -> bool:
    """Tell whether a precondition (UP.2) holds for an activity; the same is asked of it many times while one request is answered."""
    if not activity.sequencing.before:
        return False
    key = kind, run.retrying
    return run.once(activity, key, lambda: bool(sequencing_rules_check_process(run, activity, kind)))


def check_activity_process(run: Run, activity: Activity) -> bool:
    """UP.5: tell whether an activity is not to be attempted, because it is disabled or its limit is reached."""
    return has_rule(run, activity, "disabled") or limit_conditions_check_process(run, activity)
