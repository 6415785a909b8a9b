"""The sessions of the platform: on which devices somebody is signed in above all spaces."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import PLATFORM, allow, caller
from lrs.errors import NotAllowed
from lrs.platform import deeds
from lrs.web import reading, transaction
from storage import platform
from storage.database import Tx

pages = Blueprint("platform_sessions", __name__)


@pages.get("/platform/sessions")
@allow(PLATFORM)
def listed() -> ResponseReturnValue:
    """List the open sessions of the platform."""
    with reading() as tx:
        sessions = platform.open_sessions(tx, datetime.now(UTC))
    return render_template(
        "platform_sessions.html", sessions=sessions, here=caller().session_id, done=request.args.get("done", "")
    )


@pages.post("/platform/sessions/<uuid:session_id>/end")
@allow(PLATFORM)
def end_one(session_id: UUID) -> ResponseReturnValue:
    """End one session of the platform."""
    with transaction() as tx:
        end(tx, session_id, deeds.ENDED)
    return redirect(url_for("platform_sessions.listed", done="ended"), 303)


@pages.post("/platform/sessions/end")
@allow(PLATFORM)
def end_others() -> ResponseReturnValue:
    """End all sessions of the platform but this one."""
    with transaction() as tx:
        if platform.end_other_sessions(tx, _own(), datetime.now(UTC)):
            deeds.note(tx, deeds.ENDED, session=_own())
    return redirect(url_for("platform_sessions.listed", done="ended"), 303)


def end(tx: Tx, session_id: UUID | None, act: str) -> None:
    """End a session, and write down that it was; one that has ended already stays so."""
    if session_id is not None and platform.end_session(tx, session_id, datetime.now(UTC)):
        deeds.note(tx, act, session=_own())


def _own() -> UUID:
    found = caller().session_id
    if found is None:
        raise NotAllowed
    return found
