"""The people of a course as those see them who look after people: who is in it, who comes in, in which batch (docs/courses.md)."""

from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs import days
from lrs.access import AUDITOR, allow, caller
from lrs.errors import Malformed, Trouble
from lrs.people import audit, cursor
from lrs.people.directory import Directory, Query
from lrs.people.roles import KEEPERS
from lrs.people.units import Units
from lrs.people.units_pages import unit_in as named
from lrs.services import services
from lrs.web import current_space, reading, transaction
from packages.courses import enrolling, keeping, shown
from packages.courses.enrolling import OfUnit
from packages.courses.keeping import NotReady
from packages.courses.pages import given
from storage import courses, enrolments
from storage.database import Tx
from storage.enrolments import Those

pages = Blueprint("enrolments", __name__)

_A_PAGE = 50
_FOUND = 20
"""People whom one search offers."""


@pages.get("/s/<space>/courses/<uuid:course_id>/people")
@allow(*KEEPERS, AUDITOR)
def listed(course_id: UUID) -> ResponseReturnValue:
    """List who is in a course, those who came last first."""
    after = cursor.read(request.args.get("from", ""))
    with transaction() as tx:
        row, known, today = keeping.find(tx, course_id), Units(tx), days.today()
        those, unit = _those(tx, today)
        count = enrolments.count(tx, course_id, those)
        found = enrolments.page(tx, course_id, those, _A_PAGE + 1, after)
        names = Directory(tx, services().identity_keys).names([one.account_id for one in found[:_A_PAGE]])
        audit.note_look(tx, caller().account_id, [one.account_id for one in found[:_A_PAGE]], "course")
        batches, branches = courses.batches_of(tx, course_id), known.branches(today)
    last = found[_A_PAGE - 1] if len(found) > _A_PAGE else None
    return render_template(
        "course_people.html",
        space=current_space(),
        row=row,
        course=keeping.prepared(row),
        found=found[:_A_PAGE],
        names=names,
        count=count,
        batches={one.id: one for one in batches},
        branches=branches,
        those=those,
        unit=unit,
        states=shown.STATES,
        more="" if last is None else cursor.write((last.since, last.account_id)),
        kept={
            name: value for name, value in request.args.items() if name in {"batch", "unit", "state", "stage"} and value
        },
        keeper=caller().role in KEEPERS,
        done=request.args.get("done", ""),
        new=request.args.get("new", 0, int),
        **shown.helpers(),
    )


@pages.get("/s/<space>/courses/<uuid:course_id>/people/add")
@allow(*KEEPERS)
def choose(course_id: UUID) -> ResponseReturnValue:
    """Offer people to choose from, and units."""
    words, today = request.args.get("q", "")[:200].strip(), days.today()
    with transaction() as tx:
        row = keeping.find(tx, course_id)
        page = Directory(tx, services().identity_keys).page(Query(words), _FOUND) if words else None
        found = page.people if page else []
        audit.note_look(tx, caller().account_id, [one.account.id for one in found], "course")
        inside = {who for _, who in enrolments.in_courses(tx, [course_id], [one.account.id for one in found])}
        batches, branches = courses.batches_of(tx, course_id), Units(tx).branches(today)
    return render_template(
        "course_add_people.html",
        space=current_space(),
        row=row,
        course=keeping.prepared(row),
        words=words,
        found=found,
        many=page is not None and page.count > len(found),
        inside=inside,
        batches=batches,
        branches=branches,
        today=today,
        **shown.helpers(),
    )


@pages.post("/s/<space>/courses/<uuid:course_id>/people")
@allow(*KEEPERS)
def enrol(course_id: UUID) -> ResponseReturnValue:
    """Put people in who were chosen."""
    try:
        who = [UUID(text) for text in request.form.getlist("account")]
    except ValueError:
        raise Malformed from None
    with transaction() as tx:
        new = enrolling.chosen(tx, caller().account_id, course_id, named(request.form, "batch"), who)
    return _back(course_id, "enrolled", new)


@pages.post("/s/<space>/courses/<uuid:course_id>/people/unit")
@allow(*KEEPERS)
def enrol_unit(course_id: UUID) -> ResponseReturnValue:
    """Put a unit in, as it is on a day."""
    unit = named(request.form, "unit")
    if unit is None:
        raise Malformed
    day = days.read(request.form.get("day", ""), days.today())
    who = OfUnit(unit, request.form.get("below") == "yes", day)
    with transaction() as tx:
        new = enrolling.unit(tx, caller().account_id, course_id, named(request.form, "batch"), who)
    return _back(course_id, "enrolled", new)


@pages.post("/s/<space>/courses/<uuid:course_id>/people/<uuid:account_id>/leave")
@allow(*KEEPERS)
def take_out(course_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """Take somebody out; what they did is kept."""
    with transaction() as tx:
        keeping.find(tx, course_id)
        enrolling.leave(tx, caller().account_id, course_id, account_id)
    return _back(course_id, "left")


@pages.get("/s/<space>/courses/<uuid:course_id>/batches")
@allow(*KEEPERS)
def batches(course_id: UUID) -> ResponseReturnValue:
    """List the batches of a course, with the form for another one."""
    return _batches(course_id)


@pages.post("/s/<space>/courses/<uuid:course_id>/batches")
@allow(*KEEPERS)
def add_batch(course_id: UUID) -> ResponseReturnValue:
    """Make a batch."""
    try:
        with transaction() as tx:
            keeping.add_batch(tx, course_id, caller().account_id, given())
    except NotReady as wrong:
        return _batches(course_id, wrong), wrong.status
    return redirect(url_for("enrolments.batches", course_id=course_id, done="made"), 303)


@pages.post("/s/<space>/courses/<uuid:course_id>/batches/<uuid:batch_id>")
@allow(*KEEPERS)
def change_batch(course_id: UUID, batch_id: UUID) -> ResponseReturnValue:
    """Write down what a batch is called now, and its days."""
    try:
        with transaction() as tx:
            if (batch := keeping.batch_of(tx, course_id, batch_id)) is not None:
                keeping.change_batch(tx, batch, caller().account_id, given())
    except NotReady as wrong:
        return _batches(course_id, wrong), wrong.status
    return redirect(url_for("enrolments.batches", course_id=course_id, done="changed"), 303)


def _those(tx: Tx, today: date) -> tuple[Those, UUID | None]:
    """Read who is asked for: a batch, a unit with all below it, a state, a part at which people are."""
    unit, stage = named(request.args, "unit"), request.args.get("stage", "")
    units = None if unit is None else frozenset(Units(tx).tree(today).all_below(unit))
    at = int(stage) if stage.isascii() and stage.isdigit() and len(stage) < 6 else None  # noqa: PLR2004 - a place in a course
    return Those(named(request.args, "batch"), units, today, at, request.args.get("state", "")), unit


def _batches(course_id: UUID, wrong: Trouble | None = None) -> str:
    with reading() as tx:
        row = keeping.find(tx, course_id)
        found = [(one, enrolments.count(tx, course_id, Those(one.id))) for one in courses.batches_of(tx, course_id)]
    return render_template(
        "course_batches.html",
        space=current_space(),
        row=row,
        course=keeping.prepared(row),
        found=found,
        wrong=wrong,
        problems=[*map(shown.problem, wrong.problems)] if isinstance(wrong, NotReady) else [],
        given=request.form,
        done=request.args.get("done", ""),
        **shown.helpers(),
    )


def _back(course_id: UUID, done: str, new: int = 0) -> ResponseReturnValue:
    return redirect(url_for("enrolments.listed", course_id=course_id, done=done, new=new), 303)
