"""Actors: who an Agent or a Group is, in one text, and the Person (Data 2.4.2, Communication 2.4; 2.0: 4.2.2.1, 4.1.6.3).

The actors have been checked against the schema before.
"""

from collections.abc import Iterable
from typing import Any

from lrs.xapi import identifiers

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
"""The inverse functional identifiers (Data 2.4.2.3)."""

_PERSONAL = ("name", *IDENTIFIERS)


def key(actor: dict[str, Any]) -> str | None:
    """Write an actor's identifier as one text, equal for equal identifiers; an anonymous Group has none.

    It reads `mailto:…`, `sha1:…`, `openid:…` or `account:home page|name`.
    """
    if "account" in actor:
        account = actor["account"]
        # A home page is an IRI and holds no bar; a name can be anything, even NUL, which no database keeps.
        name = account["name"].replace("%", "%25").replace("\0", "%00")
        return identifiers.key(f"account:{account['homePage']}|{name}")
    if "mbox" in actor:
        return identifiers.key(mbox(actor["mbox"]))
    if "mbox_sha1sum" in actor:
        return f"sha1:{actor['mbox_sha1sum'].lower()}"
    if "openid" in actor:
        return identifiers.key(f"openid:{actor['openid']}")
    return None


def keys(actor: dict[str, Any]) -> list[str]:
    """List the keys under which an actor is found: its own, and those of its members (Communication 2.1.3, agent)."""
    own = key(actor)
    found = [] if own is None else [own]
    if "member" in actor:
        found += [each for member in actor["member"] if (each := key(member)) is not None]
    return found


def mbox(address: str) -> str:
    """Write a mailto IRI for comparison: the domain of an e-mail address knows no case (Data 2.3.1)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def identity(actor: dict[str, Any]) -> dict[str, Any]:
    """Reduce an actor to what identifies it: the smallest actor that is still valid (Communication 2.1.3, format ids)."""
    kept = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    # Only an anonymous Group has nothing else to be known by.
    if not any(name in actor for name in IDENTIFIERS):
        kept["member"] = [identity(member) for member in actor["member"]]
    return kept


def person(agents: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Combine what is known of one agent into a Person, each of whose properties is a list (Communication 2.4)."""
    combined: dict[str, Any] = {"objectType": "Person"}
    for agent in agents:
        for name in _PERSONAL:
            if name in agent and agent[name] not in combined.get(name, []):
                combined.setdefault(name, []).append(agent[name])
    return combined
