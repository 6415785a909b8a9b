"""What stands in the way of publishing a course, pure: each with its place (docs/courses.md)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from packages.courses.course import Course

NO_TITLE, NO_PART, NO_REQUIRED, TOO_LARGE = "no-title", "no-part", "no-required", "too-large"
NOT_THERE, ENDS_FIRST, LATE, AFTER_ITSELF = "not-there", "ends-first", "late", "after-itself"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that has to be put right: what it is, and in which part, counted from one."""

    what: str
    part: int = 0


def problems(course: Course, packages: Collection[UUID], own: UUID | None = None) -> list[Problem]:
    """List what stands in the way."""
    return [*_whole(course, own), *_parts(course, packages)]


def _whole(course: Course, own: UUID | None) -> Iterator[Problem]:
    if not any(course.titles.values()):
        yield Problem(NO_TITLE)
    if not course.parts:
        yield Problem(NO_PART)
    elif not course.required:
        yield Problem(NO_REQUIRED)
    if own in course.after:
        yield Problem(AFTER_ITSELF)


def _parts(course: Course, packages: Collection[UUID]) -> Iterator[Problem]:
    for number, part in enumerate(course.parts, 1):
        if any(package not in packages for package in part.packages):
            yield Problem(NOT_THERE, number)
        if part.opens and part.due and part.due < part.opens:
            yield Problem(ENDS_FIRST, number)
        if course.deadline and part.opens and part.opens > course.deadline:
            yield Problem(LATE, number)
