"""Registering by oneself, where a space lets people; and the page on which it says so."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, ROLES, allow, caller
from lrs.errors import Malformed, NotFound, Trouble
from lrs.people import accounts, audit, coming_in, limits, once
from lrs.people.directory import Directory
from lrs.people.guest_pages import visitor
from lrs.people.identity import Identity, NotUnderstood
from lrs.people.limits import TooMany
from lrs.people.once import Press
from lrs.people.roles import KEEPERS
from lrs.scannable import address_of, code
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import spaces, versions
from storage.database import Tx

pages = Blueprint("registering", __name__)


@pages.get("/s/<space>/register")
@allow(EVERYBODY)
def form() -> ResponseReturnValue:
    """Ask for a name, and for a way to reach somebody if they like."""
    with reading() as tx:
        _look(tx)
    if caller().role in ROLES:
        return coming_in.go_on(coming_in.wanted())
    return _form({})


@pages.post("/s/<space>/register")
@allow(EVERYBODY)
def register() -> ResponseReturnValue:
    """Make an account for somebody who comes by themselves: it is the same work whoever else is here."""
    given = request.form.to_dict()
    try:
        account_id = once.make(Press.of(given), lambda tx: _register(tx, given))
    except (NotUnderstood, TooMany) as wrong:
        return _form(given, wrong)
    with transaction() as tx:
        session = accounts.begin_session(tx, account_id, datetime.now(UTC), coming_in.device())
        device = coming_in.know(tx, account_id)
    return coming_in.come_in(session, device, url_for("own.account", first=1, go=coming_in.wanted() or None))


@pages.get("/s/<space>/people/by-themselves")
@allow(*KEEPERS)
def doors() -> ResponseReturnValue:
    """Show who may come by themselves, and the code for a poster."""
    with reading() as tx:
        who, titles = spaces.registering(tx), [version.title for version in versions.list_open(tx)]
    address = address_of("open.page")
    return render_template(
        "doors.html",
        space=current_space(),
        who_registers=who,
        titles=titles,
        address=address,
        picture=code(address),
        done=request.args.get("done", ""),
    )


@pages.post("/s/<space>/people/by-themselves")
@allow(*KEEPERS)
def set_doors() -> ResponseReturnValue:
    """Say who may register by themselves."""
    who = request.form.get("who", "")
    if who not in {spaces.NOBODY, spaces.ANYBODY}:
        raise Malformed
    with transaction() as tx:
        if spaces.registering(tx) != who:
            spaces.set_registering(tx, who)
            audit.note(tx, caller().account_id, audit.DOORS, who=who)
    return redirect(url_for("registering.doors", done="saved"), 303)


def _register(tx: Tx, given: dict[str, str]) -> UUID:
    _look(tx)
    identity, keys = Identity.introduced(given), services().identity_keys
    limits.take(tx, keys, limits.REGISTRATIONS, visitor())
    return Directory(tx, keys).register(identity).id


def _look(tx: Tx) -> None:
    """Make sure that this space lets people register."""
    if spaces.registering(tx) != spaces.ANYBODY:
        raise NotFound


def _form(given: dict[str, str], wrong: Trouble | None = None) -> ResponseReturnValue:
    page = render_template("register.html", space=current_space(), given=given, go=coming_in.wanted(), wrong=wrong)
    if wrong is None:
        return page
    later = {"Retry-After": str(wrong.retry_after)} if wrong.retry_after else {}
    return page, 422 if isinstance(wrong, NotUnderstood) else wrong.status, later
