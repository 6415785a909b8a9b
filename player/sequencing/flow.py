"""Flow (SB.2.1 to SB.2.3): from one activity to the next that can be delivered, forwards or backwards."""

from typing import NamedTuple

from player.sequencing import ending, rules
from player.sequencing.run import Run
from player.sequencing.tree import Activity

FORWARD, BACKWARD = "forward", "backward"


class Found(NamedTuple):
    """What flow comes to: an activity, whether it can be delivered, and if not why; or the end of everything."""

    activity: Activity | None
    deliverable: bool = False
    exception: str = ""
    ended: bool = False


class _Next(NamedTuple):
    activity: Activity | None
    direction: str = FORWARD
    exception: str = ""
    ended: bool = False


def flow_subprocess(run: Run, activity: Activity, direction: str, *, consider_children: bool) -> Found:
    """SB.2.3: flow from an activity to the next that can be delivered."""
    found = flow_tree_traversal_subprocess(run, activity, direction, "", consider_children=consider_children)
    if found.activity is None:
        return Found(activity, exception=found.exception, ended=found.ended)
    return flow_activity_traversal_subprocess(run, found.activity, found.direction, "")


def flow_tree_traversal_subprocess(
    run: Run, activity: Activity, direction: str, previous: str, *, consider_children: bool
) -> _Next:
    """SB.2.1: go one step in the tree; from the last activity forwards everything ends."""
    reversed_direction = False
    siblings = _siblings(run, activity)
    if previous == BACKWARD and siblings and siblings[-1] is activity:
        direction, activity, reversed_direction = BACKWARD, siblings[0], True
    if consider_children and not activity.is_leaf:
        return _into(run, activity, direction)
    if direction == FORWARD:
        return _forward(run, activity)
    return _backward(run, activity, reversed_direction=reversed_direction)


def _into(run: Run, activity: Activity, direction: str) -> _Next:
    children = run.children(activity)
    if not children:
        return _Next(None, exception="SB.2.1-2")
    if direction == FORWARD or activity.sequencing.control.forward_only:
        return _Next(children[0], FORWARD)
    return _Next(children[-1], BACKWARD)


def _forward(run: Run, activity: Activity) -> _Next:
    for one in reversed(activity.path):
        siblings, position = _siblings(run, one), run.position(one)
        if position is not None and position + 1 < len(siblings):
            return _Next(siblings[position + 1], FORWARD)
    ending.terminate_descendent_attempts_process(run, run.tree.root)
    return _Next(None, exception="SB.2.1-1", ended=True)


def _backward(run: Run, activity: Activity, *, reversed_direction: bool) -> _Next:
    for one in reversed(activity.path):
        if one.parent is None:
            return _Next(None, exception="SB.2.1-3")
        if one.parent.sequencing.control.forward_only and not reversed_direction:
            return _Next(None, exception="SB.2.1-4")
        position = run.position(one)
        if position:
            return _Next(_siblings(run, one)[position - 1], BACKWARD)
        reversed_direction = False
    return _Next(None, exception="SB.2.1-3")


def _siblings(run: Run, activity: Activity) -> tuple[Activity, ...]:
    return run.children(activity.parent) if activity.parent else ()


def flow_activity_traversal_subprocess(run: Run, activity: Activity, direction: str, previous: str) -> Found:
    """SB.2.2: pass over what is skipped, go into clusters, and stop at what can be delivered or at what forbids it.

    The book calls it anew for each next activity; here it goes round, for a row of activities may be longer than a stack. Whatever
    rules say, it never goes round more often than there are ways through each activity.
    """
    for _ in range(4 * len(run.tree.activities)):
        if activity.parent and not activity.parent.sequencing.control.flow:
            return _stop(run, activity, "SB.2.2-1")
        if rules.has_rule(run, activity, "skip"):
            run.say("SB.2.2", activity, "skipped")
            found = flow_tree_traversal_subprocess(run, activity, direction, previous, consider_children=False)
            turned = previous == BACKWARD and found.direction == BACKWARD
            previous = "" if turned else previous
            direction = found.direction if turned else direction
        elif rules.check_activity_process(run, activity):
            return _stop(run, activity, "SB.2.2-2")
        elif activity.is_leaf:
            return Found(activity, deliverable=True)
        else:
            found = flow_tree_traversal_subprocess(run, activity, direction, "", consider_children=True)
            turned = direction == BACKWARD and found.direction == FORWARD
            previous = BACKWARD if turned else ""
            direction = found.direction if turned else direction
        if found.activity is None:
            return Found(activity, exception=found.exception, ended=found.ended)
        activity = found.activity
    return _stop(run, activity, "SB.2.2-2")


def _stop(run: Run, activity: Activity, exception: str) -> Found:
    run.say(
        "SB.2.2", activity, exception, "not to be attempted" if exception == "SB.2.2-2" else "its parent does not flow"
    )
    return Found(activity, exception=exception)
