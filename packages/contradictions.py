"""What a sequencing says that cannot be meant (docs/sequencing.md): told to the author when a package is read; learners are led past it."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from packages.findings import Notes
from packages.model import Condition, Item, Objective, ObjectiveMap, Organisation, Sequencing

_ENDLESS = ("retry", "retryAll")
_WAYS = [name for name in ObjectiveMap.__slots__ if name != "target"]


def look(organisation: Organisation, notes: Notes) -> None:
    """Note what an organisation and its items contradict themselves in."""
    whole = Item(
        organisation.identifier, organisation.title, items=organisation.items, sequencing=organisation.sequencing
    )
    for item in whole.walk():
        for code in _of(item):
            notes.say(code, about=item.identifier)


def _of(item: Item) -> Iterator[str]:
    said = item.sequencing
    if item.items and not said.control.choice and not said.control.flow:
        yield "no-way-in"
    if said.randomization.select is not None and said.randomization.select > len(item.items) > 0:
        yield "selects-too-many"
    if any(rule.action in _ENDLESS and _always(rule.conditions) for rule in said.after):
        yield "never-ends"
    if not set(_referenced(said)) <= {_plain(one.identifier) for one in said.objectives}:
        yield "objective-missing"
    if any(
        _plain(one.target) == _plain(objective.identifier) for objective in said.objectives for one in objective.maps
    ):
        yield "maps-to-itself"
    if _collide(said.objectives):
        yield "maps-collide"


def _always(conditions: tuple[Condition, ...]) -> bool:
    return bool(conditions) and all(one.condition == "always" and not one.negated for one in conditions)


def _referenced(said: Sequencing) -> Iterator[str]:
    """Name the objectives that rules refer to, plainly."""
    rules = (*said.before, *said.during, *said.after)
    return (_plain(one.objective) for rule in rules for one in rule.conditions if one.objective)


def _collide(objectives: tuple[Objective, ...]) -> bool:
    """Tell whether an objective reads one thing from several global ones, or several write one thing to the same."""
    read = Counter(
        (n, way)
        for n, one in enumerate(objectives)
        for said in one.maps
        for way in _WAYS
        if way[:4] == "read" and getattr(said, way)
    )
    written = Counter(
        (_plain(said.target), way)
        for one in objectives
        for said in one.maps
        for way in _WAYS
        if way[:5] == "write" and getattr(said, way)
    )
    return any(times > 1 for times in (read | written).values())


def _plain(name: str) -> str:
    return " ".join(unquote(name).split())
