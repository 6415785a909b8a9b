"""Validation: what the schema says about a value (Data 2.2; 2.0: 4.2.1). Quick to answer, and only after a no long to explain."""

from functools import cache
from itertools import islice
from typing import Any

import jsonschema
import jsonschema_rs
from jsonschema.exceptions import ValidationError, best_match, relevance

import schemas
from lrs.xapi.errors import NOTHING, Invalid, place, shown
from lrs.xapi.values import FORMATS, PATTERNS, USUAL

_LOOKED_AT = 50
"""So many errors are weighed for the best explanation; a hostile statement has thousands."""

_WHOLE = {"description": "what the specification describes", "section": "1.0.3 Data 2.2; 2.0 4.2.1"}


def check(value: Any, definition: str) -> None:
    """Refuse a value that is not what a definition of the schema says, such as `statement-1.0` or `agent`."""
    if not _quick(definition).is_valid(value):
        raise explain(value, definition)


def explain(value: Any, definition: str) -> Invalid:
    """Say what is wrong with a value, where, and what is asked instead."""
    schema = _schema(definition)
    error = best_match(islice(_long(definition).iter_errors(value), _LOOKED_AT), key=_weight)
    if error is None:
        return Invalid("$", shown(value), _WHOLE["description"], _WHOLE["section"])
    asks, section = _asked(schema, list(error.absolute_schema_path))
    path = list(error.absolute_path)
    found = shown(error.instance)
    missing = _missing(error)
    surplus = _surplus(error)
    if missing is not None:
        path.append(missing)
        found = NOTHING
    elif surplus is not None:
        path.append(surplus)
        asks = f"no property of this name in {asks}"
        found = shown(error.instance[surplus])
    return Invalid(place(path), found, asks, section)


@cache
def _schema(definition: str) -> dict[str, Any]:
    whole = schemas.load("xapi/statement")
    return {"$ref": f"#/$defs/{definition}", "$defs": whole["$defs"]}


@cache
def _quick(definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        _with_patterns(_schema(definition)),
        formats=FORMATS,
        validate_formats=True,
        ignore_unknown_formats=False,
        # This engine takes linear time whatever it is given.
        pattern_options=jsonschema_rs.RegexOptions(),
    )


@cache
def _long(definition: str) -> jsonschema.Draft202012Validator:
    checker = jsonschema.FormatChecker(formats=())
    for name, is_right in FORMATS.items():
        # A format says nothing about what is no string; `type` does.
        checker.checks(name)(lambda value, is_right=is_right: not isinstance(value, str) or is_right(value))
    return jsonschema.Draft202012Validator(_schema(definition), format_checker=checker)


def _with_patterns(schema: Any) -> Any:
    """Write the formats into a schema as patterns: the quick validator need not call back into Python, which costs seven times as much."""
    if isinstance(schema, list):
        return [_with_patterns(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    name = schema.get("format")
    if not isinstance(name, str):
        return {key: _with_patterns(value) for key, value in schema.items()}
    rest = {key: value for key, value in schema.items() if key != "format"}
    if name in PATTERNS:
        return rest | {"pattern": f"^(?:{PATTERNS[name]})$"}
    return rest | {"anyOf": [{"pattern": f"^(?:{USUAL[name]})$"}, {"format": name}]}


def _weight(error: ValidationError) -> Any:
    """Weigh an error: the nearer to the root and the earlier the better, but a wrong objectType explains what is wrong beside it."""
    weight: Any = relevance(error)
    depth, _path, *rest = weight
    kind = len(error.path) > 0 and error.path[-1] == "objectType"
    return (depth + 1.5 if kind else depth, *rest)


def _asked(schema: dict[str, Any], path: list[str | int]) -> tuple[str, str]:
    """Follow an error's path through the schema and take the nearest description on it."""
    nodes = _nodes(schema, schema, path) or []
    nearest = next((node for node in reversed(nodes) if "description" in node and "section" in node), _WHOLE)
    return nearest["description"], nearest["section"]


def _nodes(schema: dict[str, Any], node: Any, path: list[str | int]) -> list[dict[str, Any]] | None:
    """List the subschemas on a path; it does not name the references on its way, so that each may have to be tried."""
    here = [node] if isinstance(node, dict) else []
    if not path:
        return here
    ways: list[tuple[Any, list[str | int]]] = []
    step: Any = path[0]
    if isinstance(node, list) or step in node:
        ways.append((node[step], path[1:]))
    if isinstance(node, dict) and "$ref" in node:
        ways.append((schema["$defs"][node["$ref"].rpartition("/")[2]], path))
    for way, rest in ways:
        further = _nodes(schema, way, rest)
        if further is not None:
            return here + further
    return None


def _missing(error: ValidationError) -> str | None:
    """Name the property that is missing, if that is what is wrong."""
    wanted: list[str] = []
    rule: Any = error.validator_value
    given: Any = error.instance
    if error.validator == "required":
        wanted = rule
    elif error.validator == "dependentRequired":
        wanted = [name for present, names in rule.items() if present in given for name in names]
    return next((name for name in wanted if name not in given), None)


def _surplus(error: ValidationError) -> str | None:
    """Name the property that should not be there, if that is what is wrong."""
    schema: Any = error.schema
    given: Any = error.instance
    if error.validator != "additionalProperties" or error.validator_value is not False:
        return None
    return next((name for name in given if name not in schema["properties"]), None)
