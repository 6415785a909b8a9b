"""The names under which the data model was known before `player.cmi`; they go when nothing calls them any more."""

from typing import Any

from player.cmi.received import check as check_all
from player.cmi.tables import table


class ValueRefused(Exception):
    """The data model has no such element, or not such a value; the message is the element."""


def defaults(edition: str) -> dict[str, str]:
    """List what a lesson reads before anybody has written anything."""
    elements = table(edition)["elements"]
    return {name: rule["default"] for name, rule in elements.items() if "default" in rule and ".n." not in name}


def carried(edition: str, values: dict[str, str]) -> dict[str, str]:
    """Take what a new session finds of the one before: how that one ended, and how long it was, is no part of it."""
    elements = table(edition)["elements"]
    return {name: value for name, value in values.items() if not elements.get(name, {}).get("session")}


def check(edition: str, values: Any) -> dict[str, str]:
    """Accept the values of a commit, or name the first that cannot be."""
    kept, refused = check_all(edition, values)
    if refused:
        raise ValueRefused(refused[0])
    return kept
