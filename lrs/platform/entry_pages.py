"""The way into the platform, and out: a button that uses a link up."""

from flask import Blueprint, Response, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lrs import cookies
from lrs.access import EVERYBODY, NOBODY, PLATFORM, allow, caller
from lrs.people.coming_in import device
from lrs.platform import deeds, entry
from lrs.platform.sessions_pages import end
from lrs.web import reading, transaction

pages = Blueprint("platform_entry", __name__)


@pages.get("/platform/link/<word>")
@allow(EVERYBODY)
def link(word: str) -> ResponseReturnValue:
    """Show a button. Only pressing it uses the link, so that a mail program's preview burns nothing."""
    with reading() as tx:
        entry.look_at_link(tx, word)
    return render_template("platform_link.html", word=word)


@pages.post("/platform/link/<word>")
@allow(EVERYBODY)
def use_link(word: str) -> ResponseReturnValue:
    """Use the link up and begin a session above all spaces."""
    with transaction() as tx:
        session = entry.use_link(tx, word, device())
    response = redirect(url_for("platform.listed"), 303)
    assert isinstance(response, Response)  # noqa: S101 - narrows werkzeug's type to Flask's
    cookies.write(response, entry.COOKIE, session, int(entry.SESSION_LASTS.total_seconds()), strict=True)
    return response


@pages.post("/platform/sign-out")
@allow(PLATFORM)
def sign_out() -> ResponseReturnValue:
    """Sign out of the platform: the session ends here and on the server."""
    with transaction() as tx:
        end(tx, caller().session_id, deeds.LEFT)
    g.caller = NOBODY  # the page that says so is nobody's
    response = Response(render_template("platform_signed_out.html"))
    cookies.drop(response, entry.COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
