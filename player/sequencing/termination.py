"""Termination requests (TB): how the current activity, and what it lies in, is left."""

from collections.abc import Callable
from typing import NamedTuple

from player.sequencing import ending, rollup, rules
from player.sequencing.run import Run


class Termination(NamedTuple):
    """What a termination comes to: the sequencing request that follows from rules, or why there was nothing to end."""

    sequencing: str = ""
    exception: str = ""


class _After(NamedTuple):
    """What postconditions ask for."""

    termination: str = ""
    sequencing: str = ""


_AFTER = {
    "retry": _After(sequencing="retry"),
    "continue": _After(sequencing="continue"),
    "previous": _After(sequencing="previous"),
    "exitParent": _After("exitParent"),
    "exitAll": _After("exitAll"),
    "retryAll": _After("exitAll", "retry"),
}


def sequencing_exit_action_rules_subprocess(run: Run) -> None:
    """TB.2.1: end the highest activity above whose exit rule holds, and everything in it."""
    if run.current is None:
        return
    for one in run.current.path[:-1]:
        if rules.sequencing_rules_check_process(run, one, "exit"):
            run.say("TB.2.1", one, "exit")
            ending.terminate_descendent_attempts_process(run, one)
            ending.end_attempt_process(run, one)
            run.current = one
            return


def sequencing_post_condition_rules_subprocess(run: Run) -> _After:
    """TB.2.2: tell what the postcondition rules of the current activity ask for; of a suspended one nothing is asked."""
    if run.current is None or run.track(run.current).suspended:
        return _After()
    action = rules.sequencing_rules_check_process(run, run.current, "after")
    return _AFTER.get(action, _After())


def termination_request_process(run: Run, request: str) -> Termination:
    """TB.2.3: end what a request asks to end."""
    if run.current is None:
        return Termination(exception="TB.2.3-1")
    if request in {"exit", "abandon"} and not run.track(run.current).active:
        return Termination(exception="TB.2.3-2")
    process = _PROCESSES.get(request)
    found = process(run) if process else Termination(exception="TB.2.3-7")
    run.say("TB.2.3", run.current, request, found.exception or (f"then {found.sequencing}" if found.sequencing else ""))
    return found


def _exit(run: Run) -> Termination:
    if run.current is None:
        return Termination(exception="TB.2.3-1")
    ending.end_attempt_process(run, run.current)
    sequencing_exit_action_rules_subprocess(run)
    while True:
        after = sequencing_post_condition_rules_subprocess(run)
        if after.termination == "exitAll":
            return _exit_all(run, after.sequencing)
        if after.termination != "exitParent":
            at_root = run.current.parent is None and after.sequencing != "retry"
            return Termination("exit" if at_root else after.sequencing)
        if run.current.parent is None:
            return Termination(exception="TB.2.3-4")
        run.current = run.current.parent
        ending.end_attempt_process(run, run.current)


def _exit_all(run: Run, then: str = "") -> Termination:
    if run.current and run.track(run.current).active:
        ending.end_attempt_process(run, run.current)
    ending.terminate_descendent_attempts_process(run, run.tree.root)
    ending.end_attempt_process(run, run.tree.root)
    run.current = run.tree.root
    return Termination(then or "exit")


def _suspend_all(run: Run) -> Termination:
    current = run.current
    if current is None:
        return Termination(exception="TB.2.3-1")
    track = run.track(current)
    if track.active or track.suspended:
        rollup.overall_rollup_process(run, current)
        run.suspended = current
    elif current.parent is None:
        return Termination(exception="TB.2.3-3")
    else:
        run.suspended = current.parent
    for one in reversed(run.suspended.path):
        run.change(one, active=False, suspended=True)
    run.current = run.tree.root
    return Termination("exit")


def _abandon(run: Run) -> Termination:
    if run.current:
        run.change(run.current, active=False)
    return Termination()


def _abandon_all(run: Run) -> Termination:
    for one in reversed(run.current.path if run.current else ()):
        run.change(one, active=False)
    run.current = run.tree.root
    return Termination("exit")


_PROCESSES: dict[str, Callable[[Run], Termination]] = {
    "exit": _exit,
    "exitAll": _exit_all,
    "suspendAll": _suspend_all,
    "abandon": _abandon,
    "abandonAll": _abandon_all,
}
