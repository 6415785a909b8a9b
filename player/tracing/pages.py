"""The author's pages about attempts: which there are at a version, and what happened in one of them, step by step. Nobody is named."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lrs.access import ADMINISTRATOR, AUTHOR, OWNER, allow, caller
from lrs.errors import NotFound
from lrs.web import current_space, reading
from player import course
from player.course import Course
from player.replay import Asked
from player.tracing import again, moments, shown
from player.tracing.again import Again
from player.tracing.calls import calls
from player.tracing.moments import Walk
from storage import attempts, commits, sequences, versions
from storage.database import Tx
from storage.sequences import RequestRow
from storage.versions import VersionRow

pages = Blueprint("tracing", __name__, template_folder="../templates")

PAGE = 50
"""Attempts on one page."""

MOST = 500
"""Commits that are read, the newest; of requests no more are kept."""

ROOM = 8_000_000
"""Characters of commits that are read: a lesson may say so much at once that many would fill the memory."""

_AUTHORS = (OWNER, ADMINISTRATOR, AUTHOR)


@pages.get("/s/<space>/packages/<uuid:version_id>/attempts")
@allow(*_AUTHORS)
def listed(version_id: UUID) -> ResponseReturnValue:
    """List the attempts at a version, the newest first, without saying whose they are."""
    before = _moment(request.args.get("before", ""))
    with reading() as tx:
        version = _version(tx, version_id)
        found = attempts.at_version(tx, version_id, before or datetime.now(UTC) + timedelta(days=1), PAGE + 1)
    more = found[PAGE - 1].created.isoformat() if len(found) > PAGE else ""
    return render_template(
        "attempts.html",
        space=current_space(),
        version=version,
        attempts=found[:PAGE],
        own=caller().account_id,
        more=more,
        first=before is None,
    )


@pages.get("/s/<space>/attempts/<uuid:attempt_id>/trace")
@allow(*_AUTHORS)
def trace(attempt_id: UUID) -> ResponseReturnValue:
    """Show one moment of an attempt: what was said or decided, why, and where it left the course."""
    with reading() as tx:
        attempt = attempts.find(tx, attempt_id)
        if attempt is None:
            raise NotFound
        version = _version(tx, attempt.version_id)
        rows = sequences.requests(tx, attempt_id)
        said = calls(commits.newest(tx, attempt_id, MOST, ROOM))
    learned = course.of(version)
    walk = moments.walk(said, rows, request.args.get("step", ""))
    return render_template(
        "trace.html",
        space=current_space(),
        version=version,
        attempt=attempt,
        walk=walk,
        then=_again(learned, walk),
        shown=shown.Shown(learned),
        own=attempt.account_id == caller().account_id,
    )


def _again(learned: Course, walk: Walk | None) -> Again | None:
    """Ask the sequencer once more what was asked last by the moment that is looked at."""
    row = walk.request if walk else None
    if learned.tree is None or walk is None or row is None:
        return None
    after = walk.after(row)
    return again.again(learned.tree, _unpacked(row), row.delivered, _unpacked(after).state if after else None)


def _unpacked(row: RequestRow) -> Asked:
    return Asked.unpacked(row.request, row.target, row.detail)


def _version(tx: Tx, version_id: UUID) -> VersionRow:
    found = versions.find_version(tx, version_id)
    if found is None:
        raise NotFound
    return found


def _moment(text: str) -> datetime | None:
    """Read a moment as a page of this list has written it; anything else is the beginning."""
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else None
    return None
