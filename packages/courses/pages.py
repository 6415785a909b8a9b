"""The pages on which courses are made: a list, an editor whose every button is a small form, and who may join (docs/courses.md)."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lrs.access import AUDITOR, AUTHOR, allow, caller
from lrs.errors import Malformed, NotFound, Trouble
from lrs.people.roles import KEEPERS
from lrs.people.units_pages import unit_in as named
from lrs.scannable import address_of, code
from lrs.web import current_space, reading, transaction
from packages.courses import keeping, shown
from packages.courses.course import read
from packages.courses.editing import LONGEST_TITLE, Given
from packages.courses.keeping import ChangedMeanwhile, NotReady
from storage import courses, enrolments, versions

pages = Blueprint("courses", __name__)

MAKERS = (*KEEPERS, AUTHOR)


@pages.get("/s/<space>/courses")
@allow(*MAKERS, AUDITOR)
def listed() -> ResponseReturnValue:
    """List the courses, with how many people are in each."""
    return _list()


@pages.post("/s/<space>/courses")
@allow(*MAKERS)
def make() -> ResponseReturnValue:
    """Make a course from its name, and go on to its editor."""
    try:
        with transaction() as tx:
            course_id = keeping.make(tx, caller().account_id, given().words("title", LONGEST_TITLE))
    except NotReady as wrong:
        return _list(wrong), 422
    return redirect(url_for("courses.edit", course_id=course_id), 303)


@pages.get("/s/<space>/courses/<uuid:course_id>/edit")
@allow(*MAKERS)
def edit(course_id: UUID) -> ResponseReturnValue:
    """Show what is being prepared, with a button for each change."""
    return _editor(course_id)


@pages.post("/s/<space>/courses/<uuid:course_id>/edit")
@allow(*MAKERS)
def change(course_id: UUID) -> ResponseReturnValue:
    """Make one change; learners see it when the course is published."""
    act, form = request.form.get("act", ""), given()
    try:
        with transaction() as tx:
            keeping.change(tx, course_id, act, form)
    except ChangedMeanwhile as wrong:
        return _editor(course_id, wrong), wrong.status
    place = act.split(".")[0]
    return redirect(
        url_for("courses.edit", course_id=course_id, done=act, _anchor="parts" if place != "about" else None), 303
    )


@pages.post("/s/<space>/courses/<uuid:course_id>/publish")
@allow(*MAKERS)
def publish(course_id: UUID) -> ResponseReturnValue:
    """Publish what is being prepared."""
    try:
        with transaction() as tx:
            keeping.publish(tx, course_id, caller().account_id)
    except NotReady as wrong:
        return _editor(course_id, wrong), wrong.status
    return redirect(url_for("courses.edit", course_id=course_id, done="published"), 303)


@pages.post("/s/<space>/courses/<uuid:course_id>/doors")
@allow(*MAKERS)
def set_doors(course_id: UUID) -> ResponseReturnValue:
    """Say who may join: everybody, whoever has the code, or only those whom somebody puts in."""
    who = request.form.get("who", "")
    if who not in {"everybody", "code", "chosen"}:
        raise Malformed
    with transaction() as tx:
        keeping.set_open(tx, course_id, caller().account_id, opened=who == "everybody")
        keeping.set_by_code(tx, course_id, caller().account_id, allowed=who != "chosen")
    return redirect(url_for("courses.edit", course_id=course_id, done="doors", _anchor="doors"), 303)


@pages.get("/s/<space>/courses/<uuid:course_id>/poster")
@allow(*MAKERS)
def poster(course_id: UUID) -> ResponseReturnValue:
    """Show the code of a course, or of a batch, to be printed and scanned."""
    with reading() as tx:
        row, course = keeping.published(tx, course_id)
        batch = keeping.batch_of(tx, course_id, named(request.args, "batch"))
    if batch is None and row.by_code is None:
        raise NotFound
    word = row.code if batch is None else batch.code
    return render_template(
        "course_poster.html",
        space=current_space(),
        row=row,
        course=course,
        batch=batch,
        code=word,
        picture=code(address_of("enrol.form", c=word)),
        address=address_of("enrol.form"),
        **shown.helpers(),
    )


def given() -> Given:
    """Read what a form says."""
    return Given(request.form.to_dict(), _ids("package"), _ids("course"), current_space().settings.languages)


def _ids(name: str) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(text) for text in request.form.getlist(name) if text)
    except ValueError:
        raise Malformed from None


def _list(wrong: Trouble | None = None) -> str:
    with reading() as tx:
        rows, counts = courses.listed(tx), enrolments.counts(tx)
    return render_template(
        "courses.html",
        space=current_space(),
        rows=[(row, keeping.prepared(row), counts.get(row.id, 0)) for row in rows],
        maker=caller().role in MAKERS,
        wrong=wrong,
        problems=[*map(shown.problem, wrong.problems)] if isinstance(wrong, NotReady) else [],
        **shown.helpers(),
    )


def _editor(course_id: UUID, wrong: Trouble | None = None) -> str:
    with reading() as tx:
        row = keeping.find(tx, course_id)
        lessons = {one.package_id: one.title for one in versions.list_newest(tx)}
        others = [(one.id, read(one.body).titles) for one in courses.listed(tx) if one.body and one.id != course_id]
        count = enrolments.count(tx, course_id)
    course = keeping.prepared(row)
    return render_template(
        "course_edit.html",
        space=current_space(),
        row=row,
        course=course,
        lessons=lessons,
        left=[(one, title) for one, title in lessons.items() if one not in course.packages],
        others=others,
        count=count,
        wrong=wrong,
        problems=[*map(shown.problem, wrong.problems)] if isinstance(wrong, NotReady) else [],
        done=request.args.get("done", ""),
        keeper=caller().role in KEEPERS,
        **shown.helpers(),
    )
