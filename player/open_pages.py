"""The page that a poster, a link or a kiosk leads to: what is open to everybody, and one button to begin (docs/people.md)."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, GUEST, NOBODY, allow, caller
from lrs.errors import NotFound, Trouble
from lrs.people import coming_in, guests, limits
from lrs.people.guest_pages import settle, visitor
from lrs.people.limits import TooMany
from lrs.people.units_pages import unit_in as named
from lrs.services import services
from lrs.web import current_space, reading, transaction
from player import listing
from storage import spaces, versions
from storage.versions import ListedVersion

pages = Blueprint("open", __name__, template_folder="templates")


@pages.get("/s/<space>/open")
@allow(EVERYBODY)
def page() -> ResponseReturnValue:
    """Show what is open to everybody; looking at it makes nobody a guest."""
    return _page()


def _page(wrong: Trouble | None = None) -> str:
    who = caller()
    with reading() as tx:
        opened = versions.list_open(tx)
        registering = spaces.registering(tx) == spaces.ANYBODY
        learnt = guests.learnt(tx, listing.account(who)).lessons if who.role == GUEST else ()
    return render_template(
        "open.html",
        space=current_space(),
        wrong=wrong,
        opened=opened,
        first=_chosen(opened, named(request.values, "lesson")),
        registering=registering,
        learnt=learnt,
        person=who.role not in {None, GUEST},
        left="left" in request.args,
    )


@pages.post("/s/<space>/open")
@allow(EVERYBODY)
def begin() -> ResponseReturnValue:
    """Let somebody learn without a name; who is here already, as a guest or by name, goes on as who they are."""
    word = ""
    try:
        with transaction() as tx:
            lesson = _chosen(versions.list_open(tx), named(request.form, "lesson"))
            if lesson is None:
                raise NotFound
            if caller() == NOBODY:
                limits.take(tx, services().identity_keys, limits.GUESTS, visitor())
                word = guests.begin(tx, coming_in.device())
    except TooMany as wrong:  # on the page that also shows the way to sign in
        return _page(wrong), wrong.status, {"Retry-After": str(wrong.retry_after)}
    response = coming_in.go_on(url_for("player.play", version_id=lesson.id))
    if word:
        settle(response, word)
    return response


def _chosen(opened: list[ListedVersion], wanted: UUID | None) -> ListedVersion | None:
    """Choose the lesson that an address names, if it is open, or the first one."""
    return next((version for version in opened if version.id == wanted), opened[0] if opened else None)
