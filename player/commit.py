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


_REQUESTS = {
    *("", "continue", "previous", "choice", "jump", "exit", "exitAll", "suspendAll", "abandon", "abandonAll"),
}
"""What a learner may ask for; nothing: what the lesson has asked for itself."""


@dataclass(frozen=True, slots=True)
class Navigation:
    """What comes next, asked with the last words of a visit (docs/player.md, What comes next)."""

    after: int
    """The number of the answer that the learner had before them: a request that comes twice is followed once."""
    request: str
    target: str = ""


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
    navigate: Navigation | None = None

    def payload(self) -> str:
        """Write it as it came, but for its token and its way: the same again is the same text."""
        said = asdict(self) | {"attempt": str(self.attempt)}
        del said["age"]
        if self.navigate is None:
            del said["navigate"]
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
    navigate = _navigation(body.get("navigate"))
    if not item and (values or navigate is None):
        raise NoCommit("item")
    finished = body.get("finished", False)
    return Commit(attempt=attempt, item=item, values=values, finished=finished, age=age, navigate=navigate, **numbers)


def _navigation(value: Any) -> Navigation | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise NoCommit("navigate")
    request, target = value.get("request"), value.get("target", "")
    if not isinstance(request, str) or request not in _REQUESTS:
        raise NoCommit("navigate")
    if not isinstance(target, str) or len(target) > _LONGEST_ID or not _is_text(target):
        raise NoCommit("navigate")
    return Navigation(_number(value, "after", 0), request, target)


def _is_text(value: str) -> bool:
    """Tell whether every database takes it for a text."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _number(body: dict[str, Any], name: str, least: int, most: int = _MOST) -> int:
    value = body.get(name)
    if type(value) is not int or not least <= value < most:
        raise NoCommit(name)
    return value
