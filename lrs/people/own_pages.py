"""My account: who I am here, my password, the devices on which I am signed in."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from lrs import cookies
from lrs.access import ROLES, allow, caller
from lrs.errors import NotAllowed
from lrs.people import audit, coming_in, letters, passwords, words
from lrs.people.callers import session_cookie
from lrs.people.directory import Directory
from lrs.people.entry import confirm
from lrs.people.identity import Identity, NotUnderstood
from lrs.services import services
from lrs.web import current_space, reading, release, transaction
from storage import audit as deeds
from storage import entry, people
from storage.audit import Wanted
from storage.database import Tx

pages = Blueprint("own", __name__)


@pages.get("/s/<space>/me")
@allow(*ROLES)
def account() -> ResponseReturnValue:
    """Show somebody their own account."""
    return _page()


@pages.post("/s/<space>/me/password")
@allow(*ROLES)
def set_password() -> ResponseReturnValue:
    """Set a password; who has one says it first, and all other devices are signed out."""
    account_id, now = _own_id(), datetime.now(UTC)
    with reading() as tx:
        known = Directory(tx, services().identity_keys, account_id).identity(account_id)
        has_one = entry.password_of(tx, account_id) is not None
    release()  # nobody keeps a connection while a password is computed
    try:
        about = (known.name, known.email, known.phone, known.staff_code, known.number, known.contact)
        told = passwords.check(request.form.get("new", ""), *about)
        if has_one:
            _check_old(account_id, request.form.get("old", ""))
    except NotUnderstood as wrong:
        return _page(wrong), 422
    hashed = passwords.make(told)
    with transaction() as tx:
        entry.set_password(tx, account_id, hashed, now)
        people.end_sessions(tx, account_id, now, but=_own_session())
        people.end_links(tx, account_id, now)
        letters.withdraw(tx, account_id)
        _tell(tx, known)
        audit.note(tx, account_id, audit.PASSWORD, account_id)
    return redirect(url_for("own.account", done="password", go=coming_in.wanted() or None), 303)


@pages.post("/s/<space>/me/devices/end")
@allow(*ROLES)
def end_others() -> ResponseReturnValue:
    """Sign out on all devices but this one."""
    account_id = _own_id()
    with transaction() as tx:
        people.end_sessions(tx, account_id, datetime.now(UTC), but=_own_session())
        audit.note(tx, account_id, audit.ENDED, account_id)
    return redirect(url_for("own.account", done="devices"), 303)


@pages.post("/s/<space>/me/devices/<digest>/end")
@allow(*ROLES)
def end_one(digest: str) -> ResponseReturnValue:
    """Sign out on one other device of one's own."""
    account_id, now = _own_id(), datetime.now(UTC)
    with transaction() as tx:
        for session in people.open_sessions(tx, account_id, now):
            if session.hash.hex() == digest:
                people.end_session(tx, session.hash, now)
                audit.note(tx, account_id, audit.ENDED, account_id)
    return redirect(url_for("own.account", done="devices"), 303)


def _tell(tx: Tx, known: Identity) -> None:
    """Tell somebody by e-mail that their password was changed, unless it is their first one: then there was nothing to change."""
    before = Wanted(subject=_own_id(), acts=(audit.PASSWORD,))
    if letters.offered() and known.email and deeds.page(tx, before, 1):
        letters.tell_of_password(tx, _own_id(), letters.Manner(str(get_locale())))


def _check_old(account_id: UUID, told: str) -> None:
    """Refuse whoever sits down at a device that somebody has left signed in."""
    if not confirm(services().database, services().identity_keys, current_space().id, account_id, told):
        raise NotUnderstood("old", _("This is not your password of now."))


def _page(wrong: NotUnderstood | None = None) -> str:
    account_id = _own_id()
    with reading() as tx:
        person = Directory(tx, services().identity_keys, account_id).find(account_id)
        has_password = entry.password_of(tx, account_id) is not None
        sessions = people.open_sessions(tx, account_id, datetime.now(UTC))
    return render_template(
        "me.html",
        space=current_space(),
        person=person,
        has_password=has_password,
        sessions=sessions,
        here=_own_session(),
        wrong=wrong,
        first="first" in request.args,
        go=coming_in.wanted(),
        done=request.args.get("done", ""),
    )


def _own_id() -> UUID:
    found = caller().account_id
    if found is None:
        raise NotAllowed
    return found


def _own_session() -> bytes:
    return words.digest(cookies.read(session_cookie()))
