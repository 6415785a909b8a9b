"""What a learner may do next: the table of contents, and whether each navigation request would be followed (SN, 5.6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from player.sequencing import choosing, ending, objectives
from player.sequencing.delivery import delivery_request_process
from player.sequencing.flow import FORWARD, flow_subprocess
from player.sequencing.navigation import Request, checked
from player.sequencing.reasons import Why, why
from player.sequencing.requests import sequencing_request_process
from player.sequencing.run import Run
from player.sequencing.termination import sequencing_exit_action_rules_subprocess
from player.sequencing.tree import Activity

FLOWING = ("continue", "previous")
LEAVING = ("exit", "exitAll", "suspendAll", "abandon", "abandonAll")

TO_BE_CHOSEN = "SB.2.2-1"
"""The way leads into a cluster that does not flow: nothing is delivered, and the learner chooses what comes next."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    id: str
    title: str
    depth: int
    leaf: bool
    shown: bool
    """Whether the learner sees it: it is given, not hidden, and the manifest shows it."""
    choice: bool
    """Whether it may be chosen: something would be delivered."""
    jump: bool
    attempts: int = 0
    completed: bool | None = None
    satisfied: bool | None = None
    measure: float | None = None
    why: Why | None = None
    """Why it cannot be chosen, if it is shown."""

    @property
    def selectable(self) -> bool:
        """Whether the learner can choose it in the table of contents."""
        return self.shown and self.choice


@dataclass(frozen=True, slots=True)
class Contents:
    """What may be done next, and the table of contents in its order."""

    requests: Mapping[str, bool]
    """By the names that `adl.nav.request` knows."""
    entries: tuple[Entry, ...] = ()
    current: str = ""
    hidden: tuple[str, ...] = ()
    """The controls that the activity now open wants hidden."""
    jumps: bool = True
    """Whether the edition knows jumps."""

    @property
    def enabled(self) -> bool:
        """Whether there is anything else to choose."""
        return any(one.selectable and one.id != self.current for one in self.entries)

    def offers(self, request: str) -> bool:
        """Tell whether a learner is to be shown a control that works."""
        return self.requests.get(request, False) and request not in self.hidden

    def entry(self, identifier: str) -> Entry:
        """Find the line of an activity."""
        return next(one for one in self.entries if one.id == identifier)

    def values(self) -> dict[str, str]:
        """Say it as the data model does (adl.nav.request_valid)."""
        said = {f"adl.nav.request_valid.{name}": self.requests.get(name, False) for name in FLOWING}
        for one in self.entries:
            said[f"adl.nav.request_valid.choice.{{target={one.id}}}"] = one.choice
            if self.jumps:
                said[f"adl.nav.request_valid.jump.{{target={one.id}}}"] = one.jump
        return {name: "true" if valid else "false" for name, valid in said.items()}


def look(run: Run) -> Contents:
    """Find out what may be done next, by trying it; nothing of the run changes."""
    here, left = run.tried(), _left(run)
    requests = {name: _flows(here, left, name) for name in FLOWING}
    requests |= {name: not checked(here, Request(name)).exception for name in LEAVING}
    entries = tuple(_entry(here, left, one) for one in run.tree.activities)
    current = run.current.id if run.current else ""
    hidden = run.current.item.hidden_controls if run.current else ()
    return Contents(requests, entries, current, hidden, jumps=run.tree.edition == "4th")


def _left(run: Run) -> Run:
    """Give the run as it would be once the current activity had ended; what its postconditions would ask for then is another question."""
    left = run.tried()
    if left.current and left.track(left.current).active:
        ending.end_attempt_process(left, left.current)
        sequencing_exit_action_rules_subprocess(left)
    return left


def _flows(here: Run, left: Run, name: str) -> bool:
    if checked(here, Request(name)).exception:
        return False
    outcome = sequencing_request_process(left.tried(), name, None)
    if name == "continue" and outcome.exception == TO_BE_CHOSEN:
        return True
    return outcome.ended or (outcome.activity is not None and not delivery_request_process(left, outcome.activity))


def _entry(here: Run, left: Run, activity: Activity) -> Entry:
    track, known = here.track(activity), objectives.primary(here, activity)
    shown = activity.item.visible and here.is_available(activity) and not choosing.is_hidden(here, activity)
    choice = _may_be_chosen(here, left, activity)
    return Entry(
        id=activity.id,
        title=activity.title,
        depth=len(activity.path) - 1,
        leaf=activity.is_leaf,
        shown=shown,
        choice=choice,
        jump=_may_be_jumped_to(here, left, activity),
        attempts=track.attempts,
        completed=known.completed,
        satisfied=known.satisfied,
        measure=known.measure,
        why=why(here, left, activity) if shown and not choice else None,
    )


def _may_be_chosen(here: Run, left: Run, activity: Activity) -> bool:
    if checked(here, Request("choice", activity.id)).exception or choosing.why_not(left, activity):
        return False
    target: Activity | None = activity
    if not activity.is_leaf:
        found = flow_subprocess(left.tried(), activity, FORWARD, consider_children=True)
        target = found.activity if found.deliverable else None
    return target is not None and not delivery_request_process(left, target)


def _may_be_jumped_to(here: Run, left: Run, activity: Activity) -> bool:
    if not activity.is_leaf or checked(here, Request("jump", activity.id)).exception:
        return False
    return not delivery_request_process(left, activity)


def as_json(contents: Contents) -> dict[str, Any]:
    """Write it for a page."""
    return {
        "requests": dict(contents.requests),
        "hidden": list(contents.hidden),
        "jumps": contents.jumps,
        "entries": [
            {name: getattr(one, name) for name in Entry.__slots__}
            | {"selectable": one.selectable, "why": one.why and one.why._asdict()}
            for one in contents.entries
        ],
    }
