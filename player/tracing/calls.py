"""What lessons said in an attempt, read from its commits: of each what is new in it, for it carries much that was said before. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.commits import CommitRow

LONGEST = 160
"""Characters of a value that are shown: suspend data has thousands."""

MOST = 200
"""Elements of a commit that are shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """An element that a lesson has set."""

    element: str
    value: str
    length: int
    """Of the whole value: what is shown may be its beginning."""
    refused: bool = False

    @property
    def cut(self) -> bool:
        """Whether only the beginning is shown."""
        return self.length > len(self.value)


@dataclass(frozen=True, slots=True)
class Call:
    """What a lesson said at a time."""

    at: datetime
    session: int
    item: str
    visit: int
    said: tuple[Said, ...]
    more: int
    """Elements that are not shown."""
    finished: bool
    superseded: bool
    """Whether it came when the lesson was open somewhere else by then, and changed nothing."""


def calls(commits: Iterable[CommitRow]) -> list[Call]:
    """Read commits, the oldest first. One that says nothing new and ends nothing is left out."""
    known: dict[tuple[int, str, int], dict[str, Any]] = {}
    found = []
    for commit in commits:
        payload = json.loads(commit.payload)
        if not payload["item"]:
            continue  # a request while no lesson was open
        visit = commit.session, payload["item"], payload["visit"]
        first = visit not in known
        before = known.setdefault(visit, {})
        news = {name: value for name, value in payload["values"].items() if before.get(name, before) != value}
        before |= news
        if news or first or payload["finished"]:
            found.append(_call(commit, payload, news))
    return found


def _call(commit: CommitRow, payload: dict[str, Any], news: dict[str, Any]) -> Call:
    refused = set(json.loads(commit.refused))
    said = [_said(name, value, refused) for name, value in news.items()]
    return Call(
        at=commit.received,
        session=commit.session,
        item=payload["item"],
        visit=payload["visit"],
        said=tuple(said[:MOST]),
        more=max(0, len(said) - MOST),
        finished=payload["finished"],
        superseded=commit.superseded,
    )


def _said(name: str, value: Any, refused: set[str]) -> Said:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # What a lesson said may be no text that can be sent: half a character.
    shown = text[:LONGEST].encode("utf-8", "replace").decode()
    return Said(name[:LONGEST].encode("utf-8", "replace").decode(), shown, len(text), name in refused)
