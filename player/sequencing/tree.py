"""The activity tree (SN, 2.1): what a manifest says of one organisation, laid out so that the processes find their way in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from packages.model import Item, Objective, ObjectiveMap, Organisation, Sequencing


@dataclass(eq=False, slots=True)
class Activity:
    """A place in the tree; nothing of it changes once the tree stands.

    `number` counts in preorder: one activity is forward of another if its number is higher.
    """

    number: int
    position: int
    """Its place among the children of its parent, from 0."""
    item: Item
    parent: "Activity | None"
    path: "tuple[Activity, ...]" = ()
    """The way from the root to here, both included."""
    children: "tuple[Activity, ...]" = ()
    """All of them, in the order of the manifest; which of them a learner is given is for SR.1 and SR.2 to say."""
    last: int = 0
    """The number of the last activity below it, or its own."""
    objectives: dict[str, Objective] = field(default_factory=dict)
    """By identifier, the one that contributes to rollup first; every activity has that one (SN, 3.10)."""
    named: dict[str, Objective] = field(default_factory=dict)
    """The same by their plain names, as rules refer to them."""
    primary: Objective = field(default_factory=Objective)

    def __repr__(self) -> str:
        return f"<{self.id}>"

    @property
    def id(self) -> str:
        """Its identifier in the manifest."""
        return self.item.identifier

    @property
    def title(self) -> str:
        """What learners call it."""
        return str(self.item.title) or self.item.identifier

    @property
    def sequencing(self) -> Sequencing:
        """What its manifest says of its sequencing."""
        return self.item.sequencing

    @property
    def is_leaf(self) -> bool:
        """Whether it has no children."""
        return not self.children

    @property
    def tracked(self) -> bool:
        """Whether anything is recorded about it."""
        return self.item.sequencing.delivery.tracked

    def holds(self, other: "Activity") -> bool:
        """Tell whether another is this one or lies below it."""
        return self.number <= other.number <= self.last


class Tree:
    """An activity tree, and who in it reads which global objective."""

    def __init__(self, organisation: Organisation, edition: str = "4th") -> None:
        self.edition = edition
        self.objectives_global = organisation.objectives_global
        self.shared_data_global = organisation.shared_data_global
        self.activities: list[Activity] = []
        self.root = self._add(_as_item(organisation), None, 0)
        self._by_id = {one.id: one for one in reversed(self.activities)}
        self.readers = _sharers(self.activities, "read_")
        self.writers = _sharers(self.activities, "write_")
        """Who reads, and who writes, each global objective."""

    def _add(self, item: Item, parent: Activity | None, position: int) -> Activity:
        made = Activity(len(self.activities), position, item, parent)
        made.path = (*parent.path, made) if parent else (made,)
        said = [_plainly_mapped(one) for one in item.sequencing.objectives]
        made.primary = next((one for one in said if one.primary), Objective(primary=True))
        made.objectives = {made.primary.identifier: made.primary}
        for one in said:
            made.objectives.setdefault(one.identifier, one)
        made.named = {plain(name): one for name, one in made.objectives.items() if name}
        self.activities.append(made)
        made.children = tuple(self._add(one, made, n) for n, one in enumerate(item.items))
        made.last = len(self.activities) - 1
        return made

    def find(self, identifier: str) -> Activity | None:
        """Find an activity by its identifier."""
        return self._by_id.get(identifier)


def common_ancestor(one: Activity, other: Activity) -> Activity:
    """Find the lowest activity that holds both."""
    above = one
    while not above.holds(other) and above.parent:
        above = above.parent
    return above


def _plainly_mapped(objective: Objective) -> Objective:
    return replace(objective, maps=tuple(replace(one, target=plain(one.target)) for one in objective.maps))


def plain(name: str) -> str:
    """Write an identifier plainly: with its escapes resolved, and blanks in a row as one."""
    return " ".join(unquote(name).split())


def reads_anything(one: ObjectiveMap) -> bool:
    """Tell whether a map reads from its target."""
    return _does(one, "read_")


def _does(one: ObjectiveMap, what: str) -> bool:
    return any(getattr(one, name) for name in ObjectiveMap.__slots__ if name.startswith(what))


def _sharers(activities: list[Activity], what: str) -> dict[str, tuple[Activity, ...]]:
    found: dict[str, dict[Activity, None]] = {}
    for activity in activities:
        for target in _shared_by(activity, what):
            found.setdefault(target, {})[activity] = None
    return {target: tuple(those) for target, those in found.items()}


def _shared_by(activity: Activity, what: str) -> Iterator[str]:
    return (one.target for said in activity.objectives.values() for one in said.maps if _does(one, what))


def _as_item(organisation: Organisation) -> Item:
    """Take an organisation for what it is in the tree: the activity at the root, by a name that no item has."""
    taken = {"", *(item.identifier for item in organisation.walk())}
    name = organisation.identifier
    return Item(
        f"{name}#0" if name in taken else name,
        organisation.title,
        items=organisation.items,
        completion=organisation.completion,
        sequencing=organisation.sequencing,
    )
