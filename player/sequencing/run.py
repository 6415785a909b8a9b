"""A run: the state of a tree while the processes work on it. It is made of a `State` and becomes one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from player.sequencing.trace import Silence, Trace
from player.sequencing.tracking import NEW, Progress, State, Track
from player.sequencing.tree import Activity, Tree

T = TypeVar("T")


class Run:
    """What stands now: tracks, the current and the suspended activity, global objectives, shared stores."""

    def __init__(self, tree: Tree, state: State, trace: Trace | None = None) -> None:
        self.tree = tree
        self.trace = trace if trace is not None else Silence()
        self.tracks = {one: track for name, track in state.tracks.items() if (one := tree.find(name))}
        self.current = tree.find(state.current) if state.current is not None else None
        self.suspended = tree.find(state.suspended) if state.suspended is not None else None
        self.ended = state.ended
        self.objectives: dict[str, Progress] = dict(state.objectives)
        self.stores = dict(state.stores)
        self.seed = state.seed
        self.retrying = False
        """Whether an activity is just being begun anew (SB.2.10): its children are then taken for what they did in the attempt before."""
        self.resumed = False
        """Whether what was delivered last goes on where it was left."""
        self.news: set[str] = set()
        """Global objectives that have changed since the last rollup."""
        self._found: dict[Activity, dict[Any, Any]] = {}
        """What was found out of an activity since anything of it changed."""
        self._ways: dict[Any, Any] = {}
        """What was found out of the ways between activities since anything at all changed."""

    def state(self) -> State:
        """Give what stands as a value."""
        return State(
            tracks={one.id: track for one, track in self.tracks.items()},
            current=self.current.id if self.current else None,
            suspended=self.suspended.id if self.suspended else None,
            ended=self.ended,
            objectives=self.objectives,
            stores=self.stores,
            seed=self.seed,
        )

    def tried(self) -> "Run":
        """Give a run that can be worked on without a trace in this one."""
        other = Run.__new__(Run)
        other.tree, other.trace, other.tracks = self.tree, Silence(), dict(self.tracks)
        other.current, other.suspended, other.ended = self.current, self.suspended, self.ended
        other.objectives, other.stores, other.seed = dict(self.objectives), self.stores, self.seed
        other.retrying = self.retrying
        other.resumed, other.news = self.resumed, set(self.news)
        other._found, other._ways = dict(self._found), {}  # noqa: SLF001 - its own
        return other

    def say(self, process: str, activity: Activity | None, outcome: str, why: str = "") -> None:
        """Note a decision in the trace."""
        self.trace.say(process, activity, outcome, why)

    def track(self, activity: Activity) -> Track:
        """Give what is known of an activity."""
        return self.tracks.get(activity, NEW)

    def change(self, activity: Activity, **members: Any) -> None:
        """Change what is known of an activity."""
        self._forget(activity)
        self.tracks[activity] = replace(self.track(activity), **members)

    def change_objective(self, activity: Activity, name: str, progress: Progress) -> None:
        """Change what is known of an objective of an activity."""
        self.change(activity, objectives={**self.track(activity).objectives, name: progress})

    def change_global(self, name: str, members: Mapping[str, Any]) -> None:
        """Change what is known of a global objective, and remember who reads it."""
        before = self.objectives.get(name, Progress())
        after = replace(before, **members)
        if after != before:
            self.objectives[name] = after
            self.news.add(name)
            for reader in self.tree.readers.get(name, ()):
                self._forget(reader)

    def _forget(self, activity: Activity) -> None:
        self._found.pop(activity, None)
        self._ways.clear()

    def once(self, activity: Activity, key: Any, find: Callable[[], T]) -> T:
        """Find something out of an activity, once until it changes."""
        found = self._found.get(activity)
        if found is None:
            found = self._found[activity] = {}
        if key not in found:
            found[key] = find()
        value: T = found[key]
        return value

    def once_for_all(self, key: Any, find: Callable[[], T]) -> T:
        """Find something out, once until anything changes."""
        if key not in self._ways:
            self._ways[key] = find()
        value: T = self._ways[key]
        return value

    def children(self, activity: Activity) -> tuple[Activity, ...]:
        """Give the available children of an activity: those that SR.1 has selected, in the order of SR.2."""
        names = self.track(activity).available
        if names is None:
            return activity.children
        by_id = {one.id: one for one in activity.children}
        return self.once(activity, "children", lambda: tuple(by_id[name] for name in names if name in by_id))

    def position(self, activity: Activity) -> int | None:
        """Tell the place of an activity among the available children of its parent; None if it is not one of them."""
        parent = activity.parent
        if parent is None or self.track(parent).available is None:
            return activity.position
        places = self.once(parent, "places", lambda: {one: n for n, one in enumerate(self.children(parent))})
        return places.get(activity)

    def is_available(self, activity: Activity) -> bool:
        """Tell whether this learner is given an activity: it and all above it are available children."""
        if self.position(activity) is None:
            return False
        parent = activity.parent
        return parent is None or self.once_for_all(("available", parent), lambda: self.is_available(parent))
