"""Spans: where the members of an object and the elements of an array stand in a JSON text, so that nothing else of it need be touched.

The texts have been read as JSON already (`serialization.py`).
"""

import re
from json import JSONDecoder
from typing import NamedTuple

# Numbers stay texts: nothing is computed here, and Python's own bound on the digits of an integer is none of JSON's.
_DECODER = JSONDecoder(parse_int=str, parse_float=str)
_SPACE = re.compile(r"[ \t\r\n]*")


class Span(NamedTuple):
    """A place in a text."""

    start: int
    end: int


def members(text: str, start: int = 0) -> dict[str, Span]:
    """Tell where the value of each member of the object at `start` stands."""
    found: dict[str, Span] = {}
    at = _past_space(text, start + 1)
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        value = _past_space(text, _past_space(text, at) + 1)
        _, end = _DECODER.raw_decode(text, value)
        found[name] = Span(value, end)
        at = _past_comma(text, end)
    return found


def elements(text: str, start: int = 0) -> list[Span]:
    """Tell where each element of the array at `start` stands."""
    found: list[Span] = []
    at = _past_space(text, start + 1)
    while text[at] != "]":
        _, end = _DECODER.raw_decode(text, at)
        found.append(Span(at, end))
        at = _past_comma(text, end)
    return found


def spliced(text: str, changes: list[tuple[Span, str]]) -> str:
    """Put new texts into places that do not overlap, and leave every other character alone."""
    for span, new in sorted(changes, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _past_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()


def _past_comma(text: str, at: int) -> int:
    at = _past_space(text, at)
    return _past_space(text, at + 1) if text[at] == "," else at
