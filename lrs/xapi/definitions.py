"""Definitions: what is known of an activity from all statements about it (Data 2.4.4.1, Communication 2.5; 2.0: 4.2.4.3, 4.1.6.4)."""

from collections.abc import Iterator
from typing import Any

_MAPS = ("name", "description", "extensions")
"""Maps: a later statement adds entries and replaces those of the same key."""


def merged(known: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Merge a later definition into what is known: it adds, and where both speak, the later wins."""
    combined = known | later
    for name in _MAPS:
        if name in known and name in later:
            combined[name] = known[name] | later[name]
    return combined


def of(statement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """List each activity that a statement defines, with its definition; a SubStatement's too."""
    for said in _levels(statement):
        thing = said["object"]
        # Only an activity has a definition.
        if "definition" in thing:
            yield thing["id"], thing["definition"]
        for group in said.get("context", {}).get("contextActivities", {}).values():
            for activity in group if isinstance(group, list) else [group]:
                if "definition" in activity:
                    yield activity["id"], activity["definition"]


def activity(iri: str, definition: dict[str, Any] | None) -> dict[str, Any]:
    """Describe an activity in full; one that nobody defined has its id alone (Communication 2.5; 2.0: 4.1.6.4)."""
    known = {"objectType": "Activity", "id": iri}
    return known | ({"definition": definition} if definition else {})


def _levels(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield statement
    if statement["object"].get("objectType") == "SubStatement":
        yield statement["object"]
