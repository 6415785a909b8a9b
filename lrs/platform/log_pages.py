"""The log of the platform as its administrator reads it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lrs.access import PLATFORM, allow, caller
from lrs.people import cursor
from lrs.platform import deeds
from lrs.web import reading
from storage import platform

pages = Blueprint("platform_log", __name__)

_A_PAGE = 100


@pages.get("/platform/log")
@allow(PLATFORM)
def listed() -> ResponseReturnValue:
    """List what was done on the platform, newest first."""
    with reading() as tx:
        found = platform.deeds(tx, _A_PAGE + 1, before=cursor.read(request.args.get("before", "")))
    last = found[_A_PAGE - 1][0] if len(found) > _A_PAGE else None
    return render_template(
        "platform_log.html",
        deeds=found[:_A_PAGE],
        words=deeds.WORDS,
        here=caller().session_id,
        more="" if last is None else cursor.write((last.at, last.id)),
    )
