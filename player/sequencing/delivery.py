"""Delivery (DB): the last look at what is to be delivered, and how the attempt on it begins."""

from player.sequencing import ending, rules
from player.sequencing.run import Run
from player.sequencing.tree import Activity, common_ancestor

_OBJECTIVE = ("satisfied", "measure", "raw", "least", "most")
_PROGRESS = ("completed", "progress")


def delivery_request_process(run: Run, activity: Activity) -> str:
    """DB.1.1: tell what forbids to deliver an activity."""
    if not activity.is_leaf:
        return "DB.1.1-1"
    if not is_barred(run, activity):
        return ""
    barred = next(one for one in activity.path if rules.check_activity_process(run, one))
    run.say("DB.1.1", barred, "DB.1.1-3", "disabled, or its limit is reached")
    return "DB.1.1-3"


def is_barred(run: Run, activity: Activity) -> bool:
    """Tell whether an activity, or one that it lies in, is not to be attempted."""
    if rules.check_activity_process(run, activity):
        return True
    parent = activity.parent
    return parent is not None and run.once_for_all(("barred", parent), lambda: is_barred(run, parent))


def content_delivery_environment_process(run: Run, activity: Activity) -> None:
    """DB.2: begin or resume the attempts on an activity and on all above it."""
    run.resumed = run.track(activity).suspended
    if activity is not run.suspended:
        clear_suspended_activity_subprocess(run, activity)
    ending.terminate_descendent_attempts_process(run, activity)
    for one in activity.path:
        _activate(run, one)
    run.current, run.suspended, run.ended = activity, None, False
    run.say("DB.2", activity, "delivered", "resumed" if run.resumed else "")


def _activate(run: Run, activity: Activity) -> None:
    track = run.track(activity)
    if track.active:
        return
    if not activity.tracked or track.suspended:
        run.change(activity, active=True, suspended=False)
        return
    run.change(activity, active=True, attempts=track.attempts + 1, objectives={}, unknown=(), stale=())
    _age(run, activity)


def _age(run: Run, activity: Activity) -> None:
    """Mark what is known below as of an earlier attempt, where it is not to count in a new one."""
    control = activity.sequencing.control
    stale = (_OBJECTIVE if control.current_attempt_objectives else ()) + (
        _PROGRESS if control.current_attempt_progress else ()
    )
    for child in activity.children if stale else ():
        if run.track(child).objectives:
            run.change(child, stale=stale)
        _age(run, child)


def clear_suspended_activity_subprocess(run: Run, activity: Activity) -> None:
    """DB.2.1: what was suspended is so no longer, but for what it has in common with what is delivered now: that goes on."""
    if run.suspended is None:
        return
    ancestor = common_ancestor(activity, run.suspended)
    for one in reversed(run.suspended.path[len(ancestor.path) :]):
        if one.is_leaf or not any(run.track(child).suspended for child in one.children):
            run.change(one, suspended=False)
    run.suspended = None
