"""Choice (SB.2.4, SB.2.9): whether the activity that a learner names may be reached from where the learner is."""

from typing import NamedTuple

from player.sequencing import ending, rules
from player.sequencing.flow import BACKWARD, FORWARD, flow_subprocess
from player.sequencing.run import Run
from player.sequencing.tree import Activity, common_ancestor


class Choice(NamedTuple):
    """What a choice comes to: what is delivered, or why nothing is."""

    activity: Activity | None
    exception: str = ""


def choice_activity_traversal_subprocess(run: Run, activity: Activity, direction: str) -> str:
    """SB.2.4: tell what forbids a choice to pass an activity."""
    if direction == FORWARD:
        return "SB.2.4-1" if rules.has_rule(run, activity, "stopForwardTraversal") else ""
    if activity.parent is None:
        return "SB.2.4-3"
    return "SB.2.4-2" if activity.parent.sequencing.control.forward_only else ""


def choice_sequencing_request_process(run: Run, target: Activity) -> Choice:
    """SB.2.9: deliver the activity that was chosen, or the first one below it."""
    exception = why_not(run, target)
    if exception:
        run.say("SB.2.9", target, exception)
        return Choice(None, exception)
    if target.is_leaf:
        return Choice(target)
    found = flow_subprocess(run, target, FORWARD, consider_children=True)
    if found.deliverable:
        return Choice(found.activity)
    ancestor = _ancestor(run, target)
    ending.terminate_descendent_attempts_process(run, ancestor)
    ending.end_attempt_process(run, ancestor)
    run.current = target
    run.say("SB.2.9", target, "SB.2.9-9", f"nothing below it can be delivered: {found.exception}")
    return Choice(None, "SB.2.9-9")


def why_not(run: Run, target: Activity) -> str:
    """Tell what forbids to reach an activity by choice."""
    if not run.is_available(target):
        return "SB.2.9-2"
    if is_hidden(run, target):
        return "SB.2.9-3"
    if target.parent and not target.parent.sequencing.control.choice:
        return "SB.2.9-4"
    return _barred(run, target)


def _barred(run: Run, target: Activity) -> str:
    """Tell what forbids the way to an activity, by the five cases of where it lies."""
    current, ancestor = run.current, _ancestor(run, target)
    if current is target:
        return ""
    if current is None or current is ancestor:
        return _downwards(run, ancestor, target)
    if current.parent is target.parent:
        return _among_siblings(run, current, target)
    return (
        _leaving(current.path[len(ancestor.path) :])
        if target is ancestor
        else _elsewhere(run, current, ancestor, target)
    )


def _ancestor(run: Run, target: Activity) -> Activity:
    return common_ancestor(run.current, target) if run.current else run.tree.root


def is_hidden(run: Run, target: Activity) -> bool:
    """Tell whether an activity, or one that it lies in, is hidden from choice."""
    if rules.has_rule(run, target, "hiddenFromChoice"):
        return True
    parent = target.parent
    return parent is not None and run.once_for_all(("hidden", parent), lambda: is_hidden(run, parent))


def _among_siblings(run: Run, current: Activity, target: Activity) -> str:
    """SB.2.9, case 2: every sibling from here to the target, this one included, must let the choice pass."""
    here, there = run.position(current), run.position(target)
    if here is None or there is None:
        return "SB.2.9-5"
    if there < here:
        return choice_activity_traversal_subprocess(run, current, BACKWARD)
    stop = run.once_for_all(("stop", current), lambda: _first_stop(run, current, here))
    return "SB.2.4-1" if stop is not None and stop < there else ""


def _first_stop(run: Run, current: Activity, here: int) -> int | None:
    siblings = run.children(current.parent) if current.parent else ()
    onwards = ((here + n, one) for n, one in enumerate(siblings[here:]))
    return next((n for n, one in onwards if choice_activity_traversal_subprocess(run, one, FORWARD)), None)


def _downwards(run: Run, ancestor: Activity, target: Activity) -> str:
    """SB.2.9, case 3: the way leads down from where the learner is."""
    way = target.path[len(ancestor.path) - 1 : -1]
    return _forbidden(run, way, ancestor, FORWARD)


def _leaving(way: tuple[Activity, ...]) -> str:
    """SB.2.9, case 4: the way leads up; each activity that is left must let learners out."""
    return "" if all(one.sequencing.control.choice_exit for one in way) else "SB.2.9-7"


def _elsewhere(run: Run, current: Activity, ancestor: Activity, target: Activity) -> str:
    """SB.2.9, case 5: the way leads up to a common ancestor, and down again."""
    left = current.path[len(ancestor.path) :]
    if not all(one.sequencing.control.choice_exit for one in left):
        return "SB.2.9-7"
    clusters = (one for one in reversed(left) if not one.is_leaf)
    constrained = next((one for one in clusters if one.sequencing.constrained.constrain_choice), None)
    if constrained and not _is_near(run, constrained, target):
        return "SB.2.9-8"
    way = target.path[len(ancestor.path) - 1 : -1]
    return _forbidden(run, way, ancestor, _direction(run, current, target))


def _is_near(run: Run, constrained: Activity, target: Activity) -> bool:
    """Tell whether a target lies within what follows a constrained activity in its direction."""
    considered = choice_flow_subprocess(run, constrained, _direction(run, constrained, target))
    return considered.holds(target) or target is constrained


def _direction(run: Run, one: Activity, other: Activity) -> str:
    """Tell in which direction another activity lies, as this learner is given them."""
    ancestor = common_ancestor(one, other)
    depth = len(ancestor.path)
    if depth in (len(one.path), len(other.path)):
        return FORWARD if other.number > one.number else BACKWARD
    here, there = run.position(one.path[depth]), run.position(other.path[depth])
    return FORWARD if (there or 0) > (here or 0) else BACKWARD


def _forbidden(run: Run, way: tuple[Activity, ...], ancestor: Activity, direction: str) -> str:
    for one in way:
        stopped = choice_activity_traversal_subprocess(run, one, FORWARD) if direction == FORWARD else ""
        if stopped:
            return stopped
        if one is not ancestor and one.sequencing.constrained.prevent_activation and not run.track(one).active:
            return "SB.2.9-6"
    return ""


def choice_flow_subprocess(run: Run, activity: Activity, direction: str) -> Activity:
    """SB.2.9.1: give the activity next to a constrained one, or itself if there is none."""
    return choice_flow_tree_traversal_subprocess(run, activity, direction) or activity


def choice_flow_tree_traversal_subprocess(run: Run, activity: Activity, direction: str) -> Activity | None:
    """SB.2.9.2: find the next activity in a direction, going up where there is none beside."""
    for one in reversed(activity.path):
        if one.parent is None:
            return None
        siblings, position = run.children(one.parent), run.position(one) or 0
        beside = position + 1 if direction == FORWARD else position - 1
        if 0 <= beside < len(siblings):
            return siblings[beside]
    return None
