"""Reading a rule: a text in, a value out, or everything that is wrong with the text, each with its place.

The schema (`schemas/rules/rule.json`) says what a rule may say; a table here says it to people.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import jsonschema
import orjson
from jsonschema import FormatChecker

import schemas
from lrs.outcomes.rules import language
from lrs.outcomes.rules.language import (
    ALL,
    ANY,
    AT_LEAST,
    BEST,
    Confirmed,
    Count,
    Did,
    Duration,
    Group,
    Leaf,
    Rule,
    Score,
    Selection,
    Window,
)
from lrs.outcomes.rules.problems import Problem, WrongRule
from lrs.xapi import identifiers

SCHEMA = schemas.load("rules/rule")

_DEEPEST = 40
"""Objects and lists within one another: more than any rule that `check.py` lets pass, and few enough to be walked through."""

_MOST = 20_000
"""Values in one rule."""

Found = Iterator[Problem]
Error = Any
"""A ValidationError; its types say of each of its fields that it may not be set yet."""


def parse(text: str | bytes) -> Rule:
    """Read a rule from a JSON text; WrongRule lists all that is wrong."""
    return _node(value(text))


def read(value: Any) -> Rule:
    """Read a rule from a JSON value; WrongRule lists all that is wrong."""
    return _node(_in_order(value))


def value(text: str | bytes) -> Any:
    """Give the JSON value of a text that is a rule; WrongRule lists all that is wrong."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise WrongRule([Problem("", "not-json")]) from None
    return _in_order(found)


def _in_order(value: Any) -> Any:
    # What is too deep or too large is not shown to the schema, which would go as deep.
    found = _unwieldy(value) or _unlike_the_schema(value)
    if found:
        raise WrongRule(found)
    return value


def pointer(path: Iterator[str | int]) -> str:
    """Write a path as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def _unwieldy(value: Any) -> list[Problem]:
    left: list[tuple[str, Any, int]] = [("", value, 0)]
    count = 0
    while left:
        place, one, depth = left.pop()
        count += 1
        if depth > _DEEPEST:
            return [Problem(place, "too-deep", {"most": language.DEEPEST})]
        if count > _MOST:
            return [Problem("", "too-much", {"most": _MOST})]
        if isinstance(one, float) and not math.isfinite(one):
            return [Problem(place, "wrong-kind")]
        inside = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        left += [(place + pointer(iter([step])), each, depth + 1) for step, each in inside]
    return []


_VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=FormatChecker(["date", "uuid"]))


def _unlike_the_schema(value: Any) -> list[Problem]:
    errors = sorted(_VALIDATOR.iter_errors(value), key=lambda error: [str(step) for step in error.absolute_path])
    found = [problem for error in errors for problem in _SAID[_keyword(error)](error)]
    return list({(each.place, each.code, str(each.values)): each for each in found}.values())


def _keyword(error: Error) -> str:
    """Name the keyword of the schema that a value does not keep."""
    return str(error.validator)


def _place(error: Error) -> str:
    return pointer(iter(error.absolute_path))


def _plain(code: str, name: str = "") -> Callable[[Error], Found]:
    """Say a problem that has a place, and perhaps the bound that the schema names."""
    return lambda error: iter([Problem(_place(error), code, {name: error.validator_value} if name else {})])


def _missing(error: Error) -> Found:
    for name in error.validator_value:
        if name not in error.instance:
            yield Problem(_place(error), "missing", {"name": name})


def _unknown(error: Error) -> Found:
    # A selection in which something else is wrong counts as not looked at: its words are known all the same.
    known = {*error.schema.get("properties", ())}
    if _keyword(error) == "unevaluatedProperties":
        known |= {*SCHEMA["$defs"]["selection"]["properties"]}
    for name in error.instance:
        if name not in known:
            yield Problem(_place(error) + pointer(iter([name])), "unknown-word", {"name": name})


def _choices(error: Error) -> Found:
    yield Problem(_place(error), "one-of", {"choices": ", ".join(error.validator_value)})


def _format(error: Error) -> Found:
    yield Problem(_place(error), {"date": "no-date", "uuid": "no-id"}[error.validator_value])


_SAID: Mapping[str, Callable[[Error], Found]] = {
    "type": _plain("wrong-kind"),
    "required": _missing,
    "additionalProperties": _unknown,
    "unevaluatedProperties": _unknown,
    "minProperties": _plain("empty"),
    "minItems": _plain("empty"),
    "minLength": _plain("empty"),
    "maxProperties": _plain("one-word"),
    "maxItems": _plain("too-much", "most"),
    "maxLength": _plain("too-much", "most"),
    "uniqueItems": _plain("again"),
    "enum": _choices,
    "minimum": _plain("too-small", "least"),
    "exclusiveMinimum": _plain("not-positive", "least"),
    "maximum": _plain("too-large", "most"),
    "format": _format,
    "pattern": _plain("no-iri"),
    "anyOf": _plain("which-activity"),
    "not": _plain("beside"),
}
"""What is said of each keyword of the schema."""


def _node(value: dict[str, Any]) -> Rule:
    ((word, said),) = value.items()
    return _NODES[word](said)


def _all(said: list[Any]) -> Group:
    return Group(ALL, len(said), tuple(map(_node, said)))


def _any(said: list[Any]) -> Group:
    return Group(ANY, 1, tuple(map(_node, said)))


def _at_least(said: dict[str, Any]) -> Group:
    return Group(AT_LEAST, int(said["n"]), tuple(map(_node, said["of"])))


def _score(said: dict[str, Any]) -> Leaf:
    return Score(_selection(said, Score), said["atLeast"], said.get("which", BEST))


def _duration(said: dict[str, Any]) -> Leaf:
    return Duration(_selection(said, Duration), int(said["minutes"]))


def _count(said: dict[str, Any]) -> Leaf:
    return Count(_selection(said, Count), int(said["atLeast"]), said["distinct"])


def _confirmed(said: dict[str, Any]) -> Leaf:
    return Confirmed(_selection(said, Confirmed), tuple(said["by"]), int(said.get("atLeast", 1)))


_NODES: Mapping[str, Callable[[Any], Rule]] = {
    ALL: _all,
    ANY: _any,
    AT_LEAST: _at_least,
    "did": lambda said: Did(_selection(said, Did)),
    "score": _score,
    "duration": _duration,
    "count": _count,
    "confirmed": _confirmed,
}


def _selection(said: dict[str, Any], kind: type) -> Selection:
    activities = [said["activity"]] if "activity" in said else said.get("activities")
    return Selection(
        verbs=frozenset(map(identifiers.key, said.get("verbs", language.DEFAULT_VERBS[kind]))),
        activities=None if activities is None else tuple(map(identifiers.key, activities)),
        tag=said.get("tag"),
        provenance=frozenset(said.get("provenance", ())),
        credentials=frozenset(UUID(each) for each in said.get("credential", ())),
        window=_window(said.get("window", {})),
        listed="activities" in said,
    )


def _window(said: dict[str, Any]) -> Window:
    return Window(_day(said.get("from")), _day(said.get("through")), int(said.get("grace", 0)))


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
