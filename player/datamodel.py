"""SCORM's data model on the server, pure and driven by `schemas/scorm/*.json`.

What a lesson sends is checked against the very table that its API answered from.
The browser's twin is `browser/datamodel.js`; one set of vectors runs on both.
"""

import re
from typing import Any

import schemas

MOST_ELEMENTS = 5_000
"""In one commit; a lesson that writes more is refused rather than kept waiting for."""

_INDEX = re.compile(r"\.(0|[1-9][0-9]{0,4})(?=\.)")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What no database keeps as text: NUL, and halves of a character."""


class ValueRefused(Exception):
    """The data model has no such element, or not such a value; the message is the element."""


def defaults(edition: str) -> dict[str, str]:
    """List what a lesson reads before anybody has written anything."""
    elements = schemas.load(f"scorm/{edition}")["elements"]
    return {name: rule["default"] for name, rule in elements.items() if "default" in rule and ".n." not in name}


def carried(edition: str, values: dict[str, str]) -> dict[str, str]:
    """Take what a new session finds of the one before: how that one ended, and how long it was, is no part of it."""
    elements = schemas.load(f"scorm/{edition}")["elements"]
    return {name: value for name, value in values.items() if not elements.get(name, {}).get("session")}


def check(edition: str, values: Any) -> dict[str, str]:
    """Accept the values of a commit, or name the first that cannot be."""
    if not isinstance(values, dict) or len(values) > MOST_ELEMENTS:
        raise ValueRefused("values")
    table = schemas.load(f"scorm/{edition}")
    for element, value in values.items():
        rule = None if ".n." in element else table["elements"].get(_INDEX.sub(".n", element))
        if rule is None or "w" not in rule["access"] or not isinstance(value, str):
            raise ValueRefused(element)
        if not fits(table["types"][rule["type"]] | rule, value):
            raise ValueRefused(element)
    return values


def fits(rule: dict[str, Any], value: str) -> bool:
    """Tell whether a value is one that a rule of the table admits."""
    if len(value) > rule.get("most", 4096) or _NO_TEXT.search(value):
        return False
    if "values" in rule and value not in rule["values"]:
        return False
    if "pattern" in rule and not re.fullmatch(rule["pattern"], value):
        return False
    if "range" in rule and value:
        least, most = rule["range"]
        return bool(least <= float(value) <= most)
    return True
