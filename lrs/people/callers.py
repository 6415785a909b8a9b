"""Who is calling: a program by its key, or a person by the session of this space."""

from datetime import UTC, datetime

from flask import g, request

from lrs import access, cookies, hosts
from lrs.access import PROGRAM, Caller, access_of
from lrs.errors import TooManyRequests
from lrs.people import accounts, credentials, words
from lrs.people.keeper import keeper
from lrs.web import current_host, current_space, reading, transaction
from storage import people, spaces, usage
from storage.database import Tx


def session_cookie() -> str:
    """Name the cookie of the current space's session: spaces share a host, people may be in several."""
    return f"session-{current_space().slug}"


def guest_cookie() -> str:
    """Name the cookie of the guest on this device: it stays when somebody signs in, and is asked where nobody is."""
    return f"guest-{current_space().slug}"


def identify() -> None:
    """Find out who is calling, before any view runs."""
    if request.endpoint is not None and PROGRAM in access_of(request.endpoint).roles:
        g.caller = _program() or access.NOBODY
        g.space_id = g.caller.space_id
        _count(g.caller)
    elif "space" in g:
        g.caller = _whose(session_cookie(), access.ROLES) or _whose(guest_cookie(), (access.GUEST,)) or access.NOBODY


def _program() -> Caller | None:
    given = request.authorization
    if given is None or given.type != "basic" or not credentials.is_key(given.username or ""):
        return None
    key, secret, home = given.username or "", given.password or "", _home()
    known = keeper().known
    found = known.recall(key, secret, home)
    if found is None:
        with reading() as tx:
            found = credentials.caller_of(tx, key, secret)
            if found is None or not _at_home(tx, found, home):
                return None
        known.remember(key, secret, home, found)
    return found


def _home() -> str:
    """Name the space whose own host was asked; none on the app's host and the machine's."""
    host = current_host()
    return host.slug if host.kind == hosts.SPACE else ""


def _at_home(tx: Tx, program: Caller, home: str) -> bool:
    """Tell whether a key may be used on this host: a space's own host knows the keys of that space alone."""
    if not home:
        return True
    space = spaces.find_by_slug(tx, home)
    return space is not None and space.id == program.space_id


def _count(program: Caller) -> None:
    """Note that a key was used, and hold it to its rate."""
    credential, space, rate = program.credential_id, program.space_id, program.key.rate
    if credential is None or space is None:
        return
    now = datetime.now(UTC)
    keeper().uses.note(space, credential, now)
    if rate is None:
        return

    def take(minute: datetime, count: int) -> int:
        with transaction(space=space) as tx:
            return usage.take(tx, credential, minute, count)

    wait = keeper().rates.spend(credential, rate, now, take)
    if wait is not None:
        raise TooManyRequests(seconds=wait)


def _whose(cookie: str, roles: tuple[str, ...]) -> Caller | None:
    """Tell whose session a cookie names, if it is one for these roles."""
    word = cookies.read(cookie)
    if not word:
        return None
    with reading() as tx:
        account = accounts.account_of_session(tx, word)
    if account is None or account.role not in roles:
        return None
    digest = words.digest(word)
    if keeper().seen.is_due(digest):
        with transaction() as tx:
            people.see_session(tx, digest, datetime.now(UTC))
    return Caller(space_id=g.space_id, account_id=account.id, role=account.role, language=account.language)
