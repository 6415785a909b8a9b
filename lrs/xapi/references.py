"""References: what a statement is found by, and which statement it speaks of (Communication 2.1.3, Data 2.3.2; 2.0: 4.1.6.1, 4.2.5)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lrs.xapi import actors, identifiers

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
"""The one verb that the specification reserves (Data 2.3.2)."""


@dataclass(frozen=True, slots=True)
class References:
    """Everything a query can find a statement by; each text is a key (`identifiers.py`)."""

    actor: str | None
    verb: str
    activity: str | None
    registration: UUID | None
    agents: tuple[str, ...]
    """For `agent`: the actor, an agent that is the object, and the members of either that is a group."""
    related_agents: tuple[str, ...]
    """For `agent` with `related_agents`: these, and authority, instructor, team, context agents and groups, and a SubStatement's."""
    related_activities: tuple[str, ...]
    """For `activity` with `related_activities`: the object, the context activities, and a SubStatement's."""
    target: UUID | None
    """The statement that this one targets by a StatementRef as its object."""
    voids: UUID | None
    """The statement that this one voids."""


def of(statement: dict[str, Any], authority: dict[str, Any] | None = None) -> References:
    """Gather what a statement is found by; its authority is the record's, whatever the statement says itself."""
    verb = statement["verb"]["id"]
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    target = UUID(thing["id"]) if kind == "StatementRef" else None
    agents = _agents(statement)
    related_agents = [*agents, *_context_agents(statement)]
    related_activities = _activities(statement)
    if authority is not None:
        related_agents += actors.keys(authority)
    if kind == "SubStatement":
        related_agents += [*_agents(thing), *_context_agents(thing)]
        related_activities += _activities(thing)
    registration = statement.get("context", {}).get("registration")
    return References(
        actor=actors.key(statement["actor"]),
        verb=identifiers.key(verb),
        activity=identifiers.key(thing["id"]) if kind == "Activity" else None,
        registration=None if registration is None else UUID(registration),
        agents=_once(agents),
        related_agents=_once(related_agents),
        related_activities=_once(related_activities),
        target=target,
        voids=target if verb == VOIDED else None,
    )


def target(statement: dict[str, Any]) -> UUID | None:
    """Tell which statement this one targets: the filters that find the target find this one too (Communication 2.1.3)."""
    thing = statement["object"]
    # A StatementRef within the context targets nothing (Communication 2.1.3, note).
    return UUID(thing["id"]) if thing.get("objectType") == "StatementRef" else None


def voids(statement: dict[str, Any]) -> UUID | None:
    """Tell which statement this one voids (Data 2.3.2); a SubStatement voids nothing, since it has not happened (Data 2.4.4.3)."""
    return target(statement) if statement["verb"]["id"] == VOIDED else None


def _agents(said: dict[str, Any]) -> list[str]:
    found = actors.keys(said["actor"])
    if said["object"].get("objectType") in {"Agent", "Group"}:
        found += actors.keys(said["object"])
    return found


def _context_agents(said: dict[str, Any]) -> list[str]:
    context = said.get("context", {})
    found: list[str] = []
    for role in ("instructor", "team"):
        if role in context:
            found += actors.keys(context[role])
    for entry in context.get("contextAgents", ()):
        found += actors.keys(entry["agent"])
    for entry in context.get("contextGroups", ()):
        found += actors.keys(entry["group"])
    return found


def _activities(said: dict[str, Any]) -> list[str]:
    found: list[str] = []
    if said["object"].get("objectType", "Activity") == "Activity":
        found.append(identifiers.key(said["object"]["id"]))
    for group in said.get("context", {}).get("contextActivities", {}).values():
        found += [identifiers.key(activity["id"]) for activity in (group if isinstance(group, list) else [group])]
    return found


def _once(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
