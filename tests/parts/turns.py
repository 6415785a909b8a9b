"""Journeys that two arrangements take by turns: a short run walks each of them once, in one of the two, and a long run in both.

How a page tells of trouble, or how a shell is closed, hardly depends on where a lesson stands. What keeps a lesson in its place does:
such journeys are walked in both every time, and do not carry the mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

ARRANGEMENTS = ("sibling", "apart")
MARK = "by_turns"


def out_of_turn(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Find those whose turn it is not: of a journey that is walked in every arrangement, all but one."""
    journeys: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker(MARK) and (arrangement := _arrangement(item)):
            journeys.setdefault(_journey(item), {})[arrangement] = item
    return {
        item
        for journey, walked in journeys.items()
        if len(walked) > 1
        for arrangement, item in walked.items()
        if arrangement != turn_of(journey)
    }


def turn_of(journey: str) -> str:
    """Say whose turn a journey is: always the same one's, and about half of them are each one's."""
    return ARRANGEMENTS[crc32(journey.encode()) % len(ARRANGEMENTS)]


def _given(item: pytest.Item) -> dict[str, Any]:
    called = getattr(item, "callspec", None)
    return called.params if called else {}


def _arrangement(item: pytest.Item) -> str | None:
    given = _given(item)
    return next((given[name] for name in ("service", "wired") if given.get(name) in ARRANGEMENTS), None)


def _journey(item: pytest.Item) -> str:
    """Name a journey whatever it is walked in."""
    name = item.nodeid
    for arrangement in ARRANGEMENTS:
        name = name.replace(arrangement, "")
    return name
