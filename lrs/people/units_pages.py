"""The units of a space as people see them: the tree of a day, and what becomes of each."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import AUDITOR, allow, caller
from lrs.days import NotADay
from lrs.design import order as orders
from lrs.design.order import DOWN, UP, Column
from lrs.errors import Malformed, Trouble
from lrs.people.identity import NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.people.tree import NoSuchTree
from lrs.people.units import Units
from lrs.web import current_space, reading, transaction

pages = Blueprint("units", __name__)

_COLUMNS = (Column("name", _("Name"), UP), Column("people", _("Number of people"), DOWN, number=True))


@pages.get("/s/<space>/units")
@allow(*KEEPERS, AUDITOR)
def listed() -> ResponseReturnValue:
    """Show the tree of a day: today, if none is said."""
    return _tree()


@pages.post("/s/<space>/units")
@allow(*KEEPERS)
def make() -> ResponseReturnValue:
    """Make a unit from a day on."""
    given = request.form.to_dict()
    try:
        with transaction() as tx:
            made = Units(tx, caller().account_id).make(
                given.get("name", ""), unit_in(given, "parent"), _day(given), given.get("code", "")
            )
    except (NotADay, NotUnderstood, NoSuchTree) as wrong:
        return _tree(given, wrong), 422
    return redirect(url_for("units.one", unit_id=made.id, done="made"), 303)


@pages.get("/s/<space>/units/<uuid:unit_id>")
@allow(*KEEPERS, AUDITOR)
def one(unit_id: UUID) -> ResponseReturnValue:
    """Show one unit: where it stands and stood."""
    return _one(unit_id)


@pages.post("/s/<space>/units/<uuid:unit_id>")
@allow(*KEEPERS)
def rename(unit_id: UUID) -> ResponseReturnValue:
    """Call a unit something else."""
    try:
        with transaction() as tx:
            Units(tx, caller().account_id).rename(unit_id, request.form.get("name", ""), request.form.get("code", ""))
    except NotUnderstood as wrong:
        return _one(unit_id, wrong), 422
    return redirect(url_for("units.one", unit_id=unit_id, done="renamed"), 303)


@pages.post("/s/<space>/units/<uuid:unit_id>/move")
@allow(*KEEPERS)
def move(unit_id: UUID) -> ResponseReturnValue:
    """Let a unit come under another from a day on."""
    given = request.form.to_dict()
    try:
        with transaction() as tx:
            Units(tx, caller().account_id).move(unit_id, unit_in(given, "parent"), _day(given))
    except (NotADay, NoSuchTree) as wrong:
        return _one(unit_id, wrong, "move"), 422
    return redirect(url_for("units.one", unit_id=unit_id, done="moved"), 303)


@pages.post("/s/<space>/units/<uuid:unit_id>/end")
@allow(*KEEPERS)
def end(unit_id: UUID) -> ResponseReturnValue:
    """Dissolve a unit from a day on."""
    try:
        with transaction() as tx:
            Units(tx, caller().account_id).end(unit_id, _day(request.form))
    except (NotADay, NoSuchTree) as wrong:
        return _one(unit_id, wrong, "end"), 422
    return redirect(url_for("units.one", unit_id=unit_id, done="ended"), 303)


def unit_in(given: Mapping[str, str], field: str) -> UUID | None:
    """Read which unit a form or an address names; nothing is none."""
    text = given.get(field, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Malformed from None


def _day(given: Mapping[str, str]) -> date:
    return days.read(given.get("day", ""), days.today())


def _tree(given: dict[str, str] | None = None, wrong: Trouble | None = None) -> str:
    asked, today = request.args.get("on", ""), days.today()
    try:
        day = days.read(asked, today)
    except NotADay as not_one:
        not_one.field, day, wrong = "on", today, not_one
    order = orders.read(_COLUMNS, request.args, "name", kept=("on",))
    with reading() as tx:
        branches = Units(tx).branches(day, by_people=order.by == "people", falls=order.falls)
    return render_template(
        "units.html",
        space=current_space(),
        day=day,
        asked=asked if wrong and asked else day,
        today=today,
        branches=branches,
        order=order,
        given=given or {},
        wrong=wrong,
        may_change=caller().role in KEEPERS,
    )


def _one(unit_id: UUID, wrong: Trouble | None = None, deed: str = "") -> str:
    today = days.today()
    with reading() as tx:
        known = Units(tx)
        unit, history, branches = known.find(unit_id), known.history(unit_id), known.branches(today)
        inside = known.tree(today).all_below(unit_id)
    return render_template(
        "unit.html",
        space=current_space(),
        unit=unit,
        history=history,
        here=next((branch for branch in branches if branch.unit.id == unit_id), None),
        others=[branch for branch in branches if branch.unit.id not in inside],
        today=today,
        wrong=wrong,
        deed=deed,
        given=request.form,
        may_change=caller().role in KEEPERS,
        done=request.args.get("done", ""),
    )
