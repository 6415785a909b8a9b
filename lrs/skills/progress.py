"""Who has which skill, as a table: a line for each unit with all below it, and the line of all in which everybody is once. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from lrs.people.tree import Unit
from storage.tallies import Having


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with all below it: how many people, and how many of them have what each rule gives."""

    unit_id: UUID | None
    name: str
    depth: int
    people: int
    have: Mapping[UUID, int]


def lines(
    counted: Iterable[Having], people: Mapping[UUID | None, int], units: Iterable[Unit], *, everybody: bool
) -> tuple[list[Line], Line, Line]:
    """Make the lines of the units, that of those in none of them, and that of all; not everybody: of these units alone."""
    shown = [*units]
    known = {one.id for one in shown}
    own: dict[UUID | None, dict[UUID, int]] = {}
    for one in counted:
        if one.unit_id in known or everybody:
            _add(own.setdefault(one.unit_id if one.unit_id in known else None, {}), {one.rule_id: one.people})
    here: dict[UUID | None, int] = {}
    for unit, count in people.items():
        if unit in known or everybody:
            at = unit if unit in known else None
            here[at] = here.get(at, 0) + count
    found = [replace(_sum(unit.inside, own, here), unit_id=unit.id, name=unit.name, depth=unit.depth) for unit in shown]
    return found, _sum([None], own, here), _sum(own.keys() | here.keys(), own, here)


def _sum(
    inside: Iterable[UUID | None], own: Mapping[UUID | None, Mapping[UUID, int]], people: Mapping[UUID | None, int]
) -> Line:
    have: dict[UUID, int] = {}
    count = 0
    for each in inside:
        _add(have, own.get(each, {}))
        count += people.get(each, 0)
    return Line(None, "", 0, count, have)


def _add(to: dict[UUID, int], more: Mapping[UUID, int]) -> None:
    for rule_id, count in more.items():
        to[rule_id] = to.get(rule_id, 0) + count
