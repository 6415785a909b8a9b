"""Signing in and out, and the first page of a space."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lrs import cookies
from lrs.access import EVERYBODY, ROLES, allow
from lrs.people import accounts
from lrs.people.callers import session_cookie
from lrs.web import current_space, reading, transaction

pages = Blueprint("people", __name__)


@pages.get("/")
@allow(EVERYBODY)
def welcome() -> ResponseReturnValue:
    """Say where one is, and how to come in."""
    return render_template("welcome.html")


@pages.get("/s/<space>/link/<word>")
@allow(EVERYBODY)
def link(word: str) -> ResponseReturnValue:
    """Show a button. Only pressing it uses the link, so that a mail program's preview burns nothing."""
    with reading() as tx:
        accounts.look_at_link(tx, word)
    return render_template("link.html", word=word, space=current_space())


@pages.post("/s/<space>/link/<word>")
@allow(EVERYBODY)
def use_link(word: str) -> ResponseReturnValue:
    """Use the link up and sign in."""
    with transaction() as tx:
        session = accounts.use_link(tx, word)
    response = _to_start()
    cookies.write(response, session_cookie(), session, int(accounts.SESSION_LASTS.total_seconds()))
    return response


@pages.post("/s/<space>/sign-out")
@allow(*ROLES)
def sign_out() -> ResponseReturnValue:
    """Sign out: the session ends here and on the server."""
    with transaction() as tx:
        accounts.end_session(tx, cookies.read(session_cookie()))
    response = Response(render_template("signed_out.html", space=current_space()))
    cookies.drop(response, session_cookie())
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _to_start() -> Response:
    response = redirect(url_for("player.start"), 303)
    assert isinstance(response, Response)  # noqa: S101 - narrows werkzeug's type to Flask's
    return response
