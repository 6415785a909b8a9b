"""A commit, pure: what a lesson sends. Nothing of it is trusted."""

import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

_MOST = 2**31
_LONGEST_ID = 4_000
_LONGEST_WAIT = 400 * 24 * 3600 * 1000
"""Milliseconds: a device that brings what is older has a clock that was set since."""


class NoCommit(Exception):
    """It cannot be read as a commit; the message names the field."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What was said since, of one visit to one item, numbered in its session."""

    attempt: UUID
    session: int
    n: int
    item: str
    visit: int
    values: dict[str, Any]
    finished: bool = False
    age: int = 0
    """How many milliseconds ago it was said."""

    def payload(self) -> str:
        """Write it as it came, but for its token and its way: the same again is the same text."""
        said = asdict(self) | {"attempt": str(self.attempt)}
        del said["age"]
        return json.dumps(said, ensure_ascii=True, sort_keys=True)


def read(body: dict[str, Any]) -> Commit:
    """Read a commit."""
    try:
        attempt = UUID(body.get("attempt", ""))
    except (ValueError, AttributeError, TypeError):
        raise NoCommit("attempt") from None
    item, values = body.get("item"), body.get("values", {})
    if not isinstance(item, str) or len(item) > _LONGEST_ID:
        raise NoCommit("item")
    if not isinstance(values, dict):
        raise NoCommit("values")
    if type(body.get("finished", False)) is not bool:
        raise NoCommit("finished")
    numbers = {name: _number(body, name, least) for name, least in (("session", 1), ("n", 1), ("visit", 1))}
    age = min(_number(body | {"age": body.get("age", 0)}, "age", 0, most=2**53), _LONGEST_WAIT)
    return Commit(attempt=attempt, item=item, values=values, finished=body.get("finished", False), age=age, **numbers)


def _number(body: dict[str, Any], name: str, least: int, most: int = _MOST) -> int:
    value = body.get(name)
    if type(value) is not int or not least <= value < most:
        raise NoCommit(name)
    return value
