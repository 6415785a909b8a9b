"""Conditions of rules (SN, 3.4.2 and 4.6.4): of an activity and one of its objectives it is so, it is not, or it is unknown (None)."""

from collections.abc import Callable, Iterable

from packages.model import Condition, Objective
from player.sequencing import objectives
from player.sequencing.run import Run
from player.sequencing.tracking import Progress, Track
from player.sequencing.tree import Activity, plain

Truth = bool | None

_OF_OBJECTIVE: dict[str, Callable[[Progress, float], Truth]] = {
    "satisfied": lambda progress, _: progress.satisfied,
    "objectiveStatusKnown": lambda progress, _: progress.satisfied is not None,
    "objectiveMeasureKnown": lambda progress, _: progress.measure is not None,
    "objectiveMeasureGreaterThan": lambda progress, than: None if progress.measure is None else progress.measure > than,
    "objectiveMeasureLessThan": lambda progress, than: None if progress.measure is None else progress.measure < than,
    "completed": lambda progress, _: progress.completed,
    "activityProgressKnown": lambda progress, _: progress.completed is not None,
}


def _is_spent(activity: Activity, track: Track) -> Truth:
    most = activity.sequencing.limits.attempts
    return None if most is None else track.attempts >= most


_OF_ACTIVITY: dict[str, Callable[[Activity, Track], Truth]] = {
    "attempted": lambda _, track: track.attempts > 0,
    "attemptLimitExceeded": _is_spent,
    "timeLimitExceeded": lambda *_: None,
    "outsideAvailableTimeRange": lambda *_: None,
    "always": lambda *_: True,
}


def evaluate(run: Run, activity: Activity, condition: Condition, *, fresh: bool = False) -> Truth:
    """Tell whether a condition holds; not unknown is unknown."""
    found = _evaluate(run, activity, condition, fresh=fresh)
    return not found if condition.negated and found is not None else found


def _evaluate(run: Run, activity: Activity, condition: Condition, *, fresh: bool) -> Truth:
    if condition.condition in _OF_ACTIVITY:
        return _OF_ACTIVITY[condition.condition](activity, run.track(activity))
    objective = referenced(activity, condition)
    if objective is None:
        return None
    progress = objectives.known(run, activity, objective, fresh=fresh)
    return _OF_OBJECTIVE[condition.condition](progress, condition.threshold)


def referenced(activity: Activity, condition: Condition) -> Objective | None:
    """Find the objective that a condition is about: the primary one if it names none; None if it names nothing that is there."""
    return activity.named.get(plain(condition.objective)) if condition.objective else activity.primary


def combined(truths: Iterable[Truth], combination: str) -> Truth:
    """Combine conditions: unknown, unless those that are known decide; nothing at all is unknown."""
    found = set(truths)
    decides = combination == "any"
    if decides in found:
        return decides
    return None if None in found or not found else not decides


def hold(run: Run, activity: Activity, conditions: Iterable[Condition], combination: str, *, fresh: bool) -> Truth:
    """Tell whether the conditions of a rule hold."""
    return combined((evaluate(run, activity, one, fresh=fresh) for one in conditions), combination)


def in_words(conditions: Iterable[Condition], combination: str) -> str:
    """Say conditions as the manifest has them, for the trace."""
    return f" {combination} of: ".join(["", ", ".join(map(_in_words, conditions))]).strip()


def _in_words(one: Condition) -> str:
    words = ["not" if one.negated else "", one.condition]
    words += [f"{one.threshold:g}"] if one.condition.startswith("objectiveMeasure") and one.threshold else []
    words += [f"of {one.objective}"] if one.objective else []
    return " ".join(filter(None, words))
