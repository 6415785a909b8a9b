"""The learner's pages on the app: the lessons of a space, and the page in which one is played."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from lrs import headers
from lrs.access import LEARNERS, allow, caller
from lrs.config import SIBLING
from lrs.errors import NotFound
from lrs.hosts import content_label
from lrs.outcomes import renewing
from lrs.people import overview
from lrs.people.units_pages import unit_in as named
from lrs.services import services
from lrs.skills.blueprint import helpers as of_skills
from lrs.web import current_space, reading, transaction
from packages.courses import shown
from player import attempts, course, draining, learning, listing, tokens
from storage import attempts as attempt_rows
from storage import skills
from storage.attempts import AttemptRow

pages = Blueprint(
    "player", __name__, template_folder="templates", static_folder="static", static_url_path="/static/player"
)


@pages.get("/s/<space>/")
@allow(*LEARNERS)
def start() -> ResponseReturnValue:
    """Show the lessons, and what to do next."""
    with reading() as tx:
        lessons = listing.lessons(tx, caller())
        learnings, opened = learning.all_of(tx, caller()), learning.open_to(tx, caller())
        held = {one.id for each in learnings for one in each.lessons.values()}
        lessons = [lesson for lesson in lessons if lesson.id not in held]
        tiles = overview.tiles(tx, caller().role)
        account = listing.account(caller())
        papers, glance = renewing.shown(tx, account), skills.glance(tx, account)
    return render_template(
        "start.html",
        space=current_space(),
        lessons=lessons,
        following=listing.following(lessons),
        learnings=learnings,
        opened=opened,
        onward=learning.following(learnings),
        who=caller(),
        device=draining.of_device(),
        tiles=tiles,
        papers=papers,
        glance=glance,
        **shown.helpers(),
        **of_skills(),
    )


@pages.get("/s/<space>/lessons/<uuid:version_id>")
@allow(*LEARNERS)
def play(version_id: UUID) -> ResponseReturnValue:
    """Show the page in which a lesson is played; the lesson itself comes from its own origin."""
    with reading() as tx:
        version = listing.version(tx, caller(), version_id)
        state = listing.state(tx, caller(), version)
    origin = _origin(version.id)
    headers.allow_content(origin)
    framed = services().config.arrangement == SIBLING
    playable = course.of(version).playable
    page = render_template(
        "play.html",
        space=current_space(),
        version=version,
        state=state,
        origin=origin,
        framed=framed,
        playable=playable,
        back=_way_back(),
    )
    # A lesson that plays in a window of its own finds the API through its opener: `same-origin` would cut it off for the frames in it too.
    return page, {"Cross-Origin-Opener-Policy": "same-origin-allow-popups"} if framed else {}


@pages.post("/s/<space>/lessons/<uuid:version_id>/launch")
@allow(*LEARNERS)
def launch(version_id: UUID) -> ResponseReturnValue:
    """Hand out the two tokens of an attempt; its shell begins a session with them."""
    who = listing.account(caller())
    with transaction() as tx:
        row = listing.version(tx, caller(), version_id)
        attempt = attempts.launch(tx, who, version_id, renewing.since(tx, who, row.activity))
    content = tokens.content_token(services().keys, tokens.Content(current_space().id, version_id), who)
    return {"play": f"{_origin(version_id)}/play/{content}", "attempt": _token(attempt)}


@pages.post("/s/<space>/attempts/<uuid:attempt_id>/token")
@allow(*LEARNERS)
def renew(attempt_id: UUID) -> ResponseReturnValue:
    """Hand out a fresh token for an attempt of the learner's own: to go on, or to send what a device still keeps of it."""
    attempt = _own(attempt_id)
    return {"attempt": _token(attempt), "origin": _origin(attempt.version_id)}


@pages.get("/s/<space>/attempts/<uuid:attempt_id>/renew")
@allow(*LEARNERS)
def renew_in_place(attempt_id: UUID) -> ResponseReturnValue:
    """Send a fresh token to the shell that waits for it in another window, once its learner is signed in again."""
    attempt = _own(attempt_id)
    origin = _origin(attempt.version_id)
    headers.allow_content(origin)
    return render_template("renew.html", action=f"{origin}/renewed?lang={get_locale()}", attempt=_token(attempt))


@pages.get("/s/<space>/lessons/<uuid:version_id>/state")
@allow(*LEARNERS)
def state(version_id: UUID) -> ResponseReturnValue:
    """Tell the truth about a lesson: a message from its frame is only a hint to ask."""
    with reading() as tx:
        return {"state": listing.state(tx, caller(), listing.version(tx, caller(), version_id))}


def _way_back() -> str:
    """Tell where somebody came from: the page of a course, or that of all lessons."""
    came = named(request.args, "course")
    return url_for("player.start") if came is None else url_for("course.one", course_id=came)


def _own(attempt_id: UUID) -> AttemptRow:
    with reading() as tx:
        found = attempt_rows.own(tx, listing.account(caller()), attempt_id)
    if found is None:
        raise NotFound
    return found


def _token(attempt: AttemptRow) -> str:
    space = current_space()
    return tokens.attempt_token(services().keys, tokens.Attempt(space.id, space.slug, attempt.id, attempt.version_id))


def _origin(version_id: UUID) -> str:
    return services().config.content_origin(content_label(version_id))
