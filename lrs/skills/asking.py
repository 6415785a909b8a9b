"""What counts for a skill, as whoever looks after it says it on a form, and the rule that this makes. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import orjson

CONFIRMERS = ("mentor", "administrator")
"""Whose word counts where a skill asks for a confirmation."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asks:
    """What counts for a skill, and how many of its parts are needed."""

    lessons: tuple[str, ...] = ()
    """Lessons of the space, by activity: each is a part."""
    tag: str = ""
    tagged: int = 1
    """So many different lessons with the tag are one part."""
    courses: tuple[UUID, ...] = ()
    """Each is a part: what its own rule asks."""
    others: tuple[str, ...] = ()
    """Lessons of other systems, by activity: each is a part."""
    confirmed: bool = False
    """Whether somebody has to say so who has seen it: a part."""
    need: int = 0
    """How many parts are needed; none: all."""


def read(text: str) -> Asks:
    """Read what is kept."""
    said = orjson.loads(text)
    return Asks(
        tuple(said["lessons"]),
        said["tag"],
        said["tagged"],
        tuple(UUID(each) for each in said["courses"]),
        tuple(said["others"]),
        said["confirmed"],
        said["need"],
    )


def write(asks: Asks) -> str:
    """Write it as it is kept."""
    return orjson.dumps(asdict(asks)).decode()


def parts(asks: Asks, courses: Mapping[UUID, Body], own: str) -> Iterator[tuple[str, Body]]:
    """List the parts, each with the field that it is from: `courses` says what each asks, `own` is the address of the skill."""
    yield from (("lessons", {"did": {"activity": each}}) for each in asks.lessons)
    if asks.tag:
        yield "tag", {"count": {"tag": asks.tag, "atLeast": asks.tagged, "distinct": "activity"}}
    yield from (("courses", courses[each]) for each in asks.courses if each in courses)
    yield from (("others", {"did": {"activity": each}}) for each in asks.others)
    if asks.confirmed:
        yield "confirmed", {"confirmed": {"activity": own, "by": [*CONFIRMERS]}}


def rule_of(asks: Asks, courses: Mapping[UUID, Body], own: str) -> Body | None:
    """Write the rule of a skill; None where nothing counts."""
    found = [body for _field, body in parts(asks, courses, own)]
    if not found:
        return None
    if asks.need and asks.need != len(found):
        return {"atLeast": {"n": asks.need, "of": found}}
    return found[0] if len(found) == 1 else {"all": found}


def rule_of_all(bodies: list[Body]) -> Body:
    """Write the rule of the set: all that its skills ask."""
    return bodies[0] if len(bodies) == 1 else {"all": bodies}


def said_at(body: Any, place: str) -> Any:
    """Give what stands at a place of a rule, a JSON pointer that is known to lead somewhere."""
    for step in place.split("/")[1:]:
        body = body[int(step)] if isinstance(body, list) else body[step]
    return body


def field_of(place: str, asks: Asks, courses: Mapping[UUID, Body], own: str) -> str:
    """Name the field that a place in the rule is about."""
    found = [*parts(asks, courses, own)]
    steps = place.split("/")[1:]
    if steps[:2] == ["atLeast", "n"]:
        return "need"
    number = next((int(step) for step in steps[1:3] if step.isdecimal()), 0) if steps[:1] != ["did"] else 0
    return found[number][0] if number < len(found) else "need"
