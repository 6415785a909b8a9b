"""Receipts: a commit is kept as it came, applied to its track, and told to the record, in one transaction; then it is acknowledged."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.errors import Malformed, Trouble
from player import applying, attempts, commit, sequences
from player.applying import Place
from player.commit import Commit, NoCommit
from player.shelf import SHELF
from player.tokens import Attempt
from storage import attempts as attempt_rows
from storage import commits
from storage.attempts import AttemptRow
from storage.commits import CommitRow
from storage.database import Tx

_MOST_NAMED = 100
"""Elements in an answer; all are kept with the commit."""


class NotThisAttempt(Trouble):
    """A commit came with the token of another attempt."""

    status = 403
    title = _("This belongs to another visit")
    advice = _("Nothing was changed. Please open the lesson again.")


class NumberTaken(Trouble):
    """A commit came under a number that another one has."""

    status = 409
    title = _("This was sent under a number that is taken")

    def __init__(self, last: int) -> None:
        super().__init__()
        self.last = last


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is said about a commit that is on disk."""

    n: int
    refused: tuple[str, ...] = ()
    superseded: bool = False
    next: Mapping[str, Any] | None = None
    """What comes next, if that was asked."""
    contents: Mapping[str, Any] | None = None
    """What may be asked now, if that may have changed."""

    def to_json(self) -> dict[str, Any]:
        """Write it as the answer to a commit."""
        said: dict[str, Any] = {"receipt": self.n}
        if self.refused:
            said["refused"] = [_sayable(element) for element in self.refused[:_MOST_NAMED]]
        if self.superseded:
            said["superseded"] = True
        if self.next is not None:
            said["next"] = self.next
        if self.contents is not None:
            said["contents"] = self.contents
        return said


def _sayable(element: str) -> str:
    """Write the name of an element so that it can be sent: it may be long, or no text."""
    return element[:100].encode("utf-8", "backslashreplace").decode()


def give(tx: Tx, token: Attempt, body: dict[str, Any]) -> Receipt:
    """Keep a commit, and say what became of it."""
    said = _read(body)
    if said.attempt != token.attempt:
        raise NotThisAttempt
    row = attempts.hold(tx, token)
    superseded = said.session < row.session
    late = superseded or said.n <= row.last_commit
    twin = commits.find(tx, row.id, said.session, said.n) if late else None
    if twin is not None:
        return _again(tx, row, said, twin)
    place = _place(tx, row, said)
    if superseded:
        received = CommitRow(said.session, said.n, datetime.now(UTC), said.payload(), superseded=True)
        commits.add(tx, row.id, received)
        return Receipt(said.n, superseded=True)
    attempt_rows.advance(tx, row.id, max(said.n, row.last_commit), row.item if late else said.item or row.item)
    done = applying.apply(tx, place, said, _said_later(tx, row.id, said) if late else frozenset())
    return Receipt(said.n, done.refused, next=done.next, contents=done.contents)


def _read(body: dict[str, Any]) -> Commit:
    try:
        return commit.read(body)
    except NoCommit as error:
        raise _nonsense(str(error)) from None


def _nonsense(field: str) -> Malformed:
    return Malformed(_("The lesson sent something that cannot be kept: %(element)s", element=field))


def _place(tx: Tx, row: AttemptRow, said: Commit) -> Place:
    course = SHELF.take(tx, row.version_id)
    part = course.lesson(said.item)
    if (part is None and said.item) or (said.navigate and course.tree is None):
        raise _nonsense("item")
    if said.session > row.session:
        raise _nonsense("session")
    return Place(row, course, part, sequences.of(tx, row, course, said.session))


def _again(tx: Tx, row: AttemptRow, said: Commit, twin: CommitRow) -> Receipt:
    """Answer a commit that came before; other words under its number are told to take another."""
    before = commit.read(json.loads(twin.payload))
    if replace(before, age=0) != replace(said, age=0):
        raise NumberTaken(commits.last(tx, row.id, said.session))
    sequence = sequences.of(tx, row, SHELF.take(tx, row.version_id), said.session) if said.navigate else None
    told = sequence.told if sequence and not twin.superseded else None
    return Receipt(said.n, tuple(json.loads(twin.refused)), twin.superseded, next=told)


def _said_later(tx: Tx, attempt: UUID, said: Commit) -> frozenset[str]:
    """List the elements of an item that later commits of the session have said."""
    later = (json.loads(row.payload) for row in commits.after(tx, attempt, said.session, said.n))
    return frozenset(element for one in later if one["item"] == said.item for element in one["values"])
