"""A request asked again: the sequencer answers it from what was kept, and the answer is compared with what it was then. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from player.replay import Asked
from player.sequencing.contents import Entry
from player.sequencing.sequencer import Reply
from player.sequencing.trace import Step
from player.sequencing.tracking import NEW, State
from player.sequencing.tree import Tree

STEPS, DELIVERED, STATE = "steps", "delivered", "state"
"""What may differ."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An activity as it stands after a request."""

    entry: Entry
    active: bool
    suspended: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Again:
    """What came of asking again."""

    steps: tuple[Step, ...]
    """As they were recorded."""
    differs: tuple[str, ...]
    """What came out otherwise than then."""
    tree: tuple[Standing, ...]
    reply: Reply


def again(tree: Tree, asked: Asked, delivered: str, state: Mapping[str, Any] | None = None) -> Again:
    """Ask again; `delivered` is what was opened then, and `state` that with which the next request began, if there was one."""
    reply = asked.answer(tree)
    differs = []
    if tuple(reply.trace) != asked.trace:
        differs.append(STEPS)
    if (reply.delivery.id if reply.delivery else "") != delivered:
        differs.append(DELIVERED)
    if state is not None and State.from_json(state) != State.from_json(reply.state.to_json()):
        differs.append(STATE)
    return Again(asked.trace, tuple(differs), tuple(_standing(reply)), reply)


def _standing(reply: Reply) -> list[Standing]:
    tracks, current = reply.state.tracks, reply.state.current
    return [
        Standing(
            one,
            tracks.get(one.id, NEW).active,
            tracks.get(one.id, NEW).suspended,
            one.id == current,
        )
        for one in reply.contents.entries
    ]
