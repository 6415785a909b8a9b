"""Equality: whether two statements say the same (Data 2.3.1; 2.0: 4.2, Immutability). It decides over 409, and over signatures.

Both are written in one normal form, in which everything is left out that may differ while the statement stays what it is.
"""

from typing import Any

import orjson

from lrs.xapi import actors
from lrs.xapi.values import comparable_duration, instant
from lrs.xapi.version import Version

_ASSIGNED = ("id", "timestamp", "version")
"""What the record adds where it is missing."""

_EXACT = 2**53
"""Beyond this, not every whole number is a floating-point number of its own."""


def same(one: dict[str, Any], other: dict[str, Any], version: Version, *, attachments: bool = True) -> bool:
    """Tell whether two valid statements are the same statement, if need be whatever is attached to them."""
    left, right = _statement(one), _statement(other)
    # 2.0 never considers what the record may assign (4.2); 1.0.3 does where both statements bring it (Data 2.3.1).
    aside = {name for name in _ASSIGNED if version is Version.V2 or (name in left) != (name in right)}
    # 2.0 does not consider attachments (4.2); in 1.0.3 their data is no part of a statement, but their description is (Data 2.3.1).
    if version is Version.V2 or not attachments:
        aside.add("attachments")
    for name in aside:
        left.pop(name, None)
        right.pop(name, None)
    return _written(left) == _written(right)


def _written(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _statement(statement: dict[str, Any]) -> dict[str, Any]:
    said = _said(statement)
    # The record sets both, whatever was sent (Data 2.4.8, 2.4.9).
    said.pop("stored", None)
    said.pop("authority", None)
    if "id" in said:
        said["id"] = said["id"].lower()
    return said


def _said(said: dict[str, Any]) -> dict[str, Any]:
    """Normalise what statements and SubStatements have in common."""
    normal = {name: _plain(value) for name, value in said.items()}
    normal["actor"] = _actor(said["actor"])
    # The display of a verb is not part of the statement (Data 2.3.1).
    normal["verb"] = said["verb"]["id"]
    normal["object"] = _object(said["object"])
    if "timestamp" in said:
        # The same instant may be written in another zone (Data 2.3.1), and to the millisecond (Data 4.5).
        normal["timestamp"] = instant(said["timestamp"])
    if "duration" in said.get("result", {}):
        # Nothing beyond 0.01 s counts (Data 4.6; 2.0 4.2.7).
        normal["result"]["duration"] = comparable_duration(said["result"]["duration"])
    if "context" in said:
        normal["context"] = _context(said["context"])
    return normal


def _object(thing: dict[str, Any]) -> Any:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        # The definition of an activity is not part of the statement (Data 2.3.1).
        return {"activity": thing["id"]}
    if kind == "StatementRef":
        return {"statement": thing["id"].lower()}
    return _said(thing) if kind == "SubStatement" else _actor(thing)


def _actor(actor: dict[str, Any]) -> dict[str, Any]:
    normal = {name: _plain(value) for name, value in actor.items()} | {"objectType": actor.get("objectType", "Agent")}
    if "mbox" in actor:
        normal["mbox"] = actors.mbox(actor["mbox"])
    if "mbox_sha1sum" in actor:
        normal["mbox_sha1sum"] = actor["mbox_sha1sum"].lower()
    if "member" in actor:
        # The members of a group have no order (Data 2.3.1).
        normal["member"] = sorted((_actor(member) for member in actor["member"]), key=_written)
    return normal


def _context(context: dict[str, Any]) -> dict[str, Any]:
    normal = {name: _plain(value) for name, value in context.items()}
    for name in ("registration", "language"):
        # Neither UUIDs nor language tags know case (Data 2.3.1).
        if name in context:
            normal[name] = context[name].lower()
    for name in ("instructor", "team"):
        if name in context:
            normal[name] = _actor(context[name])
    if "statement" in context:
        normal["statement"] = context["statement"]["id"].lower()
    for list_name, name in (("contextAgents", "agent"), ("contextGroups", "group")):
        if list_name in context:
            normal[list_name] = [_plain(entry) | {name: _actor(entry[name])} for entry in context[list_name]]
    # One activity and a list of one are the same, and definitions are not part of the statement (Data 2.4.6.2, 2.3.1).
    if "contextActivities" in context:
        groups = context["contextActivities"].items()
        normal["contextActivities"] = {
            role: [activity["id"] for activity in (group if isinstance(group, list) else [group])]
            for role, group in groups
        }
    return normal


def _plain(value: Any) -> Any:
    """Normalise numbers: JSON has one kind of them, so that 1.0 is 1."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return value
