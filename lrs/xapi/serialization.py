"""Serialization: JSON, read strictly and within bounds (About 3.0, Data 2.2; 2.0: 4.2.1).

orjson refuses invalid UTF-8, NaN, Infinity and lone surrogates by itself. What it does not refuse is refused here: a
repeated key, too deep a nesting, and more values than a request can sensibly hold, before memory is spent on them.
"""

import json
from collections.abc import Iterator
from typing import Any

import orjson

from lrs.xapi.errors import Invalid, TooLarge, short, shown

BYTES = 16 * 1024 * 1024
"""The longest JSON text that is read."""

CONTAINERS = 250_000
"""Objects and arrays in one text: what costs most memory when it is read. Ten thousand long statements fit."""

VALUES = 1_000_000
"""Commas in one text, which bounds everything else there can be."""

DEPTH = 100
"""Objects and arrays within each other."""

_SECTION = "1.0.3 Data 2.2; 2.0 4.2.1"
_AS_BRACES = bytes.maketrans(b"[]", b"{}")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NESTING = "the number of objects and arrays within each other"


class _RepeatedKeyError(ValueError):
    pass


def read(raw: bytes) -> Any:
    """Read a JSON text, refusing what is not strictly one."""
    if len(raw) > BYTES:
        raise TooLarge("a JSON text's length in bytes", BYTES)
    # These counts are upper bounds, taken in a few milliseconds however much was sent.
    openers = raw.count(b"{") + raw.count(b"[")
    if openers > CONTAINERS:
        raise TooLarge("the number of objects and arrays in a JSON text", CONTAINERS)
    if len(raw) > VALUES and raw.count(b",") > VALUES:
        raise TooLarge("the number of values in a JSON text", VALUES)
    try:
        value = orjson.loads(raw)
    # Everything that is sent is well-formed JSON in UTF-8 (About 3.0, Communication 1.4).
    except orjson.JSONDecodeError as error:
        if "depth" in str(error):
            raise TooLarge(_NESTING, DEPTH) from None
        raise Invalid("$", short(str(error)), "well-formed JSON in UTF-8", _SECTION) from None
    if openers > DEPTH and not _is_shallow(raw):
        _check_depth(value)
    _check_keys(raw, value)
    return value


def levels(value: Any) -> Iterator[list[Any]]:
    """List the objects and arrays of a value level by level: the value itself, those in it, those in them."""
    level = [value] if isinstance(value, (dict, list)) else []
    while level:
        yield level
        inner = (each for outer in level for each in (outer.values() if isinstance(outer, dict) else outer))
        level = [each for each in inner if isinstance(each, (dict, list))]


def _is_shallow(raw: bytes) -> bool:
    """Tell, quickly, that nothing nests too deep: peel off the innermost pairs as often as that is allowed. A no can be wrong."""
    brackets = raw.translate(_AS_BRACES, _NO_BRACKETS)
    for _ in range(DEPTH):
        if not brackets:
            return True
        peeled = brackets.replace(b"{}", b"")
        if len(peeled) == len(brackets):
            return False  # a bracket within a string
        brackets = peeled
    return not brackets


def _check_depth(value: Any) -> None:
    for depth, _ in enumerate(levels(value), start=1):
        if depth > DEPTH:
            raise TooLarge(_NESTING, DEPTH)


def _check_keys(raw: bytes, value: Any) -> None:
    # A Statement uses each property no more than once (Data 2.2); what to make of a repeated key is undefined, so it is refused.
    if _keys_are_single(raw, value):
        return
    try:
        # Numbers stay texts: Python's own bound on the digits of an integer is none of JSON's.
        json.loads(raw, object_pairs_hook=_single, parse_int=str, parse_float=str)
    except _RepeatedKeyError as error:
        raise Invalid(
            "$", f"the key {shown(error.args[0])} twice in one object", "each property once", _SECTION
        ) from None


def _keys_are_single(raw: bytes, value: Any) -> bool:
    """Tell, quickly, that no key is repeated; a no means that it has to be searched for.

    Each key brings one colon, and the colons within strings are the same in the text that came and in that text written
    again, unless one was escaped. So if a member was lost on the way, a colon was lost with it.
    """
    if b"\\" in raw and b"\\u003" in raw:
        return False
    again = orjson.dumps(value)
    return again == raw or raw.count(b":") == again.count(b":")


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise _RepeatedKeyError(name)
        members[name] = value
    return members
