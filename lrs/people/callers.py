"""Who is calling: a program by its key, or a person by the session of this space."""

from flask import g, request

from lrs import access, cookies, hosts
from lrs.access import PROGRAM, Caller, access_of
from lrs.people import accounts, credentials
from lrs.web import current_host, current_space, reading
from storage import spaces
from storage.database import Tx


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
    if given is None or given.type != "basic" or not credentials.is_key(given.username or ""):
        return None
    with reading() as tx:
        found = credentials.caller_of(tx, given.username or "", given.password or "")
        return found if found is not None and _at_home(tx, found) else None


def _at_home(tx: Tx, program: Caller) -> bool:
    """Tell whether a key may be used on this host: a space's own host knows the keys of that space alone."""
    host = current_host()
    if host.kind != hosts.SPACE:
        return True
    space = spaces.find_by_slug(tx, host.slug)
    return space is not None and space.id == program.space_id


def _person() -> Caller | None:
    word = cookies.read(session_cookie())
    if not word:
        return None
    with reading() as tx:
        account = accounts.account_of_session(tx, word)
    if account is None:
        return None
    return Caller(space_id=g.space_id, account_id=account.id, role=account.role)
