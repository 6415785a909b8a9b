"""Changing a course that is being prepared, pure: one small act at a time, each of them a button (docs/courses.md)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from packages.courses.course import Course, Part, Section, Words

_One = TypeVar("_One")

LONGEST_TITLE, LONGEST_SUMMARY, MOST_PARTS, MOST_SECTIONS = 200, 4000, 200, 40


class NotSo(ValueError):
    """An act that this course does not know: a place that is not there, a day that does not exist."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a form says."""

    values: Mapping[str, str]
    packages: tuple[UUID, ...] = ()
    courses: tuple[UUID, ...] = ()
    languages: Sequence[str] = ("vi", "en")

    def text(self, name: str, most: int) -> str:
        """Read a text, its lines trimmed."""
        return self.values.get(name, "").replace("\r\n", "\n").strip()[:most]

    def number(self, name: str) -> int:
        """Read a place, or a number of minutes."""
        text = self.values.get(name, "") or "0"
        if not (text.isascii() and text.isdigit() and len(text) < 6):  # noqa: PLR2004 - a number that anybody means
            raise NotSo(name)
        return int(text)

    def day(self, name: str) -> date | None:
        """Read a day; nothing is none."""
        text = self.values.get(name, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise NotSo(name) from None

    def words(self, name: str, most: int) -> Words:
        """Read the same in each language."""
        found = {language: self.text(f"{name}_{language}", most) for language in self.languages}
        return {language: words for language, words in found.items() if words}


def apply(course: Course, act: str, given: Given) -> Course:
    """Do one act."""
    if act not in ACTS:
        raise NotSo(act)
    return ACTS[act](course, given)


def _about(course: Course, given: Given) -> Course:
    return replace(
        course,
        titles=given.words("title", LONGEST_TITLE),
        summaries=given.words("summary", LONGEST_SUMMARY),
        minutes=given.number("minutes"),
        deadline=given.day("deadline"),
        after=given.courses,
    )


def _add_section(course: Course, given: Given) -> Course:
    if len(course.sections) >= MOST_SECTIONS:
        raise NotSo("section")
    return replace(course, sections=(*course.sections, Section(given.words("title", LONGEST_TITLE))))


def _name_section(course: Course, given: Given) -> Course:
    at = _section(course, given)
    return _with(course, at, replace(course.sections[at], titles=given.words("title", LONGEST_TITLE)))


def _move_section(by: int) -> Callable[[Course, Given], Course]:
    def move(course: Course, given: Given) -> Course:
        return replace(course, sections=_moved(course.sections, _section(course, given), by))

    return move


def _remove_section(course: Course, given: Given) -> Course:
    at = _section(course, given)
    left = course.sections[:at] + course.sections[at + 1 :]
    return replace(course, sections=left or (Section(),))


def _add_parts(course: Course, given: Given) -> Course:
    """Add each of these packages as a part of its own; one that is there already is not added again."""
    at, there = _section(course, given), {*course.packages}
    new = tuple(Part((package,)) for package in dict.fromkeys(given.packages) if package not in there)
    if len(course.parts) + len(new) > MOST_PARTS:
        raise NotSo("packages")
    section = course.sections[at]
    return _with(course, at, replace(section, parts=section.parts + new))


def _move_part(by: int) -> Callable[[Course, Given], Course]:
    def move(course: Course, given: Given) -> Course:
        """Move a part; beyond the end of its section it comes into the next one."""
        section, part = _place(course, given)
        parts = course.sections[section].parts
        if 0 <= part + by < len(parts):
            return _with(course, section, replace(course.sections[section], parts=_moved(parts, part, by)))
        other = section + by
        if not 0 <= other < len(course.sections):
            return course
        moved, there = parts[part], course.sections[other].parts
        left = replace(course.sections[section], parts=parts[:part] + parts[part + 1 :])
        joined = replace(course.sections[other], parts=(moved, *there) if by > 0 else (*there, moved))
        return _with(_with(course, section, left), other, joined)

    return move


def _remove_part(course: Course, given: Given) -> Course:
    section, part = _place(course, given)
    parts = course.sections[section].parts
    return _with(course, section, replace(course.sections[section], parts=parts[:part] + parts[part + 1 :]))


def _set_part(course: Course, given: Given) -> Course:
    """Say whether a part is optional, its days, and what else may stand for it."""
    section, part = _place(course, given)
    parts = course.sections[section].parts
    own = parts[part].packages[0]
    elsewhere = {one for each in course.parts if each is not parts[part] for one in each.packages}
    others = tuple(one for one in dict.fromkeys(given.packages) if one != own and one not in elsewhere)
    new = Part((own, *others), given.values.get("optional") == "yes", given.day("opens"), given.day("due"))
    return _with(course, section, replace(course.sections[section], parts=(*parts[:part], new, *parts[part + 1 :])))


def _section(course: Course, given: Given) -> int:
    at = given.number("section")
    if at >= len(course.sections):
        raise NotSo("section")
    return at


def _place(course: Course, given: Given) -> tuple[int, int]:
    section, part = _section(course, given), given.number("part")
    if part >= len(course.sections[section].parts):
        raise NotSo("part")
    return section, part


def _with(course: Course, at: int, section: Section) -> Course:
    return replace(course, sections=(*course.sections[:at], section, *course.sections[at + 1 :]))


def _moved(those: tuple[_One, ...], at: int, by: int) -> tuple[_One, ...]:
    to = at + by
    if not 0 <= to < len(those):
        return those
    moved = [*those]
    moved[at], moved[to] = moved[to], moved[at]
    return tuple(moved)


ACTS: dict[str, Callable[[Course, Given], Course]] = {
    "about": _about,
    "section.add": _add_section,
    "section.name": _name_section,
    "section.up": _move_section(-1),
    "section.down": _move_section(1),
    "section.remove": _remove_section,
    "part.add": _add_parts,
    "part.up": _move_part(-1),
    "part.down": _move_part(1),
    "part.remove": _remove_part,
    "part.set": _set_part,
}
"""What the buttons of the editor do."""
