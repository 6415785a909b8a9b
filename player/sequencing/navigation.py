"""Navigation requests (NB): what a learner or a lesson asks for, checked, and split into what is ended and what comes next."""

from collections.abc import Callable
from typing import NamedTuple

from player.sequencing.run import Run
from player.sequencing.tree import Activity, common_ancestor


class Request(NamedTuple):
    """A navigation request: its name as `adl.nav.request` has it, and for choice and jump the activity that it names."""

    name: str
    target: str = ""


class Navigation(NamedTuple):
    """What a navigation request asks of the other processes; nothing if it is not valid."""

    termination: str = ""
    sequencing: str = ""
    target: Activity | None = None
    exception: str = ""


def navigation_request_process(run: Run, request: Request) -> Navigation:
    """NB.2.1: tell whether a request is valid now, and what it asks for."""
    found = checked(run, request)
    run.say("NB.2.1", run.tree.find(request.target), f"{request.name}: {_in_words(found)}", found.exception)
    return found


def checked(run: Run, request: Request) -> Navigation:
    """Tell the same without a word in the trace: for looking at many."""
    check = _CHECKS.get(request.name)
    return check(run, request) if check else Navigation(exception="NB.2.1-13")


def _in_words(found: Navigation) -> str:
    return "not valid" if found.exception else " and ".join(filter(None, (found.termination, found.sequencing)))


def _start(run: Run, _: Request) -> Navigation:
    return Navigation(exception="NB.2.1-1") if run.current else Navigation(sequencing="start")


def _resume_all(run: Run, _: Request) -> Navigation:
    if run.current:
        return Navigation(exception="NB.2.1-1")
    return Navigation(sequencing="resumeAll") if run.suspended else Navigation(exception="NB.2.1-3")


def _flow(run: Run, request: Request) -> Navigation:
    exception = {"continue": "NB.2.1-4", "previous": "NB.2.1-5"}[request.name]
    if run.current is None:
        return Navigation(exception="NB.2.1-2")
    if run.current.parent is None or not run.current.parent.sequencing.control.flow:
        return Navigation(exception=exception)
    if request.name == "previous" and run.current.parent.sequencing.control.forward_only:
        return Navigation(exception="NB.2.1-5")
    return Navigation(_exit_if_active(run), request.name)


def _exit_if_active(run: Run) -> str:
    return "exit" if run.current and run.track(run.current).active else ""


def _choice(run: Run, request: Request) -> Navigation:
    target = run.tree.find(request.target)
    if target is None:
        return Navigation(exception="NB.2.1-11")
    if target.parent and not target.parent.sequencing.control.choice:
        return Navigation(exception="NB.2.1-10")
    if run.current is None:
        return Navigation("", "choice", target)
    if _is_held_back(run, run.current, target):
        return Navigation(exception="NB.2.1-8")
    return Navigation(_exit_if_active(run), "choice", target)


def _is_held_back(run: Run, current: Activity, target: Activity) -> bool:
    """Tell whether the current activity, or one that would be left with it, does not let learners out by choice."""
    left: tuple[Activity, ...] = (current,)
    if current.parent is not target.parent:
        left = current.path[len(common_ancestor(current, target).path) :]
    return any(run.track(one).active and not one.sequencing.control.choice_exit for one in left)


def _jump(run: Run, request: Request) -> Navigation:
    target = run.tree.find(request.target)
    if target is None or run.tree.edition != "4th" or not run.is_available(target):
        return Navigation(exception="NB.2.1-11")
    return Navigation(_exit_if_active(run), "jump", target) if run.current else Navigation(exception="NB.2.1-2")


def _exit(run: Run, request: Request) -> Navigation:
    if run.current is None:
        return Navigation(exception="NB.2.1-2")
    if not run.track(run.current).active:
        return Navigation(exception="NB.2.1-12")
    return Navigation(request.name, "exit")


def _all(run: Run, request: Request) -> Navigation:
    return Navigation(request.name, "exit") if run.current else Navigation(exception="NB.2.1-2")


_CHECKS: dict[str, Callable[[Run, Request], Navigation]] = {
    "start": _start,
    "resumeAll": _resume_all,
    "continue": _flow,
    "previous": _flow,
    "choice": _choice,
    "jump": _jump,
    "exit": _exit,
    "abandon": _exit,
    "exitAll": _all,
    "abandonAll": _all,
    "suspendAll": _all,
}
