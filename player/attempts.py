"""Attempts: launched by the app's page, begun by the shell, held while something is done to them (docs/player.md)."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from flask_babel import lazy_gettext as _

from lrs.errors import NotFound, Trouble
from player import progress, sequences, telling, tracking
from player.better import Tried, best
from player.shelf import SHELF
from player.statements import Step
from player.tokens import Attempt
from player.tracking import Track
from storage import attempts, tracks
from storage.attempts import AttemptRow
from storage.database import Tx
from storage.tracks import TrackRow


class NotPlayable(Trouble):
    """There is no player yet for what this package is."""

    status = 409
    title = _("This lesson is kept here, but it cannot be opened yet.")


def launch(tx: Tx, account_id: UUID, version: UUID, since: datetime | None = None) -> AttemptRow:
    """Find somebody's attempt at a version, one of those since a moment if that is said, or begin one.

    A session is taken later, by the shell. Who learns a lesson once more, for a new certificate, begins it anew.
    """
    if not SHELF.take(tx, version).playable:
        raise NotPlayable
    every = attempts.at(tx, account_id, version)
    there = [row for row in every if since is None or row.created >= since]
    if there:
        return there[0] if len(there) == 1 else _best(tx, there)
    # Two launches at the same moment make the same attempt.
    begun = AttemptRow(uuid5(account_id, f"{version} {len(every) + 1}"), account_id, version, datetime.now(UTC))
    attempts.begin(tx, begun)
    return begun


def _best(tx: Tx, there: list[AttemptRow]) -> AttemptRow:
    """Choose among the attempts of somebody who has also learnt as a guest; the others stay as they are."""
    course = SHELF.take(tx, there[0].version_id)
    tried = []
    for row in there:
        found = tracks_of(tx, row.id)
        lessons = tuple(tracking.standing_in(course, part, found.get(part.id, Track({}))) for part in course.lessons)
        sequence = sequences.of(tx, row, course, row.session)
        # Where a package says what comes next, its tree knows how far one has come; attempts from before are none of it yet.
        whole = sequence.standing if sequence and sequence.told else progress.together(lessons)
        tried.append(Tried(whole, lessons, len(found), row.created))
    return there[best(tried)]


def begin(tx: Tx, token: Attempt) -> dict[str, Any]:
    """Begin a session: from now on no earlier one changes anything. Tell what stands of each item."""
    row = hold(tx, token)
    session = row.session + 1
    attempts.begin_session(tx, row.id, session)
    there = tracks_of(tx, row.id)
    told: dict[str, Any] = {"session": session, "item": row.item}
    told["tracks"] = {item: {"values": one.values, "ended": one.ended} for item, one in there.items()}
    course = SHELF.take(tx, row.version_id)
    sequence = sequences.of(tx, row, course, session)
    if sequence is not None:
        sequence.begin(there)
        step = Step(session, 0, 0, first=False, finished=False, happened=datetime.now(UTC))
        telling.of_course(tx, telling.about(row, course), step, sequence.was, sequence.standing)
        told["next"] = sequence.told
    return told


def tracks_of(tx: Tx, attempt: UUID) -> dict[str, Track]:
    """Read what stands of each item that was ever opened."""
    return {one.item: track(one) for one in tracks.list_of(tx, attempt)}


def track(row: TrackRow) -> Track:
    """Read what stands of an item."""
    return Track(json.loads(row.values), row.session, row.visit, row.ended)


def hold(tx: Tx, token: Attempt) -> AttemptRow:
    """Find the attempt that a token is for, and keep it from others until the transaction ends."""
    row = attempts.hold(tx, token.attempt)
    if row is None or row.version_id != token.version:
        raise NotFound
    return row
