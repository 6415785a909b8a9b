"""Whether the platform's administrator is calling: asked on the platform's routes alone, of a cookie that counts nowhere else."""

from datetime import UTC, datetime

from flask import g, request

from lrs import access, cookies
from lrs.access import PLATFORM, Caller, access_of
from lrs.people.keeper import keeper
from lrs.platform import entry
from lrs.web import reading, transaction
from storage import platform


def identify() -> None:
    """Find out, before a view of the platform runs, whether its session holds."""
    if request.endpoint is not None and PLATFORM in access_of(request.endpoint).roles:
        g.caller = _administrator() or access.NOBODY


def _administrator() -> Caller | None:
    word = cookies.read(entry.COOKIE)
    if not word:
        return None
    with reading() as tx:
        session = entry.session_of(tx, word)
    if session is None:
        return None
    if keeper().seen.is_due(session.bytes):
        with transaction() as tx:
            platform.see_session(tx, session, datetime.now(UTC))
    return Caller(role=PLATFORM, session_id=session)
