"""Who has which skill: a table by unit for those who look after people, the people behind a figure, and files for spreadsheets."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lrs import days, sheets
from lrs.access import LEARNER, MENTOR, allow, caller
from lrs.errors import NotFound
from lrs.people import audit
from lrs.people.directory import Directory
from lrs.people.identity import Identity
from lrs.people.people_pages import READERS
from lrs.people.units import Units
from lrs.people.units_pages import unit_in as named
from lrs.services import services
from lrs.skills.blueprint import helpers, pages, said
from lrs.skills.progress import Line, lines
from lrs.web import current_space, reading, transaction
from storage import people as accounts
from storage import skills, tallies, units
from storage.database import Tx
from storage.tallies import Those

_A_PAGE = 50
_AT_ONCE = 500


@pages.get("/s/<space>/skills/progress")
@allow(*READERS)
def progress() -> ResponseReturnValue:
    """Show how many people have which skill, by unit."""
    with reading() as tx:
        columns = _columns(tx)
        found, without, together = _lines(tx, columns)
        own = _own_unit(tx)
    return render_template(
        "skills_progress.html",
        space=current_space(),
        columns=columns,
        lines=found,
        without=without,
        together=together,
        own=own,
        **helpers(),
    )


@pages.get("/s/<space>/skills/progress/people")
@allow(*READERS)
def people() -> ResponseReturnValue:
    """List who has a skill, in a unit and all below it, or everywhere."""
    with transaction() as tx:
        rule_id, title = _asked(tx)
        unit = named(request.args, "unit")
        inside = _inside(tx, unit)
        those = Those(days.today(), inside, named(request.args, "after"), _A_PAGE + 1)
        rows = tallies.who_have(tx, rule_id, those)
        shown = _who(tx, [each for each, _since in rows[:_A_PAGE]])
        _note(tx, shown)
        name = Units(tx).find(unit).name if unit is not None else ""
    since = dict(rows)
    return render_template(
        "skills_people.html",
        space=current_space(),
        title=title,
        rule_id=rule_id,
        unit=unit,
        unit_name=name,
        people=[(each, known.name, since[each]) for each, known in shown.items()],
        more=rows[_A_PAGE - 1][0] if len(rows) > _A_PAGE else None,
        **helpers(),
    )


@pages.get("/s/<space>/skills/progress/<what>.<kind>")
@allow(*READERS)
def file(what: str, kind: str) -> ResponseReturnValue:
    """Give the table of units, or the list of people who have any skill, as CSV or XLSX."""
    if what not in {"units", "people"} or kind not in {"csv", "xlsx"}:
        raise NotFound
    with reading() as tx:  # it takes seconds, for which nobody who writes waits
        seen, rows = ([], [*_rows(tx)]) if what == "units" else _people(tx)
    with transaction() as tx:
        for start in range(0, len(seen), _AT_ONCE):
            _note(tx, seen[start : start + _AT_ONCE])
        audit.note(tx, caller().account_id, audit.SKILLS_TAKEN, what=what, rows=len(rows) - 1)
    made = sheets.as_csv(rows) if kind == "csv" else sheets.as_xlsx(_("Skills"), rows)
    answer = Response(made, content_type=sheets.CSV_TYPE if kind == "csv" else sheets.XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="skills-{what}-{days.today().isoformat()}.{kind}"'
    return answer


def _columns(tx: Tx) -> dict[UUID, str]:
    """Name what is counted: each skill that can be filled, and last the whole set."""
    whole = skills.the_set(tx)
    found = {row.rule_id: said(row.titles) for row in skills.listed(tx) if row.rule_id is not None}
    if whole is not None and whole.rule_id is not None:
        found[whole.rule_id] = _("All of them")
    return found


def _lines(tx: Tx, columns: dict[UUID, str]) -> tuple[list[Line], Line, Line]:
    today, known, inside = days.today(), Units(tx), _inside(tx, None)
    shown = [one for one in known.with_all_below(today) if inside is None or one.id in inside]
    counted = tallies.having(tx, columns, today)
    return lines(counted, tallies.people(tx, today), shown, everybody=inside is None)


def _rows(tx: Tx) -> Iterator[sheets.Row]:
    columns = _columns(tx)
    found, without, together = _lines(tx, columns)
    yield [_("Unit"), _("Level"), _("Number of people"), *columns.values()]
    for line, name in [*((one, one.name) for one in found), (without, _("in no unit")), (together, _("All together"))]:
        yield [name, line.depth + 1, line.people, *(line.have.get(each, 0) for each in columns)]


def _people(tx: Tx) -> tuple[list[UUID], list[sheets.Row]]:
    """Write a line for each who has any of the skills: since which day they have each; name who is in it."""
    columns, today, known, inside = _columns(tx), days.today(), Units(tx), _inside(tx, None)
    have: dict[UUID, dict[UUID, str]] = {}
    for rule_id in columns:
        for account, since in tallies.who_have(tx, rule_id, Those(today, inside)):
            have.setdefault(account, {})[rule_id] = f"{since.astimezone(days.place()):%d/%m/%Y}"
    listed, seen = [*have], list[UUID]()
    rows: list[sheets.Row] = [[_("Name"), _("Staff code"), _("Unit"), *columns.values()]]
    for start in range(0, len(listed), _AT_ONCE):
        some = _who(tx, listed[start : start + _AT_ONCE])
        units_of = known.of_many(some, today)
        for account, who in some.items():
            unit = units_of[account].name if account in units_of else ""
            rows.append([who.name, who.staff_code, unit, *(have[account].get(each, "") for each in columns)])
        seen += some
    return seen, rows


def _own_unit(tx: Tx) -> UUID | None:
    """Give the unit beyond which a mentor does not look; none for everybody else, and for a mentor of no unit."""
    account = caller().account_id
    return units.unit_of(tx, account, days.today()) if caller().role == MENTOR and account is not None else None


def _inside(tx: Tx, unit: UUID | None) -> frozenset[UUID] | None:
    tree, own = Units(tx).tree(days.today()), _own_unit(tx)
    allowed = None if own is None else frozenset(tree.all_below(own))
    wanted = allowed if unit is None else frozenset(tree.all_below(unit))
    if allowed is not None and wanted is not None and not wanted <= allowed:
        raise NotFound
    return wanted


def _asked(tx: Tx) -> tuple[UUID, str]:
    rule_id = named(request.args, "skill")
    columns = _columns(tx)
    if rule_id is None or rule_id not in columns:
        raise NotFound
    return rule_id, columns[rule_id]


def _who(tx: Tx, ids: list[UUID]) -> dict[UUID, Identity]:
    """Tell who people are; a mentor sees learners."""
    if caller().role == MENTOR:
        ids = [row.id for row in accounts.find_accounts(tx, ids) if row.role == LEARNER]
    known = Directory(tx, services().identity_keys).identities(ids)
    return {each: known.get(each, Identity()) for each in ids}


def _note(tx: Tx, seen: Iterable[UUID]) -> None:
    """Write down that people were looked at."""
    audit.note_look(tx, caller().account_id, seen, "achievements")
