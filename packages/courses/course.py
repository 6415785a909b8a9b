"""A course, pure: packages in sections, in order, with what is optional, what may stand for what, and the days (docs/courses.md)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

Words = Mapping[str, str]
"""The same in several languages, by the language."""


def said(words: Words, language: str) -> str:
    """Say it in a language, or as it is known."""
    return words.get(language) or words.get("vi") or next((word for word in words.values() if word), "")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a course: one package, or several of which one is enough."""

    packages: tuple[UUID, ...]
    optional: bool = False
    opens: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Some parts under a heading, which may be left out."""

    titles: Words = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """What a version of a course says."""

    titles: Words = field(default_factory=dict)
    summaries: Words = field(default_factory=dict)
    minutes: int = 0
    """How long it takes, as its makers guess; 0 if they do not say."""
    deadline: date | None = None
    after: tuple[UUID, ...] = ()
    """The courses that have to be completed before."""
    sections: tuple[Section, ...] = (Section(),)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in order."""
        return tuple(part for section in self.sections for part in section.parts)

    @property
    def required(self) -> tuple[Part, ...]:
        """The parts that completing it needs."""
        return tuple(part for part in self.parts if not part.optional)

    @property
    def packages(self) -> tuple[UUID, ...]:
        """All packages, each once, in order."""
        return tuple(dict.fromkeys(package for part in self.parts for package in part.packages))


def write(course: Course) -> str:
    """Write a course as JSON."""
    value = {
        "titles": dict(course.titles),
        "summaries": dict(course.summaries),
        "minutes": course.minutes,
        "deadline": _day(course.deadline),
        "after": [str(one) for one in course.after],
        "sections": [{"titles": dict(one.titles), "parts": [*map(_part, one.parts)]} for one in course.sections],
    }
    return json.dumps(value, ensure_ascii=False)


def read(text: str) -> Course:
    """Read a course that was written."""
    value = json.loads(text)
    return Course(
        value["titles"],
        value["summaries"],
        value["minutes"],
        _date(value["deadline"]),
        tuple(map(UUID, value["after"])),
        tuple(Section(one["titles"], tuple(_parts(one["parts"]))) for one in value["sections"]),
    )


def _part(part: Part) -> dict[str, Any]:
    days = {"opens": _day(part.opens), "due": _day(part.due)}
    return {"packages": [str(one) for one in part.packages], "optional": part.optional} | days


def _parts(values: list[dict[str, Any]]) -> Iterator[Part]:
    for one in values:
        yield Part(tuple(map(UUID, one["packages"])), one["optional"], _date(one["opens"]), _date(one["due"]))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
