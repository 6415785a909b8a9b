"""What the core can refuse, each thing under one name (Communication 3.2; 2.0: 4.1.5): the HTTP layer knows the status of each."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

LONGEST = 80
"""No message repeats more than this of what was sent."""

NOTHING = "nothing"


class Refused(Exception):
    """Something the specification has the record refuse."""


class Invalid(Refused):
    """400: a property or parameter that is not as the specification asks."""

    def __init__(self, path: str, found: str, asks: str, section: str) -> None:
        super().__init__(f"{path}: found {found}; the specification asks for {asks} ({section})")
        self.path = path
        self.found = found
        self.asks = asks
        self.section = section

    def under(self, prefix: str) -> "Invalid":
        """Say the same of a place that lies deeper: `$.actor` under `$[3]` is `$[3].actor`."""
        return Invalid(prefix + self.path.removeprefix("$"), self.found, self.asks, self.section)


class TooLarge(Refused):
    """413: more than this record takes at once."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"{what} is over the limit of {limit}")
        self.what = what
        self.limit = limit


class Conflict(Refused):
    """409: it is there already, and says something else."""


class Otherwise(Conflict):
    """409: the record has another statement under this id; what differs is for those alone who may read that one."""

    def __init__(self, statement_id: UUID, difference: str, credential_id: UUID | None = None) -> None:
        super().__init__(f"statement {statement_id} is in the record already, and says something else")
        self.difference = difference
        self.credential_id = credential_id


class PreconditionFailed(Refused):
    """412: the document is not what the request's If-Match or If-None-Match takes it for."""


def place(path: Iterable[str | int]) -> str:
    """Write a path as JSON Path does: `$.actor.mbox`, `$.attachments[0]`, `$.result.extensions["http://…"]`."""
    return "$" + "".join(_step(step) for step in path)


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if step.isidentifier() else f"[{shown(step)}]"


def shown(value: Any) -> str:
    """Write a value as JSON, shortened to what a message can carry."""
    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        text = str(value)
    return short(text)


def short(text: str) -> str:
    """Cut a text to what a message can carry."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
