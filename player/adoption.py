"""Attempts from before there was a sequencer, pure: their tracks become its state, so that nobody begins anew."""

from collections.abc import Iterable

from player.sequencing import coupling, ending, selection
from player.sequencing.run import Run
from player.sequencing.tracking import State
from player.sequencing.tree import Activity, Tree
from player.tracking import Track


def adopted(tree: Tree, seed: int, tracks: Iterable[tuple[str, Track]], last: str) -> State:
    """Make a state of what stands: each lesson that was opened counts as attempted, and the one that was open last goes on."""
    run = Run(tree, State(seed=seed))
    selection.prepare(run)
    opened = [(one, track) for item, track in tracks if track.there and (one := tree.find(item)) and one.is_leaf]
    for activity, track in opened:
        _attempt(run, activity, track)
    current = tree.find(last)
    if current and any(one is current for one, _ in opened):
        for one in current.path:
            run.change(one, suspended=True)
        run.suspended = current
    return run.state()


def _attempt(run: Run, activity: Activity, track: Track) -> None:
    for one in activity.path:
        run.change(one, attempts=max(1, run.track(one).attempts), active=one is activity)
    coupling.told(run, activity, track.values, {})
    suspended = not track.ended or track.values.get("cmi.exit") == "suspend"
    run.change(activity, suspended=suspended)
    ending.end_attempt_process(run, activity)
