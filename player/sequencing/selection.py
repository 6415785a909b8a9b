"""Selection and randomisation (SR): which children a learner is given, and in which order.

Both happen where no attempt on the cluster is under way: when the tree is begun, and when an attempt on the cluster has ended. What may be
chosen is then known before it is chosen.
"""

from random import Random

from player.sequencing.run import Run
from player.sequencing.tree import Activity


def prepare(run: Run) -> None:
    """Select and shuffle in the whole tree, before anything of it is attempted."""
    for activity in run.tree.activities:
        if activity.children:
            select_children_process(run, activity)
            randomize_children_process(run, activity)


def prepare_next_attempt(run: Run, activity: Activity) -> None:
    """Select and shuffle anew where each new attempt has its own children."""
    if activity.children and not run.ended:
        select_children_process(run, activity)
        randomize_children_process(run, activity)


def select_children_process(run: Run, activity: Activity) -> None:
    """SR.1: select as many children as asked for, in the order of the manifest."""
    said = activity.sequencing.randomization
    if said.select is None or not _is_due(run, activity, said.select_when):
        return
    count = min(said.select, len(activity.children))
    chosen = sorted(_chance(run).sample(range(len(activity.children)), count))
    run.change(activity, available=tuple(activity.children[n].id for n in chosen))
    run.say("SR.1", activity, f"selected {count} of {len(activity.children)}")


def randomize_children_process(run: Run, activity: Activity) -> None:
    """SR.2: put the available children into another order."""
    said = activity.sequencing.randomization
    if not said.reorder or not _is_due(run, activity, said.reorder_when):
        return
    names = [one.id for one in run.children(activity)]
    _chance(run).shuffle(names)
    run.change(activity, available=tuple(names))
    run.say("SR.2", activity, "shuffled")


def _is_due(run: Run, activity: Activity, when: str) -> bool:
    track = run.track(activity)
    if when == "never" or track.active or track.suspended:
        return False
    return when == "onEachNewAttempt" or track.attempts == 0


def _chance(run: Run) -> Random:
    """Draw from chance that the state remembers: what is tried comes out as it will be done."""
    chance = Random(run.seed)  # noqa: S311 - the order of lessons is no secret
    run.seed = chance.getrandbits(32)
    return chance
