"""Forgotten your password? One field, and one answer to everybody."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from lrs.access import EVERYBODY, allow
from lrs.errors import NotFound, Trouble
from lrs.people import forgotten, letters
from lrs.people.forgotten import Asked, AskedTooOften
from lrs.people.guest_pages import visitor
from lrs.people.identity import NotUnderstood
from lrs.people.limits import TooMany
from lrs.services import services
from lrs.web import current_space, on_own_host, release

pages = Blueprint("forgotten", __name__)


@pages.get("/s/<space>/sign-in/forgotten")
@allow(EVERYBODY)
def form() -> ResponseReturnValue:
    """Ask who somebody is, or say what happens now; without a mail server, say who helps."""
    if not letters.offered():
        return redirect(url_for("entry.help_in"), 303)
    return _page()


@pages.post("/s/<space>/sign-in/forgotten")
@allow(EVERYBODY)
def ask() -> ResponseReturnValue:
    """Have a link sent to whoever is named, if there is such a one: everybody gets the same answer."""
    if not letters.offered():
        raise NotFound
    who = request.form.get("who", "")
    release()
    try:
        asked = Asked(who, visitor(), letters.Manner(str(get_locale()), on_own_host()))
        forgotten.ask(services().database, services().identity_keys, current_space().id, asked)
    except (NotUnderstood, TooMany, AskedTooOften) as wrong:
        later = {"Retry-After": str(wrong.retry_after)} if wrong.retry_after else {}
        status = wrong.status if wrong.retry_after else 422
        return _page(who, wrong), status, later
    return redirect(url_for("forgotten.form", asked=1), 303)


def _page(who: str = "", wrong: Trouble | None = None) -> str:
    return render_template(
        "forgotten.html", space=current_space(), who=who, wrong=wrong, asked=request.args.get("asked") == "1"
    )
