"""The progress of a course as a table: a line for each unit with all below it, pure; sums that add up (docs/courses.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from lrs.people.tree import Unit
from storage.tallies import Tally


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are enrolled, have begun, have completed."""

    enrolled: int = 0
    begun: int = 0
    completed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Add them up."""
        sums = self.enrolled + other.enrolled, self.begun + other.begun, self.completed + other.completed
        return Counts(*sums)

    @property
    def share(self) -> float | None:
        """Tell which part of the enrolled has completed; nothing, if nobody is enrolled."""
        return self.completed / self.enrolled if self.enrolled else None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with all below it: as a whole, and in each batch."""

    unit_id: UUID | None
    name: str
    depth: int
    all: Counts
    batches: Mapping[UUID | None, Counts]


def lines(tallies: Iterable[Tally], units: Iterable[Unit]) -> tuple[list[Line], Line, Line]:
    """Make the lines of the units, that of those in none of them, and that of all: each person once in the last."""
    own: dict[UUID | None, dict[UUID | None, Counts]] = {}
    shown = [*units]
    known = {one.id for one in shown}
    for one in tallies:
        unit = one.unit_id if one.unit_id in known else None
        here = own.setdefault(unit, {})
        here[one.batch_id] = here.get(one.batch_id, Counts()) + Counts(one.enrolled, one.begun, one.completed)
    found = [_line(unit.id, unit.name, unit.depth, [own.get(each, {}) for each in unit.inside]) for unit in shown]
    return found, _line(None, "", 0, [own.get(None, {})]), _line(None, "", 0, own.values())


def _line(unit_id: UUID | None, name: str, depth: int, parts: Iterable[Mapping[UUID | None, Counts]]) -> Line:
    batches: dict[UUID | None, Counts] = {}
    for part in parts:
        for batch, counts in part.items():
            batches[batch] = batches.get(batch, Counts()) + counts
    return Line(unit_id, name, depth, sum(batches.values(), Counts()), batches)


@dataclass(frozen=True, slots=True)
class Column:
    """A batch, or those in none of them: a column of its own."""

    batch_id: UUID | None
    name: str

    def counts(self, line: Line) -> Counts:
        """Give what a line has in this column."""
        return line.batches.get(self.batch_id, Counts())


def columns(batches: Mapping[UUID, str], together: Line, rest: str) -> tuple[Column, ...]:
    """Give the batches side by side, and those in none of them last if there are any; a single column says nothing new."""
    found = [Column(batch_id, name) for batch_id, name in batches.items()]
    if together.batches.get(None):
        found.append(Column(None, rest))
    return tuple(found) if len(found) > 1 else ()


def in_batch(line: Line, batch_id: UUID) -> Line:
    """Give the same line, of one batch alone."""
    counts = line.batches.get(batch_id, Counts())
    return replace(line, all=counts, batches={batch_id: counts})
