"""Equality: whether two statements say the same (Data 2.3.1; 2.0: 4.2, Immutability). It decides over 409, and over signatures.

Both are written in one normal form, in which everything is left out that may differ while the statement stays what it is. It has the
members of a statement under their names, so that a place in it is a place in the statement.
"""

from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import orjson

from lrs.xapi import actors
from lrs.xapi.errors import LONGEST, NOTHING, place, short
from lrs.xapi.values import comparable_duration, instant
from lrs.xapi.version import Version

_ASSIGNED = ("id", "timestamp", "version")
"""What the record adds where it is missing."""

_EXACT = 2**53
"""Beyond this, not every whole number is a floating-point number of its own."""


_UNORDERED = "member"
"""Sorted in the normal form: its places are none of the statement's."""

_BEFORE = 20
"""So much of what two long texts have in common stands before what they have not."""

_Path = tuple[str | int, ...]
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place at which two statements differ, and what each has there, as far as a message can carry it."""

    path: str
    one: str
    other: str


def same(one: dict[str, Any], other: dict[str, Any], version: Version, *, attachments: bool = True) -> bool:
    """Tell whether two valid statements are the same statement, if need be whatever is attached to them."""
    left, right = _compared(one, other, version, attachments=attachments)
    return _written(left) == _written(right)


def difference(one: dict[str, Any], other: dict[str, Any], version: Version) -> Difference | None:
    """Name the first place at which two valid statements are not the same, in the order of the names."""
    path = _apart(*_compared(one, other, version, attachments=True), ())
    if path is None:
        return None
    left, right = _found(one, path), _found(other, path)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
    begin = max(0, alike - _BEFORE) if max(len(left), len(right)) > LONGEST else 0
    return Difference(place(path), *(short(f"…{text[begin:]}" if begin else text) for text in (left, right)))


def _compared(
    one: dict[str, Any], other: dict[str, Any], version: Version, *, attachments: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write both in the normal form, without what does not count."""
    left, right = _statement(one), _statement(other)
    # 2.0 never considers what the record may assign (4.2); 1.0.3 does where both statements bring it (Data 2.3.1).
    aside = {name for name in _ASSIGNED if version is Version.V2 or (name in left) != (name in right)}
    # 2.0 does not consider attachments (4.2); in 1.0.3 their data is no part of a statement, but their description is (Data 2.3.1).
    if version is Version.V2 or not attachments:
        aside.add("attachments")
    for name in aside:
        left.pop(name, None)
        right.pop(name, None)
    return left, right


def _apart(left: Any, right: Any, path: _Path) -> _Path | None:
    """Find the first place, as deep as both still have it."""
    if type(left) is not type(right):
        return path
    if isinstance(left, dict):
        steps: list[tuple[str | int, Any, Any]] = [
            (name, left.get(name, _MISSING), right.get(name, _MISSING)) for name in sorted(left.keys() | right.keys())
        ]
    elif isinstance(left, list) and len(left) == len(right):
        steps = [(at, *pair) for at, pair in enumerate(zip(left, right, strict=True))]
    else:
        return None if left == right else path
    found = ((step, _apart(mine, theirs, (*path, step))) for step, mine, theirs in steps)
    return next(((*path, step) if step == _UNORDERED else deeper for step, deeper in found if deeper is not None), None)


def _found(statement: dict[str, Any], path: _Path) -> str:
    """Write what a statement has at a place, as it was sent: a context activity that came alone is a list of one."""
    value: Any = statement
    for step in path:
        if isinstance(value, dict) and step == 0:
            continue
        try:
            value = value[step]
        except (LookupError, TypeError):
            return NOTHING
    return orjson.dumps(value).decode()


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
    normal["verb"] = {"id": said["verb"]["id"]}
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
        return {"objectType": kind, "id": thing["id"]}
    if kind == "StatementRef":
        return {"objectType": kind, "id": thing["id"].lower()}
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
        normal["statement"] = {"id": context["statement"]["id"].lower()}
    for list_name, name in (("contextAgents", "agent"), ("contextGroups", "group")):
        if list_name in context:
            normal[list_name] = [_plain(entry) | {name: _actor(entry[name])} for entry in context[list_name]]
    # One activity and a list of one are the same, and definitions are not part of the statement (Data 2.4.6.2, 2.3.1).
    if "contextActivities" in context:
        groups = context["contextActivities"].items()
        normal["contextActivities"] = {
            role: [{"id": activity["id"]} for activity in (group if isinstance(group, list) else [group])]
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
