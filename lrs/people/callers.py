"""Who is calling: a program by its key, or a person by the session of this space."""

from flask import Flask, g, request

from lrs import access, cookies
from lrs.access import PROGRAM, Caller, access_of
from lrs.people import accounts, credentials
from lrs.web import current_space, reading


def session_cookie() -> str:
    """Name the cookie of the current space's session: spaces share a host, people may be in several."""
    return f"session-{current_space().slug}"


def identify() -> None:
    """Find out who is calling, before any view runs."""
    if request.endpoint is None:
        return
    if PROGRAM in access_of(request.endpoint).roles:
        g.caller = _program() or access.NOBODY
        g.space_id = g.caller.space_id
    elif "space" in g:
        g.caller = _person() or access.NOBODY


def _program() -> Caller | None:
    given = request.authorization
    if given is None or given.type != "basic" or given.username is None:
        return None
    with reading() as tx:
        return credentials.caller_of(tx, given.username, given.password or "")


def _person() -> Caller | None:
    word = cookies.read(session_cookie())
    if not word:
        return None
    with reading() as tx:
        account = accounts.account_of_session(tx, word)
    if account is None:
        return None
    return Caller(space_id=g.space_id, account_id=account.id, role=account.role)


def init_app(app: Flask) -> None:
    """Identify each caller, then hold each view to what it asks of them."""
    app.before_request(identify)
    app.before_request(access.enforce)
