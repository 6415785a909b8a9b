"""The progress of a course for those who look after people: unit by unit, where people are, and as files for spreadsheets."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_percent
from flask_babel import gettext as _

from lrs import days, sheets
from lrs.access import AUDITOR, allow, caller
from lrs.errors import NotFound
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.roles import KEEPERS
from lrs.people.units import Units
from lrs.people.units_pages import unit_in as named
from lrs.services import services
from lrs.web import current_space, reading, transaction
from packages.courses import keeping, shown
from packages.courses.progress import Column, Line, columns, in_batch, lines
from storage import courses, enrolments, tallies, versions
from storage.courses import BatchRow
from storage.database import Tx
from storage.enrolments import Those

pages = Blueprint("progress", __name__)

LONG = timedelta(days=14)
"""Who has not moved for so long is likely to be stuck."""

SIDE_BY_SIDE = 6
"""So many batches stand beside one another on a page; where there are more, one of them is chosen."""

_AT_ONCE = 1000


@pages.get("/s/<space>/courses/<uuid:course_id>/progress")
@allow(*KEEPERS, AUDITOR)
def table(course_id: UUID) -> ResponseReturnValue:
    """Show how far each unit has come, and at which part people are."""
    with reading() as tx:
        row, course = keeping.published(tx, course_id)
        batch = keeping.batch_of(tx, course_id, batch_id := named(request.args, "batch"))
        found, without, together = _lines(tx, course_id, batch_id)
        stages = tallies.by_stage(tx, course_id, batch_id, datetime.now(UTC) - LONG)
        titles = {one.package_id: one.title for one in versions.list_newest(tx, course.packages)}
        batches = courses.batches_of(tx, course_id)
    beside = () if batch else _columns(batches, together)
    return render_template(
        "course_progress.html",
        space=current_space(),
        row=row,
        course=course,
        lines=found,
        without=without,
        together=together,
        stages=stages,
        titles=titles,
        batch=batch,
        batches=batches,
        columns=beside if len(beside) <= SIDE_BY_SIDE else (),
        days=LONG.days,
        share=share,
        keeper=caller().role in KEEPERS,
        **shown.helpers(),
    )


@pages.get("/s/<space>/courses/<uuid:course_id>/progress/<what>.<kind>")
@allow(*KEEPERS, AUDITOR)
def file(course_id: UUID, what: str, kind: str) -> ResponseReturnValue:
    """Give the table of units, or the list of people, as CSV or XLSX."""
    if what not in {"units", "people"} or kind not in {"csv", "xlsx"}:
        raise NotFound
    with transaction() as tx:
        _row, course = keeping.published(tx, course_id)
        keeping.batch_of(tx, course_id, batch_id := named(request.args, "batch"))
        rows = [*(_units(tx, course_id, batch_id) if what == "units" else _people(tx, course_id, batch_id))]
        audit.note(tx, caller().account_id, audit.EXPORTED, course=str(course_id), what=what, rows=len(rows) - 1)
    title = shown.in_words(course.titles)
    made = sheets.as_csv(rows) if kind == "csv" else sheets.as_xlsx(title, rows)
    answer = Response(made, content_type=sheets.CSV_TYPE if kind == "csv" else sheets.XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{what}-{days.today().isoformat()}.{kind}"'
    return answer


def share(part: float | None) -> str:
    """Write a share as people read it; nothing of nothing is a dash."""
    return "–" if part is None else str(format_percent(part, "#,##0.#%"))


def _lines(tx: Tx, course_id: UUID, batch_id: UUID | None) -> tuple[list[Line], Line, Line]:
    today = days.today()
    found, without, together = lines(tallies.by_unit(tx, course_id, today), Units(tx).with_all_below(today))
    if batch_id is None:
        return found, without, together
    return [in_batch(one, batch_id) for one in found], in_batch(without, batch_id), in_batch(together, batch_id)


def _columns(batches: Iterable[BatchRow], together: Line) -> tuple[Column, ...]:
    return columns({one.id: one.name for one in batches}, together, _("in no batch"))


def _units(tx: Tx, course_id: UUID, batch_id: UUID | None) -> Iterator[sheets.Row]:
    found, without, together = _lines(tx, course_id, batch_id)
    beside = () if batch_id else _columns(courses.batches_of(tx, course_id), together)
    said = [f"{one.name}: {word}" for one in beside for word in (_("Enrolled"), _("Completed"))]
    yield [_("Unit"), _("Level"), _("Enrolled"), _("Have begun"), _("Completed"), _("Share completed"), *said]
    for line, name in [*((one, one.name) for one in found), (without, _("in no unit")), (together, _("All together"))]:
        counts = line.all
        percent = None if counts.share is None else round(counts.share * 100, 1)
        more = [figure for one in beside for figure in (one.counts(line).enrolled, one.counts(line).completed)]
        yield [name, line.depth + 1, counts.enrolled, counts.begun, counts.completed, percent, *more]


def _people(tx: Tx, course_id: UUID, batch_id: UUID | None) -> Iterator[sheets.Row]:
    directory, known = Directory(tx, services().identity_keys), Units(tx)
    today, named_batches = days.today(), {one.id: one.name for one in courses.batches_of(tx, course_id)}
    yield [
        _("Name"),
        _("Staff code"),
        _("Unit"),
        _("Batch"),
        _("Came in"),
        _("Required parts done"),
        _("State"),
        _("Completed on"),
    ]
    after = None
    while some := enrolments.page(tx, course_id, Those(batch_id), _AT_ONCE, after):
        after = some[-1].since, some[-1].account_id
        who = directory.identities([one.account_id for one in some])
        units = known.of_many([one.account_id for one in some], today)
        audit.note_look(tx, caller().account_id, (one.account_id for one in some), "course")
        for one in some:
            person, unit = who.get(one.account_id), units.get(one.account_id)
            figures = one.figures
            state = "completed" if figures.completed else "begun" if figures.begun else "new"
            yield [
                person.name if person else "",
                person.staff_code if person else "",
                unit.name if unit else "",
                named_batches.get(one.batch_id, "") if one.batch_id else "",
                f"{one.since.astimezone(days.place()):%d/%m/%Y}",
                figures.done,
                str(shown.STATES[state]),
                f"{figures.completed.astimezone(days.place()):%d/%m/%Y}" if figures.completed else "",
            ]
