"""The units of a space: made, moved, renamed, dissolved, and joined by people; each deed noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _

from lrs.errors import NotFound
from lrs.people import audit, tree
from lrs.people.collation import text_key
from lrs.people.identity import NotUnderstood, line
from lrs.people.tree import Span, Tree, Unit
from storage import people, units
from storage.database import Tx
from storage.units import SpanRow, UnitRow


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit as it is shown: how deep it stands, how many people belong to it, and to it with all below."""

    unit: UnitRow
    depth: int
    members: int
    everybody: int


class Units:
    """The units of one space."""

    def __init__(self, tx: Tx, actor: UUID | None = None) -> None:
        self._tx = tx
        self._actor = actor

    @cached_property
    def _named(self) -> dict[UUID, UnitRow]:
        return {unit.id: unit for unit in units.listed(self._tx)}

    def _held(self) -> list[Span]:
        """Give where all units stand, and let nobody else change it meanwhile: what two see apart may not go together."""
        units.hold(self._tx)
        return self._spans

    @property
    def _spans(self) -> list[Span]:
        return [Span(row.unit_id, row.parent_id, row.since, row.until) for row in units.spans(self._tx)]

    def find(self, unit: UUID) -> UnitRow:
        """Find a unit, whether it still exists or not."""
        if unit not in self._named:
            raise NotFound
        return self._named[unit]

    def history(self, unit: UUID) -> list[tuple[Span, UnitRow | None]]:
        """Tell where a unit stood, the latest first, and what that was called."""
        own = sorted((span for span in self._spans if span.unit == unit), key=lambda span: span.since, reverse=True)
        return [(span, None if span.parent is None else self._named[span.parent]) for span in own]

    def tree(self, day: date) -> Tree:
        """Give the units of a day."""
        return Tree(self._spans, day)

    def branches(self, day: date, *, by_people: bool = False, falls: bool = False) -> list[Branch]:
        """List the units of a day from the top down, each under its own, in the order of their names, or of how many people they have."""
        those, counts = self.tree(day), units.counts(self._tx, day)
        found: list[Branch] = []

        def place(branch: Branch) -> tuple[object, ...]:
            return (branch.everybody if by_people else 0, text_key(branch.unit.name), branch.unit.id)

        def add(among: Iterable[UUID], depth: int) -> None:
            siblings = [
                Branch(
                    self._named[one],
                    depth,
                    counts.get(one, 0),
                    sum(counts.get(each, 0) for each in those.all_below(one)),
                )
                for one in among
            ]
            for branch in sorted(siblings, key=place, reverse=falls):
                found.append(branch)
                add(those.below(branch.unit.id), depth + 1)

        add(those.below(None), 0)
        return found

    def with_all_below(self, day: date) -> list[Unit]:
        """List the units of a day in the same order, each with itself and all below it."""
        those, shown = self.tree(day), self.branches(day)
        return [Unit(one.unit.id, one.unit.name, one.depth, frozenset(those.all_below(one.unit.id))) for one in shown]

    def make(self, name: str, parent: UUID | None, day: date, code: str = "") -> UnitRow:
        """Make a unit from a day on."""
        unit = UnitRow(uuid4(), _name(name), line("code", code))
        spans = tree.made(self._held(), unit.id, self._parent(parent), day)
        if any(
            self._named[each].name == unit.name for each in self.tree(day).below(parent)
        ):  # or the button was pressed twice
            raise NotUnderstood("name", _("There is a unit of this name here already."))
        units.add(self._tx, unit)
        self.__dict__.pop("_named", None)
        self._keep(unit.id, spans)
        audit.note(self._tx, self._actor, audit.UNIT_MADE, unit=str(unit.id), day=day)
        return unit

    def rename(self, unit: UUID, name: str, code: str) -> None:
        """Call a unit something else."""
        self.find(unit)
        units.rename(self._tx, UnitRow(unit, _name(name), line("code", code)))
        self.__dict__.pop("_named", None)
        audit.note(self._tx, self._actor, audit.UNIT_RENAMED, unit=str(unit))

    def move(self, unit: UUID, parent: UUID | None, day: date) -> None:
        """Let a unit come under another from a day on."""
        self.find(unit)
        self._keep(unit, tree.moved(self._held(), unit, self._parent(parent), day))
        audit.note(self._tx, self._actor, audit.UNIT_MOVED, unit=str(unit), day=day)

    def end(self, unit: UUID, day: date) -> int:
        """Dissolve a unit from a day on; count the members who belong to none then."""
        self.find(unit)
        self._keep(unit, tree.ended(self._held(), unit, day))
        left = units.leave_all(self._tx, unit, day)
        audit.note(self._tx, self._actor, audit.UNIT_ENDED, unit=str(unit), day=day, members=left)
        return left

    def join(self, account: UUID, unit: UUID | None, day: date) -> None:
        """Let somebody belong to a unit, or to none, from a day on."""
        if people.find_account(self._tx, account) is None:
            raise NotFound
        until = None
        if unit is not None:
            self.find(unit)
            until = tree.lasts_until(self._held(), unit, day)
        units.join(self._tx, account, unit, day, until)
        audit.note(self._tx, self._actor, audit.JOINED, account, unit=None if unit is None else str(unit), day=day)

    def of(self, account: UUID, day: date) -> UnitRow | None:
        """Tell where somebody belongs on a day."""
        unit = units.unit_of(self._tx, account, day)
        return None if unit is None else self._named[unit]

    def of_many(self, accounts: Iterable[UUID], day: date) -> dict[UUID, UnitRow]:
        """Tell where some people belong on a day."""
        return {who: self._named[unit] for who, unit in units.units_of(self._tx, accounts, day).items()}

    def _parent(self, parent: UUID | None) -> UUID | None:
        return None if parent is None else self.find(parent).id

    def _keep(self, unit: UUID, spans: list[Span]) -> None:
        own = [SpanRow(span.unit, span.parent, span.since, span.until) for span in spans if span.unit == unit]
        units.set_spans(self._tx, unit, own)


def _name(text: str) -> str:
    name = line("name", text)
    if not name:
        raise NotUnderstood("name", _("A unit has a name."))
    return name
