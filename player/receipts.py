"""Receipts: a commit is kept as it came, applied to its track, and told to the record, in one transaction; then it is acknowledged."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs import record
from lrs.errors import Malformed, Trouble
from lrs.record import Source
from lrs.services import services
from player import attempts, commit, progress, statements, tracking
from player.commit import Commit, NoCommit
from player.course import Course, Part
from player.shelf import SHELF
from player.standing import Standing
from player.statements import About, State, Step
from player.tokens import Attempt
from player.tracking import Change, Track
from storage import attempts as attempt_rows
from storage import commits, tracks
from storage.attempts import AttemptRow
from storage.commits import CommitRow
from storage.database import Tx
from storage.tracks import TrackRow

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

    def to_json(self) -> dict[str, Any]:
        """Write it as the answer to a commit."""
        said: dict[str, Any] = {"receipt": self.n}
        if self.refused:
            said["refused"] = [_sayable(element) for element in self.refused[:_MOST_NAMED]]
        if self.superseded:
            said["superseded"] = True
        return said


def _sayable(element: str) -> str:
    """Write the name of an element so that it can be sent: it may be long, or no text."""
    return element[:100].encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a commit belongs."""

    row: AttemptRow
    course: Course
    part: Part


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
        return _again(tx, row.id, said, twin)
    place = _place(tx, row, said)
    if superseded:
        received = CommitRow(said.session, said.n, datetime.now(UTC), said.payload(), superseded=True)
        commits.add(tx, row.id, received)
        return Receipt(said.n, superseded=True)
    attempt_rows.advance(tx, row.id, max(said.n, row.last_commit), row.item if late else said.item)
    return Receipt(said.n, _apply(tx, place, said, _said_later(tx, row.id, said) if late else frozenset()))


def _read(body: dict[str, Any]) -> Commit:
    try:
        return commit.read(body)
    except NoCommit as error:
        raise _nonsense(str(error)) from None


def _nonsense(field: str) -> Malformed:
    return Malformed(_("The lesson sent something that cannot be kept: %(element)s", element=field))


def _place(tx: Tx, row: AttemptRow, said: Commit) -> _Place:
    course = SHELF.take(tx, row.version_id)
    part = course.lesson(said.item)
    if part is None:
        raise _nonsense("item")
    if said.session > row.session:
        raise _nonsense("session")
    return _Place(row, course, part)


def _again(tx: Tx, attempt: UUID, said: Commit, twin: CommitRow) -> Receipt:
    """Answer a commit that came before; other words under its number are told to take another."""
    before = commit.read(json.loads(twin.payload))
    if replace(before, age=0) != replace(said, age=0):
        raise NumberTaken(commits.last(tx, attempt, said.session))
    return Receipt(said.n, tuple(json.loads(twin.refused)), twin.superseded)


def _said_later(tx: Tx, attempt: UUID, said: Commit) -> frozenset[str]:
    """List the elements of an item that later commits of the session have said."""
    later = (json.loads(row.payload) for row in commits.after(tx, attempt, said.session, said.n))
    return frozenset(element for one in later if one["item"] == said.item for element in one["values"])


def _apply(tx: Tx, place: _Place, said: Commit, overtaken: frozenset[str]) -> tuple[str, ...]:
    """Keep a commit, the track after it, and the statements about it; list what of it is refused."""
    now = datetime.now(UTC)
    found = tracks.find(tx, place.row.id, said.item)
    done = tracking.change(place.course, place.part, _track(found), said, overtaken)
    kept = CommitRow(said.session, said.n, now, said.payload(), json.dumps(done.refused))
    commits.add(tx, place.row.id, kept)
    known = frozenset[str](json.loads(found.responded)) if found and not done.afresh else frozenset[str]()
    happened = max(now - timedelta(milliseconds=said.age), min(place.row.created, now))
    step = Step(said.session, said.visit, said.n, done.first, done.finished, happened)
    known = _tell(tx, place, step, done, known)
    after = TrackRow(
        attempt_id=place.row.id,
        item=said.item,
        session=done.after.session,
        visit=done.after.visit,
        ended=done.after.ended,
        values=json.dumps(done.after.values, ensure_ascii=False),
        responded=json.dumps(sorted(known)),
    )
    (tracks.add if found is None else tracks.change)(tx, after)
    return done.refused


def _tell(tx: Tx, place: _Place, step: Step, done: Change, known: frozenset[str]) -> frozenset[str]:
    """Append the statements of a commit to the record; list the interactions that it knows now."""
    page, row, course, part = services().config.public_url, place.row, place.course, place.part
    about = About(
        actor=record.actor_of(row.account_id, page),
        attempt=row.id,
        course=course.activity,
        course_title=course.title,
        lesson=statements.lesson_of(course.activity, part.id),
        title=part.title,
        edition=course.edition,
    )
    was, becomes = (tracking.standing_in(course, part, track) for track in (done.before, done.after))
    before, after = State(done.before.values, was, known), State(done.after.values, becomes, known)
    told, known = statements.between(about, step, before, after)
    if was != becomes:
        others = _others(tx, place)
        told += statements.of_course(
            about, step, progress.together([*others, was]), progress.together([*others, becomes])
        )
    if told:
        authority = {"objectType": "Agent", "account": {"homePage": page, "name": "player"}}
        record.append(tx, told, Source(authority, record.CLIENT_ASSERTED))
    return known


def _others(tx: Tx, place: _Place) -> list[Standing]:
    """Tell where the learner stands in the other lessons of the course."""
    course = place.course
    if len(course.lessons) == 1:
        return []
    there = {one.item: attempts.track(one) for one in tracks.list_of(tx, place.row.id)}
    return [
        tracking.standing_in(course, one, there.get(one.id, Track({})))
        for one in course.lessons
        if one.id != place.part.id
    ]


def _track(found: TrackRow | None) -> Track:
    return Track({}) if found is None else attempts.track(found)
