"""Signing in with a password, and where help is when that does not work."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lrs import cookies
from lrs.access import EVERYBODY, allow
from lrs.errors import Trouble
from lrs.people import accounts, coming_in, entry, letters
from lrs.people.entry import Attempt, WaitALittle, WrongPassword
from lrs.services import services
from lrs.web import current_space, reading, release, transaction
from storage import spaces, versions

pages = Blueprint("entry", __name__)


@pages.get("/s/<space>/sign-in")
@allow(EVERYBODY)
def form() -> ResponseReturnValue:
    """Show two fields and a button."""
    return _form()


@pages.post("/s/<space>/sign-in")
@allow(EVERYBODY)
def sign_in() -> ResponseReturnValue:
    """Sign in, and go on to where somebody wanted to be."""
    attempt = Attempt(request.form.get("who", ""), request.form.get("password", ""), cookies.read(coming_in.DEVICE))
    release()  # nobody keeps a connection while a password is computed
    try:
        account_id = entry.sign_in(services().database, services().identity_keys, current_space().id, attempt)
    except (WrongPassword, WaitALittle) as wrong:
        return _form(attempt.who, wrong)
    with transaction() as tx:
        session = accounts.begin_session(tx, account_id, datetime.now(UTC), coming_in.device())
        device = coming_in.know(tx, account_id)
    return coming_in.come_in(session, device, coming_in.wanted())


@pages.get("/s/<space>/sign-in/help")
@allow(EVERYBODY)
def help_in() -> ResponseReturnValue:
    """Say who helps somebody who cannot get in."""
    return render_template("sign_in_help.html", space=current_space(), mail_offered=letters.offered())


def _form(who: str = "", wrong: Trouble | None = None) -> ResponseReturnValue:
    with reading() as tx:
        registering, opened = spaces.registering(tx) == spaces.ANYBODY, versions.open_packages(tx)
    page = render_template(
        "sign_in.html",
        space=current_space(),
        who=who,
        wrong=wrong,
        go=coming_in.wanted(),
        mail_offered=letters.offered(),
        registering=registering,
        opened=opened,
    )
    if wrong is None:
        return page
    later = {"Retry-After": str(wrong.retry_after)} if wrong.retry_after else {}
    return page, wrong.status, later
