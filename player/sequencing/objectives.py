"""Objectives (SN, 3.10 and 4.2.1): local ones, and the global ones that they read and write through their maps."""

from dataclasses import replace
from typing import Any

from packages.model import Objective
from player.sequencing.run import Run
from player.sequencing.tracking import NOTHING, Progress
from player.sequencing.tree import Activity

MAPPED = {
    "satisfied": "satisfied_status",
    "measure": "normalized_measure",
    "raw": "raw_score",
    "least": "min_score",
    "most": "max_score",
    "completed": "completion_status",
    "progress": "progress_measure",
}
"""Members of `Progress`, with what an `ObjectiveMap` calls them behind `read_` and `write_`."""

_READ = {member: f"read_{name}" for member, name in MAPPED.items()}
_WRITE = {member: f"write_{name}" for member, name in MAPPED.items()}
_FIRST = {"satisfied", "measure"}
"""What maps could carry before the 4th Edition."""


def known(run: Run, activity: Activity, objective: Objective, *, fresh: bool = False) -> Progress:
    """Say what is known of an objective: its maps read, and thresholds judging. Rollup wants it `fresh`: of this attempt on the parent."""
    key = objective.identifier, fresh
    return run.once(activity, key, lambda: _known(run, activity, objective, fresh=fresh))


def primary(run: Run, activity: Activity, *, fresh: bool = False) -> Progress:
    """Say what is known of the objective that contributes to rollup, and so of the activity's progress."""
    return known(run, activity, activity.primary, fresh=fresh)


def _known(run: Run, activity: Activity, objective: Objective, *, fresh: bool) -> Progress:
    if not activity.tracked:
        return NOTHING
    return _judged(run, activity, objective, read(run, activity, objective, fresh=fresh))


def read(run: Run, activity: Activity, objective: Objective, *, fresh: bool = False) -> Progress:
    """Say what a lesson reads of an objective: its maps read, thresholds apart, and whether or not it is tracked."""
    found, stale = local(run, activity, objective), run.track(activity).stale
    if fresh and stale:
        found = replace(found, **dict.fromkeys(stale))
    shared = _read(run, objective, found)
    return replace(found, **shared) if shared else found


def _read(run: Run, objective: Objective, found: Progress) -> dict[str, Any]:
    """Read what global objectives know.

    A status or a measure that is read is read, even where the global objective knows nothing of it: what is known locally does not count.
    Of what the 4th Edition added, what is known locally stands until the global objective knows more. ADL's suite wants both.
    """
    read: dict[str, Any] = {}
    for one in objective.maps:
        shared = run.objectives.get(one.target, NOTHING)
        for member, reads in _READ.items():
            if getattr(one, reads) and read.get(member) is None:
                value = getattr(shared, member)
                read[member] = getattr(found, member) if value is None and member not in _FIRST else value
    return read


def _judged(run: Run, activity: Activity, objective: Objective, found: Progress) -> Progress:
    """Let thresholds decide where there are any: a status then is what its measure makes of it, and nothing else."""
    changes: dict[str, Any] = {}
    if objective.by_measure:
        early = run.track(activity).active and not activity.sequencing.considerations.measure_if_active
        unknown = found.measure is None or early
        changes["satisfied"] = None if unknown else (found.measure or 0.0) >= objective.least_measure
    if objective is activity.primary and activity.item.completion.by_measure:
        least = activity.item.completion.least_progress
        changes["completed"] = None if found.progress is None else found.progress >= least
    return replace(found, **changes) if changes else found


def local(run: Run, activity: Activity, objective: Objective) -> Progress:
    """Say what was recorded of an objective in the current attempt, maps and thresholds apart."""
    return run.track(activity).objectives.get(objective.identifier, NOTHING)


def record(run: Run, activity: Activity, objective: Objective, **members: Any) -> None:
    """Record something of an objective, and write it to the global ones."""
    before = local(run, activity, objective)
    after = replace(before, **members)
    if after != before:
        run.change_objective(activity, objective.identifier, after)
    for one in objective.maps:
        said = _judged(run, activity, objective, after)
        written = {member: getattr(said, member) for member, writes in _WRITE.items() if getattr(one, writes)}
        known_ = {member: value for member, value in written.items() if value is not None}
        if known_:
            run.change_global(one.target, known_)
