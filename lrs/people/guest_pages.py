"""What a guest does beside learning: keep what they have learnt, take it home, leave; and the one question whether it was you."""

from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs import cookies, forgery
from lrs.access import EVERYBODY, GUEST, ROLES, allow, caller
from lrs.errors import Malformed, NotAllowed, Trouble
from lrs.language import COOKIE
from lrs.people import accounts, coming_in, guests, limits
from lrs.people.callers import guest_cookie
from lrs.people.guests import ClaimedAlready, Here, Learnt, SomebodyHere, WrongCode
from lrs.people.limits import TooMany, Visitor
from lrs.scannable import address_of
from lrs.scannable import code as drawn
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import spaces
from storage.database import Tx

pages = Blueprint("guests", __name__)

CODE = "c"
"""The parameter that brings a code from a picture."""


@pages.get("/s/<space>/keep")
@allow(GUEST)
def keep() -> ResponseReturnValue:
    """Show the ways to keep what was learnt without a name."""
    return _own_page("keep.html")


@pages.post("/s/<space>/keep/code")
@allow(GUEST)
def make_code() -> ResponseReturnValue:
    """Make a code to take home, and show it this once."""
    with transaction() as tx:
        code = guests.make_code(tx, services().identity_keys, _guest())
    picture = drawn(address_of("guests.code", **{CODE: code}))
    where = address_of("guests.code")
    return render_template(
        "take_home.html",
        space=current_space(),
        code=guests.spoken(code),
        picture=picture,
        where=where,
        days=accounts.LINK_LASTS.days,
    )


@pages.get("/s/<space>/leave")
@allow(GUEST)
def leaving() -> ResponseReturnValue:
    """Say what leaving means, before it is done."""
    return _own_page("leaving.html")


@pages.post("/s/<space>/leave")
@allow(GUEST)
def leave() -> ResponseReturnValue:
    """Forget the guest on this device, for whoever comes next."""
    with transaction() as tx:
        guests.leave(tx, _guest())
    response = coming_in.go_on(url_for("open.page", left=1))
    cookies.drop(response, guest_cookie())
    cookies.drop(response, COOKIE)  # whoever comes next may read another
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@pages.get("/s/<space>/code")
@allow(EVERYBODY)
def code() -> ResponseReturnValue:
    """Show the field for a code; only pressing the button uses it up."""
    return _code_page(request.args.get(CODE, ""))


@pages.post("/s/<space>/code")
@allow(EVERYBODY)
def use_code() -> ResponseReturnValue:
    """Go on, on this device, with what was learnt elsewhere without a name."""
    typed, keys = request.form.get("code", ""), services().identity_keys
    try:
        with transaction() as tx:  # by itself: a try that fails counts all the same
            limits.take(tx, keys, limits.CODES, visitor())
        with transaction() as tx:
            word = guests.use_code(tx, keys, typed, Here(_word(), coming_in.device(), forgery.browser()))
    except (WrongCode, TooMany, SomebodyHere) as wrong:
        return _code_page(typed, wrong)
    response = coming_in.go_on(url_for("guests.ask") if caller().role in ROLES else "")
    settle(response, word)
    return response


@pages.get("/s/<space>/claim")
@allow(*ROLES)
def ask() -> ResponseReturnValue:
    """Ask whether what was learnt on this device without a name was learnt by who is signed in."""
    with reading() as tx:
        found = _here(tx)
    if found is None or not found.lessons:
        return coming_in.go_on(coming_in.wanted())
    return render_template("claim.html", space=current_space(), lessons=found.lessons, go=coming_in.wanted())


@pages.post("/s/<space>/claim")
@allow(*ROLES)
def answer() -> ResponseReturnValue:
    """Join what was learnt without a name to who is signed in, if they say so; the device alone says which guest is meant."""
    said, own = request.form.get("answer", ""), caller().account_id
    if said not in {"yes", "no"} or own is None:
        raise Malformed
    response = coming_in.go_on(coming_in.wanted())
    if said == "yes":
        try:
            with transaction() as tx:
                _claim(tx, own)
        except ClaimedAlready:
            with reading() as tx:
                if not guests.taken_over(tx, _word(), own):
                    raise
        cookies.drop(response, guest_cookie())
    return response


def _claim(tx: Tx, own: UUID) -> None:
    found = _here(tx)
    if found is None:
        raise ClaimedAlready
    guests.claim(tx, found.guest, own)


def settle(response: Response, word: str) -> None:
    """Let a guest live on this device."""
    cookies.write(response, guest_cookie(), word, int(guests.LASTS.total_seconds()))


def visitor() -> Visitor:
    """Tell by what a request is counted."""
    return Visitor(forgery.browser(), request.remote_addr or "")


def _word() -> str:
    return cookies.read(guest_cookie())


def _here(tx: Tx) -> Learnt | None:
    """Tell what the guest has learnt who lives on this device."""
    guest = guests.of_session(tx, _word())
    return None if guest is None else guests.learnt(tx, guest.id)


def _guest() -> UUID:
    found = caller().account_id
    if found is None:
        raise NotAllowed
    return found


def _own_page(template: str) -> str:
    with reading() as tx:
        found = guests.learnt(tx, _guest())
        registering = spaces.registering(tx) == spaces.ANYBODY
    other = "other" in request.args  # who presses is not who has learnt
    return render_template(template, space=current_space(), lessons=found.lessons, registering=registering, other=other)


def _code_page(typed: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    page = render_template("code.html", space=current_space(), typed=typed, wrong=wrong)
    if wrong is None:
        return page
    later = {"Retry-After": str(wrong.retry_after)} if wrong.retry_after else {}
    return page, wrong.status, later
