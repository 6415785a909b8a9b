"""The sequencer as the player uses it: a state and a request in, a state and all that a page needs out. Pure, and never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from player.sequencing import contents, coupling, objectives, rollup, selection
from player.sequencing.contents import Contents
from player.sequencing.navigation import Request
from player.sequencing.overall import Result, overall_sequencing_process
from player.sequencing.run import Run
from player.sequencing.trace import Step, Trace
from player.sequencing.tracking import Progress, State
from player.sequencing.tree import Tree

START, RESUME_ALL = Request("start"), Request("resumeAll")
ABANDONING = {"abandon", "abandonAll"}
"""What a lesson has said is lost with these."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A lesson that is to be opened."""

    id: str
    resumed: bool
    """Whether it goes on where it was left: it finds what it said before."""
    given: Mapping[str, str]
    """What it reads of its objectives, its stores and the ways on; it comes before what was kept."""
    access: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request."""

    state: State
    contents: Contents
    delivery: Delivery | None = None
    exception: str = ""
    """Why nothing is delivered, by the book's number; nothing where that is as it should be."""
    trace: tuple[Step, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether the session has ended."""
        return self.state.ended


@dataclass(frozen=True, slots=True)
class Visit:
    """What a lesson has said in a visit that has ended: its values, and those with which it began."""

    values: Mapping[str, str]
    before: Mapping[str, str]


def begin(tree: Tree, seed: int = 0, carried: State | None = None) -> Reply:
    """Begin an attempt on a tree; `carried` is what other attempts and courses of the learner have left (`left_over`, `merged`)."""
    state = left_over(tree, carried or State())
    run = Run(tree, replace(state, seed=seed), Trace())
    selection.prepare(run)
    return _reply(run, _start(run))


def _start(run: Run) -> Result:
    """Start; where a package neither flows nor leaves a choice, there is one lesson, and it is delivered."""
    result = overall_sequencing_process(run, START)
    if result.delivered or run.ended:
        return result
    choices = [one.id for one in contents.look(run).entries if one.leaf and one.selectable]
    return overall_sequencing_process(run, Request("choice", choices[0])) if len(choices) == 1 else result


def resume(tree: Tree, state: State, carried: State | None = None) -> Reply:
    """Go on with an attempt (`goes_on`): with what was suspended, or from its beginning; others may have changed what is global."""
    run = Run(tree, replace(merged(state, left_over(tree, carried or State())), ended=False), Trace())
    return _reply(run, overall_sequencing_process(run, RESUME_ALL) if run.suspended else _start(run))


def goes_on(tree: Tree, state: State) -> bool:
    """Tell whether an attempt that was left goes on when it is launched again: something in it was suspended; else a new one begins."""
    return state.suspended is not None or Run(tree, state).track(tree.root).suspended


def left_over(tree: Tree, state: State) -> State:
    """Give what outlives an attempt: global objectives and stores, where the package says so."""
    return State(
        objectives=state.objectives if tree.objectives_global else {},
        stores=state.stores if tree.shared_data_global else {},
    )


def navigate(tree: Tree, state: State, request: Request | None = None, visit: Visit | None = None) -> Reply:
    """Follow a request: the learner's, or else that of the lesson that has just ended. `visit` is what that lesson has said."""
    run = Run(tree, state, Trace())
    return _reply(run, _follow(run, request, visit))


def left(tree: Tree, state: State, request: Request, visit: Visit) -> State:
    """Say how a course would stand if it were left now, and nothing of what may be asked then."""
    run = Run(tree, state)
    _follow(run, request, visit)
    return run.state()


def _follow(run: Run, request: Request | None, visit: Visit | None) -> Result:
    wanted = _wanted(request, visit)
    if visit and run.current and run.track(run.current).active and not (wanted and wanted.name in ABANDONING):
        coupling.told(run, run.current, visit.values, visit.before)
        coupling.ended(run, run.current, visit.values)
    if wanted is None and run.current:
        rollup.overall_rollup_process(run, run.current)
    return overall_sequencing_process(run, wanted) if wanted else Result()


def heard(tree: Tree, state: State, visit: Visit) -> Reply:
    """Look at what may be asked while a lesson is open: what it has said until now is taken for all that it says, and nothing is asked."""
    run = Run(tree, state, Trace())
    if run.current and run.track(run.current).active:
        coupling.told(run, run.current, visit.values, visit.before)
        coupling.ended(run, run.current, visit.values)
        rollup.overall_rollup_process(run, run.current)
    return _reply(run, Result())


def whole(tree: Tree, state: State) -> Progress:
    """Say what is known of the course as a whole: what was gathered at its root."""
    return objectives.primary(Run(tree, state), tree.root)


def opened_again(tree: Tree, state: State) -> Reply:
    """Open what is open once more, where it was left: a request that was not followed had taken it away."""
    run = Run(tree, state, Trace())
    current = run.current
    if current is None or not current.is_leaf or not run.track(current).active:
        return _reply(run, Result())
    run.resumed = True
    return _reply(run, Result(current))


def _wanted(request: Request | None, visit: Visit | None) -> Request | None:
    """Say which request counts: leaving in some ways ends everything; else the learner's comes before the lesson's."""
    forced = coupling.forced(visit.values) if visit else None
    return forced or request or (coupling.asked(visit.values) if visit else None)


def _reply(run: Run, result: Result) -> Reply:
    found = contents.look(run)
    delivery = None
    if result.delivered:
        given = coupling.given(run, result.delivered) | found.values()
        delivery = Delivery(result.delivered.id, run.resumed, given, coupling.access(result.delivered))
    return Reply(run.state(), found, delivery, result.exception, tuple(run.trace.steps))


def merged(before: State, after: State) -> State:
    """Put what is left of one attempt over what another has."""
    return replace(
        before,
        objectives={**before.objectives, **after.objectives},
        stores={**before.stores, **after.stores},
    )
