"""Formats: how a statement is shown to who asks for `ids` or `canonical` (Communication 2.1.3; 2.0: 4.1.6.1).

`exact` needs nothing: it is the text as it is kept.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lrs.xapi import actors, rules
from lrs.xapi.languages import Preference, chosen

EXACT = "exact"
IDS = "ids"
CANONICAL = "canonical"

_ACTORS = ("actor", "authority")
_CONTEXT_ACTORS = ("instructor", "team")
_ENTRIES = (("contextAgents", "agent"), ("contextGroups", "group"))

Shown = dict[str, Any]


def ids(statement: Shown) -> Shown:
    """Reduce actors, verbs, activities and groups to what identifies them; everything else stays."""
    return _each(statement, actors.identity, lambda verb: {"id": verb["id"]}, lambda activity: {"id": activity["id"]})


def canonical(
    statement: Shown,
    wanted: list[Preference],
    definitions: Mapping[str, Shown] | None = None,
    displays: Mapping[str, dict[str, str]] | None = None,
) -> Shown:
    """Give activities and verbs the definitions and displays that the record knows, one language in each map.

    An activity or verb that is not among `definitions` or `displays` keeps what its statement says.
    """
    known, known_displays = definitions or {}, displays or {}

    def verb(said: Shown) -> Shown:
        display = known_displays.get(said["id"], said.get("display"))
        return said if display is None else said | {"display": chosen(display, wanted)}

    def activity(said: Shown) -> Shown:
        definition = known.get(said["id"], said.get("definition"))
        return said if definition is None else said | {"definition": _in_one_language(definition, wanted)}

    return _each(statement, lambda actor: actor, verb, activity)


Show = Callable[[Shown], Shown]


def _each(said: Shown, actor: Show, verb: Show, activity: Show) -> Shown:
    """Show every actor, verb and activity of a statement, and those of its SubStatement."""
    shown = dict(said)
    for name in _ACTORS:
        if name in said:
            shown[name] = actor(said[name])
    shown["verb"] = verb(said["verb"])
    thing = said["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "SubStatement":
        shown["object"] = _each(thing, actor, verb, activity)
    elif kind != "StatementRef":
        shown["object"] = activity(thing) if kind == "Activity" else actor(thing)
    if "context" in said:
        shown["context"] = _context(said["context"], actor, activity)
    return shown


def _context(context: Shown, actor: Show, activity: Show) -> Shown:
    shown = dict(context)
    for name in _CONTEXT_ACTORS:
        if name in context:
            shown[name] = actor(context[name])
    for list_name, name in _ENTRIES:
        if list_name in context:
            shown[list_name] = [entry | {name: actor(entry[name])} for entry in context[list_name]]
    if "contextActivities" in context:
        shown["contextActivities"] = {
            # They are returned as lists, also where one came alone (Data 2.4.6.2).
            role: [activity(each) for each in (group if isinstance(group, list) else [group])]
            for role, group in context["contextActivities"].items()
        }
    return shown


def _in_one_language(definition: Shown, wanted: list[Preference]) -> Shown:
    shown = dict(definition)
    for name in ("name", "description"):
        if name in definition:
            shown[name] = chosen(definition[name], wanted)
    for name in rules.COMPONENTS:
        if name in definition:
            shown[name] = [_component(component, wanted) for component in definition[name]]
    return shown


def _component(component: Shown, wanted: list[Preference]) -> Shown:
    return (
        component | {"description": chosen(component["description"], wanted)}
        if "description" in component
        else component
    )
