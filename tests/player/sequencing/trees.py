"""Trees for tests, said in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packages.model import (
    SCO,
    Completion,
    Condition,
    ControlMode,
    Item,
    Launch,
    Objective,
    ObjectiveMap,
    Organisation,
    RollupRule,
    Rule,
    Sequencing,
    Text,
)
from player.sequencing import sequencer
from player.sequencing.navigation import Request
from player.sequencing.run import Run
from player.sequencing.sequencer import Visit
from player.sequencing.trace import Trace
from player.sequencing.tracking import State
from player.sequencing.tree import Tree

if TYPE_CHECKING:
    from player.sequencing.sequencer import Reply
    from player.sequencing.tree import Activity

FLOW = ControlMode(flow=True)
PLAIN = Completion()
CONTENT = {"cmi.completion_status": "completed", "cmi.success_status": "passed"}


def item(name: str, *children: Item, completion: Completion = PLAIN, visible: bool = True, **said: Any) -> Item:
    """Make a cluster that flows, or a lesson; `said` are parts of its sequencing."""
    control = {"control": FLOW} if children else {}
    launch = None if children else Launch(f"{name}.html", SCO)
    sequencing = Sequencing(**(control | said))
    return Item(name, Text.of(name), launch, children, visible=visible, completion=completion, sequencing=sequencing)


def tree(*items: Item, edition: str = "4th", **said: Any) -> Tree:
    """Make a tree whose root flows and is called `root`."""
    whole = {name: said.pop(name) for name in ("objectives_global", "shared_data_global") if name in said}
    completion = said.pop("completion", Completion())
    sequencing = Sequencing(**({"control": FLOW} | said))
    made = Organisation("root", Text.of("root"), items, sequencing=sequencing, completion=completion, **whole)
    return Tree(made, edition)


def lessons(*names: str, **said: Any) -> tuple[Item, ...]:
    """Make lessons that are all alike."""
    return tuple(item(name, **said) for name in names)


def rule(action: str, *conditions: str | Condition, combination: str = "all") -> Rule:
    """Make a rule."""
    return Rule(action, tuple(map(_condition, conditions)), combination)


def rollup_rule(action: str, condition: str | Condition, children: str = "all", **said: Any) -> RollupRule:
    """Make a rollup rule."""
    return RollupRule(action, (_condition(condition),), children=children, **said)


def _condition(said: str | Condition) -> Condition:
    if isinstance(said, Condition):
        return said
    return Condition(said.removeprefix("not "), negated=said.startswith("not "))


def mapped(target: str, name: str = "p", *, primary: bool = True, by_measure: bool = False, **said: Any) -> Objective:
    """Make an objective that shares what is said with a global one."""
    return Objective(name, primary, by_measure, maps=(ObjectiveMap(target, **said),))


def run_of(made: Tree, state: State | None = None) -> Run:
    """Begin to work on a tree."""
    return Run(made, state or State(), Trace())


def at(run: Run, name: str) -> Activity:
    """Find an activity that is there."""
    found = run.tree.find(name)
    assert found is not None
    return found


class Learner:
    """Somebody who goes through a tree; every state goes through JSON on its way."""

    def __init__(self, made: Tree, seed: int = 0) -> None:
        self.tree = made
        self.reply: Reply = sequencer.begin(made, seed)

    @property
    def at(self) -> str:
        """Name the lesson that is open."""
        return self.reply.delivery.id if self.reply.delivery else ""

    @property
    def state(self) -> State:
        """Give the state as it is kept."""
        return State.from_json(self.reply.state.to_json())

    def ask(self, request: str, target: str = "", **said: str) -> str:
        """End the lesson that is open with what it says, ask for something, and name what is open then."""
        visit = Visit({f"cmi.{name.replace('__', '.')}": value for name, value in said.items()}, {})
        self.reply = sequencer.navigate(self.tree, self.state, Request(request, target), visit)
        return self.at

    def status(self, name: str) -> tuple[bool | None, bool | None]:
        """Tell whether an activity is completed, and whether it is satisfied."""
        entry = self.reply.contents.entry(name)
        return entry.completed, entry.satisfied
