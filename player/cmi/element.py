"""Names of elements: the one the table has them under, and the lists they lie in; browser/element.js is the twin."""

import re
from typing import NamedTuple

NO_INDEX = 2**53
"""Beyond every list."""

_INDEX = re.compile(r"\.([0-9]+)(?=\.|\Z)")
_TARGET = "{target="
_LONGEST = 4300
"""No element has a longer name: the identifier of an activity, and what stands before it."""
_NO_NAME = re.compile(r"\.n(\.|\Z)|[{}]")


class Entry(NamedTuple):
    """A place in a list."""

    collection: str
    number: int


def general(element: str) -> str:
    """Give the name under which the table has an element: `n` for each index; a lesson that says `n` itself means nothing."""
    if len(element) > _LONGEST:
        return ""
    plain = _without_target(element)
    return "" if _NO_NAME.search(plain) else _INDEX.sub(".n", plain)


def entries(element: str) -> list[Entry]:
    """Tell in which lists an element lies, from the outermost; an index with a zero in front is none that can be reached."""
    plain = _without_target(element)
    return [Entry(plain[: found.start()], _index(found[1])) for found in _INDEX.finditer(plain)]


def _without_target(element: str) -> str:
    """Let an activity's identifier stand for itself: it may have dots and figures in it."""
    at = element.find(_TARGET)
    return f"{element[:at]}target" if at >= 0 and element.find("}", at) == len(element) - 1 else element


def _index(digits: str) -> int:
    if len(digits) > 1 and digits.startswith("0"):
        return NO_INDEX
    return int(digits) if len(digits) < len(str(NO_INDEX)) else NO_INDEX
