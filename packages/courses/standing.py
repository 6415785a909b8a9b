"""Where a learner stands in a course, pure: what is done, what is next and what is still closed, from what was done and the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from packages.courses.course import Course, Part, Section

State = Literal["new", "begun", "completed", "locked"]

Moments = Mapping[UUID, datetime]
"""When something was first so, by the package."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What somebody has done: the packages they have begun, and those they have completed, since when."""

    begun: Moments = field(default_factory=dict)
    completed: Moments = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartStanding:
    """A part, how far somebody has come in it, and in each of the packages that may stand for it."""

    part: Part
    state: State
    choices: tuple[tuple[UUID, State], ...]


@dataclass(frozen=True, slots=True)
class SectionStanding:
    """A section and its parts."""

    section: Section
    parts: tuple[PartStanding, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a course."""

    sections: tuple[SectionStanding, ...]
    done: int
    required: int
    completed: bool
    next: tuple[UUID, State] | None
    """The package to go on with: the one that was begun last, else the first that is open."""

    @property
    def parts(self) -> tuple[PartStanding, ...]:
        """All parts in order."""
        return tuple(part for section in self.sections for part in section.parts)

    @property
    def waits_for(self) -> date | None:
        """Tell on which day the next required part opens, if nothing is left to do before."""
        days = [one.part.opens for one in self.parts if one.state == "locked" and one.part.opens]
        return min(days, default=None)


def stand(course: Course, learnt: Learnt, today: date, *, closed: bool = False) -> Standing:
    """Tell where somebody stands; `closed` says that something else comes before the whole course."""
    sections = tuple(
        SectionStanding(section, tuple(_part(part, learnt, today, closed=closed) for part in section.parts))
        for section in course.sections
    )
    parts = [part for section in sections for part in section.parts]
    required = [part for part in parts if not part.part.optional]
    done = sum(part.state == "completed" for part in required)
    return Standing(sections, done, len(required), bool(required) and done == len(required), _next(parts, learnt))


def _part(part: Part, learnt: Learnt, today: date, *, closed: bool) -> PartStanding:
    locked = closed or (part.opens is not None and part.opens > today)
    choices = tuple((package, _package(package, learnt, locked=locked)) for package in part.packages)
    states = {state for _, state in choices}
    best: State = next((state for state in _ORDER if state in states), "new")
    return PartStanding(part, best, choices)


_ORDER: tuple[State, ...] = ("completed", "begun", "new", "locked")


def _package(package: UUID, learnt: Learnt, *, locked: bool) -> State:
    if package in learnt.completed:
        return "completed"
    if locked:
        return "locked"
    return "begun" if package in learnt.begun else "new"


def _next(parts: list[PartStanding], learnt: Learnt) -> tuple[UUID, State] | None:
    open_ones = [part for part in parts if part.state in {"new", "begun"}]
    begun = [package for part in open_ones for package, state in part.choices if state == "begun"]
    if begun:
        return max(begun, key=lambda package: learnt.begun[package]), "begun"
    required_first = sorted(open_ones, key=lambda part: part.part.optional)
    return (required_first[0].choices[0][0], "new") if required_first else None
