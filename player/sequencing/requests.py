"""Sequencing requests (SB.2.5 to SB.2.13): what is asked for, and which activity it comes to."""

from collections.abc import Callable
from typing import NamedTuple

from player.sequencing.choosing import choice_sequencing_request_process
from player.sequencing.flow import BACKWARD, FORWARD, Found, flow_subprocess
from player.sequencing.run import Run
from player.sequencing.tree import Activity


class Outcome(NamedTuple):
    """What a sequencing request comes to: an activity to deliver, the end of the session, or the reason why neither."""

    activity: Activity | None = None
    ended: bool = False
    exception: str = ""


def start_sequencing_request_process(run: Run, _target: Activity | None) -> Outcome:
    """SB.2.5: begin at the root, and flow from there."""
    if run.current:
        return Outcome(exception="SB.2.5-1")
    if run.tree.root.is_leaf:
        return Outcome(run.tree.root)
    return _flowed(flow_subprocess(run, run.tree.root, FORWARD, consider_children=True), "SB.2.5-3")


def resume_all_sequencing_request_process(run: Run, _target: Activity | None) -> Outcome:
    """SB.2.6: go on with the activity that was suspended."""
    if run.current:
        return Outcome(exception="SB.2.6-1")
    return Outcome(run.suspended) if run.suspended else Outcome(exception="SB.2.6-2")


def continue_sequencing_request_process(run: Run, _target: Activity | None) -> Outcome:
    """SB.2.7: flow forwards."""
    if run.current is None:
        return Outcome(exception="SB.2.7-1")
    if not _flows(run.current):
        return Outcome(exception="SB.2.7-2")
    return _flowed(flow_subprocess(run, run.current, FORWARD, consider_children=False), "SB.2.7-3")


def previous_sequencing_request_process(run: Run, _target: Activity | None) -> Outcome:
    """SB.2.8: flow backwards."""
    if run.current is None:
        return Outcome(exception="SB.2.8-1")
    if not _flows(run.current):
        return Outcome(exception="SB.2.8-2")
    return _flowed(flow_subprocess(run, run.current, BACKWARD, consider_children=False), "SB.2.8-3")


def _flows(activity: Activity) -> bool:
    return activity.parent is None or activity.parent.sequencing.control.flow


def _flowed(found: Found, exception: str) -> Outcome:
    if found.deliverable:
        return Outcome(found.activity)
    return Outcome(ended=found.ended, exception=found.exception or exception)


def _choice(run: Run, target: Activity | None) -> Outcome:
    if target is None:
        return Outcome(exception="SB.2.9-1")
    found = choice_sequencing_request_process(run, target)
    return Outcome(found.activity, exception=found.exception)


def retry_sequencing_request_process(run: Run, _target: Activity | None) -> Outcome:
    """SB.2.10: begin the current activity anew."""
    if run.current is None:
        return Outcome(exception="SB.2.10-1")
    track = run.track(run.current)
    if track.active or track.suspended:
        return Outcome(exception="SB.2.10-2")
    if run.current.is_leaf:
        return Outcome(run.current)
    run.retrying = True
    found = flow_subprocess(run, run.current, FORWARD, consider_children=True)
    run.retrying = False
    return _flowed(found, "SB.2.10-3")


def exit_sequencing_request_process(run: Run, _target: Activity | None) -> Outcome:
    """SB.2.11: end the session, if it is the root that was left."""
    if run.current is None:
        return Outcome(exception="SB.2.11-1")
    if run.track(run.current).active:
        return Outcome(exception="SB.2.11-2")
    return Outcome(ended=run.current.parent is None)


def jump_sequencing_request_process(run: Run, target: Activity | None) -> Outcome:
    """SB.2.13: deliver what was named, whatever rules say of the way (4th Edition)."""
    if run.current is None:
        return Outcome(exception="SB.2.13-1")
    return Outcome(target)


_PROCESSES: dict[str, Callable[[Run, Activity | None], Outcome]] = {
    "start": start_sequencing_request_process,
    "resumeAll": resume_all_sequencing_request_process,
    "continue": continue_sequencing_request_process,
    "previous": previous_sequencing_request_process,
    "choice": _choice,
    "retry": retry_sequencing_request_process,
    "exit": exit_sequencing_request_process,
    "jump": jump_sequencing_request_process,
}


def sequencing_request_process(run: Run, request: str, target: Activity | None) -> Outcome:
    """SB.2.12: hand a request to its process."""
    process = _PROCESSES.get(request)
    outcome = process(run, target) if process else Outcome(exception="SB.2.12-1")
    run.say("SB.2.12", outcome.activity, f"{request}: {_in_words(outcome)}", outcome.exception)
    return outcome


def _in_words(outcome: Outcome) -> str:
    if outcome.activity:
        return "an activity to deliver"
    return "the session ends" if outcome.ended else "nothing to deliver"
