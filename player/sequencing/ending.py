"""How attempts end (UP.3, UP.4)."""

from player.sequencing import objectives, rollup, selection
from player.sequencing.run import Run
from player.sequencing.tree import Activity, common_ancestor


def terminate_descendent_attempts_process(run: Run, activity: Activity) -> None:
    """UP.3: end the attempts between the current activity and what it has in common with another, both left out."""
    if run.current is None:
        return
    ancestor = common_ancestor(run.current, activity)
    for one in reversed(run.current.path[len(ancestor.path) : -1]):
        end_attempt_process(run, one)


def end_attempt_process(run: Run, activity: Activity) -> None:
    """UP.4: end the attempt on an activity; silence about a lesson that is not suspended counts as done, and done well."""
    track = run.track(activity)
    if activity.is_leaf:
        if activity.tracked and not track.suspended and track.active:
            _assume(run, activity)
    else:
        run.change(activity, suspended=any(run.track(one).suspended for one in run.children(activity)))
    run.change(activity, active=False)
    run.say("UP.4", activity, "attempt suspended" if run.track(activity).suspended else "attempt ended")
    rollup.overall_rollup_process(run, activity)
    selection.prepare_next_attempt(run, activity)


def _assume(run: Run, activity: Activity) -> None:
    delivery, said = activity.sequencing.delivery, objectives.local(run, activity, activity.primary)
    by_content = {"completed": delivery.completion_by_content, "satisfied": delivery.objective_by_content}
    unknown = run.track(activity).unknown
    assumed = {
        what: True for what, it in by_content.items() if not it and what not in unknown and getattr(said, what) is None
    }
    for what in assumed:
        run.say("UP.4", activity, what, "the lesson said nothing of it")
    if assumed:
        objectives.record(run, activity, activity.primary, **assumed)
