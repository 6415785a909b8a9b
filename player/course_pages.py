"""A course's own page: for everybody what it is and how to join; for those who are in it, where they stand and what is next."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import EVERYBODY, GUEST, ROLES, allow, caller
from lrs.errors import Trouble
from lrs.people import coming_in, limits
from lrs.people.guest_pages import visitor
from lrs.people.limits import TooMany
from lrs.services import services
from lrs.web import current_space, reading, transaction
from packages.courses import enrolling, keeping, shown
from packages.courses.enrolling import WrongCourseCode
from packages.courses.pages import MAKERS
from player import learning, listing
from storage import spaces

pages = Blueprint("course", __name__)

enrol_pages = Blueprint("enrol", __name__)


@pages.get("/s/<space>/courses/<uuid:course_id>")
@allow(EVERYBODY)
def one(course_id: UUID) -> ResponseReturnValue:
    """Show a course: what it is, or where one stands in it."""
    who = caller()
    with reading() as tx:
        found = learning.one(tx, who, course_id)
        registering = spaces.registering(tx) == spaces.ANYBODY
    learns = found.enrolment is not None or (who.role == GUEST and found.row.opened is not None)
    return render_template(
        "course_learn.html" if learns else "course_public.html",
        space=current_space(),
        learning=found,
        row=found.row,
        course=found.course,
        standing=found.standing,
        person=who.role in ROLES,
        guest=who.role == GUEST,
        maker=who.role in MAKERS,
        registering=registering,
        go=url_for("course.one", course_id=course_id),
        done=request.args.get("done", ""),
        **shown.helpers(),
    )


@pages.post("/s/<space>/courses/<uuid:course_id>/join")
@allow(*ROLES)
def join(course_id: UUID) -> ResponseReturnValue:
    """Join a course that is open to everybody."""
    with transaction() as tx:
        joined = enrolling.by_oneself(tx, listing.account(caller()), course_id)
    return _joined(joined)


@pages.post("/s/<space>/courses/<uuid:course_id>/leave")
@allow(*ROLES)
def leave(course_id: UUID) -> ResponseReturnValue:
    """Leave a course; what was learnt is kept."""
    who = listing.account(caller())
    with transaction() as tx:
        keeping.find(tx, course_id)
        enrolling.leave(tx, who, course_id, who)
    return redirect(url_for("course.one", course_id=course_id, done="left"), 303)


@enrol_pages.get("/s/<space>/join")
@allow(EVERYBODY)
def form() -> ResponseReturnValue:
    """Show the field for a course's code; only pressing the button joins."""
    return _form(request.args.get("c", "")[:40])


@enrol_pages.post("/s/<space>/join")
@allow(*ROLES)
def use() -> ResponseReturnValue:
    """Join the course that a code is of."""
    typed = request.form.get("code", "")[:40]
    try:
        with transaction() as tx:  # by itself: a try that fails counts all the same
            limits.take(tx, services().identity_keys, limits.COURSE_CODES, visitor())
        with transaction() as tx:
            joined = enrolling.with_code(tx, listing.account(caller()), typed)
    except (WrongCourseCode, TooMany) as wrong:
        return _form(typed, wrong)
    return _joined(joined)


def _joined(joined: enrolling.Joined) -> ResponseReturnValue:
    done = "there" if joined.before else "joined"
    return coming_in.go_on(url_for("course.one", course_id=joined.course_id, done=done))


def _form(typed: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    with reading() as tx:
        registering = spaces.registering(tx) == spaces.ANYBODY
    page = render_template(
        "course_code.html",
        space=current_space(),
        typed=typed,
        wrong=wrong,
        person=caller().role in ROLES,
        registering=registering,
        go=url_for("enrol.form", c=typed or None),
    )
    if wrong is None:
        return page
    return page, wrong.status, {"Retry-After": str(wrong.retry_after)} if wrong.retry_after else {}
