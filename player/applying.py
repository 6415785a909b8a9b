"""What a commit changes: its track, what comes next, and what the record is told; all in the transaction that keeps it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from player import attempts, progress, statements, telling, tracking
from player.commit import Commit
from player.course import Course, Part
from player.sequences import Sequence
from player.standing import Standing
from player.statements import State, Step
from player.tracking import Change, Track
from storage import commits, tracks
from storage.attempts import AttemptRow
from storage.commits import CommitRow
from storage.database import Tx
from storage.tracks import TrackRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commit belongs."""

    row: AttemptRow
    course: Course
    part: Part | None
    """Nothing where the learner asks for what comes next while no lesson is open."""
    sequence: Sequence | None
    """The way through a course that says what comes next."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a commit came to."""

    refused: tuple[str, ...] = ()
    next: Mapping[str, Any] | None = None
    """What comes next, if that was asked."""
    contents: Mapping[str, Any] | None = None
    """What may be asked now, if that may have changed."""


def apply(tx: Tx, place: Place, said: Commit, overtaken: frozenset[str]) -> Applied:
    """Keep a commit, the track after it, what comes next, and the statements about all that; list what of it is refused."""
    now = datetime.now(UTC)
    happened = max(now - timedelta(milliseconds=said.age), min(place.row.created, now))
    if place.part is None:
        _keep(tx, place, said, now, ())
        return _go_on(tx, place, said, Step(said.session, said.visit, said.n, False, False, happened), None)
    found = tracks.find(tx, place.row.id, said.item)
    opening = place.sequence.open_for(said.item) if place.sequence else tracking.PLAINLY
    done = tracking.change(place.course, place.part, replace(_track(found), opening=opening), said, overtaken)
    _keep(tx, place, said, now, done.refused)
    known = frozenset[str](json.loads(found.responded)) if found and not done.afresh else frozenset[str]()
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
    return _go_on(tx, place, said, step, done)


def _keep(tx: Tx, place: Place, said: Commit, now: datetime, refused: tuple[str, ...]) -> None:
    commits.add(tx, place.row.id, CommitRow(said.session, said.n, now, said.payload(), json.dumps(refused)))


def _go_on(tx: Tx, place: Place, said: Commit, step: Step, done: Change | None) -> Applied:
    """Let the sequencer hear what was said, and follow what was asked."""
    refused, sequence = done.refused if done else (), place.sequence
    if sequence is None:
        return Applied(refused)
    if done and done.first:
        sequence.heard(said.item, said.session, said.visit)
    if said.navigate:
        sequence.navigate(said.navigate, attempts.tracks_of(tx, place.row.id))
        applied = Applied(refused, next=sequence.told)
    else:
        applied = Applied(refused, contents=sequence.look(said, done.after) if done else None)
    telling.of_course(tx, telling.about(place.row, place.course), step, sequence.was, sequence.standing)
    return applied


def _tell(tx: Tx, place: Place, step: Step, done: Change, known: frozenset[str]) -> frozenset[str]:
    """Append the statements of a commit to the record; list the interactions that it knows now."""
    course, part = place.course, place.part
    if part is None:
        return known
    was, becomes = (tracking.standing_in(course, part, track) for track in (done.before, done.after))
    before, after = State(done.before.values, was, known), State(done.after.values, becomes, known)
    told, known = statements.between(telling.about(place.row, course, part), step, before, after)
    telling.append(tx, told)
    if was != becomes and course.tree is None:
        others = _others(tx, place, part)
        whole = [progress.together([*others, one]) for one in (was, becomes)]
        telling.of_course(tx, telling.about(place.row, course), step, *whole)
    return known


def _others(tx: Tx, place: Place, part: Part) -> list[Standing]:
    """Tell where the learner stands in the other lessons of the course."""
    course = place.course
    if len(course.lessons) == 1:
        return []
    there = attempts.tracks_of(tx, place.row.id)
    others = (one for one in course.lessons if one.id != part.id)
    return [tracking.standing_in(course, one, there.get(one.id, Track({}))) for one in others]


def _track(found: TrackRow | None) -> Track:
    return Track({}) if found is None else attempts.track(found)
