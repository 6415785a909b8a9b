"""Signing in and out, and the first page of a space."""

from flask import Blueprint, Response, g, render_template, url_for
from flask.typing import ResponseReturnValue

from lrs import cookies, forgery
from lrs.access import EVERYBODY, NOBODY, ROLES, allow
from lrs.people import accounts, audit, coming_in
from lrs.people.callers import session_cookie
from lrs.web import current_space, reading, transaction
from storage.people import ENTER

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
        purpose = accounts.look_at_link(tx, word).purpose
    return render_template("link.html", word=word, space=current_space(), purpose=purpose)


@pages.post("/s/<space>/link/<word>")
@allow(EVERYBODY)
def use_link(word: str) -> ResponseReturnValue:
    """Use the link up and sign in."""
    with transaction() as tx:
        session, link = accounts.use_link(tx, word, coming_in.device(), forgery.browser())
        device = coming_in.know(tx, link.account_id)
        audit.note(tx, link.account_id, audit.CAME_BY_LINK, link.account_id, purpose=link.purpose)
    return coming_in.come_in(session, device, "" if link.purpose == ENTER else url_for("own.account", first=1))


@pages.post("/s/<space>/sign-out")
@allow(*ROLES)
def sign_out() -> ResponseReturnValue:
    """Sign out: the session ends here and on the server."""
    with transaction() as tx:
        accounts.end_session(tx, cookies.read(session_cookie()))
    g.caller = NOBODY  # the page that says so is nobody's
    response = Response(render_template("signed_out.html", space=current_space()))
    cookies.drop(response, session_cookie())
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
