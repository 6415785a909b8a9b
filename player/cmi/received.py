"""What a commit brings, checked against the very table that the lesson's API answered from: what may be kept, and what may not."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from player.cmi.element import entries, general
from player.cmi.tables import table
from player.cmi.value import Rule, fault, rules

LONGEST_LIST = 10_000
"""A commit carries what changed, so an index may run ahead of what is here, but not endlessly."""
_NOTHING: Mapping[str, str] = {}


def check(
    edition: str, values: Any, before: Mapping[str, str] = _NOTHING, access: Mapping[str, str] = _NOTHING
) -> tuple[dict[str, str], list[str]]:
    """Part the values of a commit into those that may be kept and the elements of those that may not.

    An answer is judged by its interaction's type, if that is among `values` or in `before`, which is what stands already.
    `access` is what this launch has otherwise than the table.
    """
    if not isinstance(values, dict):
        return {}, ["values"]
    bounds = table(edition)["bounds"]
    kept: dict[str, str] = {}
    refused: list[str] = []
    room = bounds["characters"]
    for element, value in values.items():
        rule = _writable(edition, element)
        size = len(element) + len(value) if isinstance(value, str) else 0
        if (
            rule is None
            or "w" not in access.get(element, "w")
            or not isinstance(value, str)
            or fault(rule, value, _sort(rule, element, values, before))
            or size > room
            or len(kept) == bounds["elements"]
        ):
            refused.append(element)
        else:
            kept[element] = value
            room -= size
    return kept, refused


@cache
def _rules(edition: str) -> dict[str, Rule]:
    return rules(table(edition))


def _writable(edition: str, element: str) -> Rule | None:
    rule = _rules(edition).get(general(element))
    if rule is None or "w" not in rule.access or any(number >= LONGEST_LIST for _, number in entries(element)):
        return None
    return rule


def _sort(rule: Rule, element: str, values: Mapping[str, Any], before: Mapping[str, str]) -> str:
    """Find the type of the interaction that an answer belongs to; nothing if it is not known here."""
    if rule.kind not in {"answer", "pattern"}:
        return ""
    first = entries(element)[0]
    name = f"{first.collection}.{first.number}.type"
    sort = values.get(name, before.get(name, ""))
    return sort if isinstance(sort, str) else ""
