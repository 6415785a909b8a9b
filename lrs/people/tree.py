"""Units as a dated tree: which unit stands under which on a day (docs/people.md). Pure: spans in, a tree or a refusal out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.errors import Trouble

FAR = date.max


class NoSuchTree(Trouble):
    """What somebody wants of the units cannot be on some day."""

    status = 422
    title = _("The units cannot stand so")


@dataclass(frozen=True, slots=True)
class Span:
    """A unit stands under another, or at the top, from a day until a day on which it no longer does."""

    unit: UUID
    parent: UUID | None
    since: date
    until: date | None = None

    @property
    def end(self) -> date:
        """The first day on which it is no longer so; far away if nobody has said one."""
        return self.until or FAR

    def holds_on(self, day: date) -> bool:
        """Tell whether it is so on a day."""
        return self.since <= day < self.end


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in the order of a table, how deep it stands, and which units count for it: itself and all below."""

    id: UUID
    name: str
    depth: int
    inside: frozenset[UUID]


class Tree:
    """The units of one day."""

    def __init__(self, spans: Iterable[Span], day: date) -> None:
        self.day = day
        self.parents: dict[UUID, UUID | None] = {span.unit: span.parent for span in spans if span.holds_on(day)}
        self._below: dict[UUID | None, list[UUID]] = {}
        for unit, parent in self.parents.items():
            self._below.setdefault(parent, []).append(unit)

    def __contains__(self, unit: UUID) -> bool:
        """Tell whether a unit exists on this day."""
        return unit in self.parents

    def below(self, unit: UUID | None) -> list[UUID]:
        """List the units that stand directly under one, or at the top."""
        return self._below.get(unit, [])

    def all_below(self, unit: UUID) -> set[UUID]:
        """List a unit and all that stand under it, however deep."""
        found, left = set[UUID](), [unit] if unit in self else []
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                left += self.below(one)
        return found

    def above(self, unit: UUID) -> Iterator[UUID]:
        """Walk up from a unit, which itself is not named, as far as it goes without coming round."""
        seen, parent = {unit}, self.parents.get(unit)
        while parent is not None and parent not in seen:
            yield parent
            seen.add(parent)
            parent = self.parents.get(parent)


def check(spans: Sequence[Span]) -> None:
    """Refuse spans that cannot all be: NoSuchTree says what goes wrong, and on which day."""
    for span in spans:
        if span.end <= span.since:
            raise NoSuchTree(_("It would end on %(day)s, before it has begun.", day=_shown(span.end)))
    for one, other in _neighbours(spans):
        if other.since < one.end:
            raise NoSuchTree(_("On %(day)s a unit would stand in two places.", day=_shown(other.since)))
    # Between two days on which something changes nothing does: to look at those days is to look at all.
    for day in sorted({span.since for span in spans} | {span.until for span in spans if span.until is not None}):
        _check_day(Tree(spans, day))


def _check_day(tree: Tree) -> None:
    for unit, parent in tree.parents.items():
        if parent is not None and parent not in tree:
            raise NoSuchTree(
                _("On %(day)s a unit would stand under one that does not exist then.", day=_shown(tree.day))
            )
        if unit in _round(tree, unit):
            raise NoSuchTree(_("On %(day)s a unit would stand under itself.", day=_shown(tree.day)))


def _round(tree: Tree, unit: UUID) -> set[UUID]:
    """List what stands above a unit, and the unit itself if one comes round to it."""
    above = [*tree.above(unit)]
    top = above[-1] if above else unit
    last = tree.parents.get(top)
    return {*above} | ({last} if last is not None else set())


def _neighbours(spans: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Give each two spans of one unit that follow one another."""
    ordered = sorted(spans, key=lambda span: (span.unit.int, span.since))
    for one, other in pairwise(ordered):
        if one.unit == other.unit:
            yield one, other


def _shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def moved(spans: Sequence[Span], unit: UUID, parent: UUID | None, day: date) -> list[Span]:
    """Let a unit come under another from a day on."""
    now = _current(spans, unit, day)
    rest = [span for span in spans if span != now]
    before = [Span(unit, now.parent, now.since, day)] if now.since < day else []
    return _checked([*rest, *before, Span(unit, parent, day, now.until)])


def ended(spans: Sequence[Span], unit: UUID, day: date) -> list[Span]:
    """Dissolve a unit from a day on, whatever was planned for it after that; on its first day it is as if it had never been."""
    now = _current(spans, unit, day)
    rest = [span for span in spans if span != now and (span.unit != unit or span.since < day)]
    return _checked([*rest, *([Span(unit, now.parent, now.since, day)] if now.since < day else [])])


def lasts_until(spans: Sequence[Span], unit: UUID, day: date) -> date | None:
    """Tell until when a unit that exists on a day goes on without a break; None if nobody has said an end."""
    end = _current(spans, unit, day).until
    while end is not None and (following := next((s for s in spans if s.unit == unit and s.since == end), None)):
        end = following.until
    return end


def made(spans: Sequence[Span], unit: UUID, parent: UUID | None, day: date) -> list[Span]:
    """Let a unit begin on a day."""
    return _checked([*spans, Span(unit, parent, day)])


def _current(spans: Sequence[Span], unit: UUID, day: date) -> Span:
    found = next((span for span in spans if span.unit == unit and span.holds_on(day)), None)
    if found is None:
        raise NoSuchTree(_("This unit does not exist on %(day)s.", day=_shown(day)))
    return found


def _checked(spans: list[Span]) -> list[Span]:
    check(spans)
    return spans
