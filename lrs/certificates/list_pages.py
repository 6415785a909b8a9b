"""All certificates of a space, for those who look after it and those who audit it: found, counted, and taken away."""

import re
from dataclasses import replace
from uuid import UUID

import orjson
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import AUDITOR, allow, caller
from lrs.certificates import asking, issuing
from lrs.certificates.job_pages import WHAT
from lrs.certificates.number import read_code
from lrs.design import order as orders
from lrs.design.order import Column
from lrs.errors import Malformed
from lrs.people import audit, cursor, folding, printed
from lrs.people.collation import text_key
from lrs.people.roles import KEEPERS
from lrs.people.units import Units
from lrs.people.units_pages import unit_in
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificate_lists, rules, units, versions
from storage.certificate_lists import EXPIRED, Number, Wanted
from storage.certificates import OF_NO_UNIT, REPLACED, REVOKED, VALID
from storage.database import Tx

pages = Blueprint("certificate_list", __name__)

READERS = (*KEEPERS, AUDITOR)

_A_PAGE = 50

STATES: dict[str, LazyString] = {
    VALID: _("valid"),
    EXPIRED: _("has run out"),
    REVOKED: _("taken back"),
    REPLACED: _("replaced by a newer paper"),
}

_COLUMNS = (
    Column("number", _("Number")),
    Column("name", _("Name")),
    Column("course", _("Course")),
    Column("issued", _("Issued on")),
    Column("state", _("State")),
)

_NUMBER = re.compile(r"\s*([0-9]{1,9})(?:\s*/\s*([0-9]{4}))?(?:\s*/\s*(\S.*?))?\s*")


@pages.get("/s/<space>/certificates/office")
@allow(*READERS)
def listed() -> ResponseReturnValue:
    """List certificates, the newest first, or those that are looked for."""
    order = orders.read(_COLUMNS, request.args, "", kept=("q", "state", "unit", "year", "rule"))
    words, unit, rule = (
        request.args.get("q", "")[:200].strip(),
        unit_in(request.args, "unit"),
        unit_in(request.args, "rule"),
    )
    state, year = request.args.get("state", ""), asking.year_in(request.args)
    if state and state not in STATES:
        raise Malformed
    today = days.today()
    with transaction() as tx:
        inside = asking.inside(tx, unit, year, today)
        wanted = _looked_for(tx, words, Wanted(state, inside, year, rule, today=today))
        found = certificate_lists.page(tx, wanted, _A_PAGE + 1, cursor.read(request.args.get("from", "")))
        rows, more = found[:_A_PAGE], found[_A_PAGE - 1] if len(found) > _A_PAGE else None
        names = {row.id: printed.name_on(tx, services().identity_keys, row) for row in rows}
        audit.note_look(tx, caller().account_id, dict.fromkeys(row.account_id for row in rows), "certificates")
        branches, years = Units(tx).branches(today), certificate_lists.years(tx)
        courses, under_way = _courses(tx), asking.under_way(tx) if caller().role in KEEPERS else []
    return render_template(
        "certificate_list.html",
        space=current_space(),
        order=order,
        rows=[(row, names[row.id], orjson.loads(row.told)["course"], issuing.number_of(row)) for row in rows],
        expired={row.id for row in rows if row.state == VALID and issuing.expired(row, today)},
        more=cursor.write((more.issued, more.id)) if more else "",
        words=words,
        state=state,
        states=STATES,
        unit=unit,
        branches=branches,
        nowhere=OF_NO_UNIT,
        year=year,
        years=years,
        rule=rule,
        courses=courses,
        under_way=under_way,
        what=WHAT,
        keeper=caller().role in KEEPERS,
    )


@pages.get("/s/<space>/certificates/office/numbers")
@allow(*READERS)
def numbers() -> ResponseReturnValue:
    """Count the numbers of a year, unit by unit: how many were taken, and whether one is missing."""
    with reading() as tx:
        years = certificate_lists.years(tx)
        year = asking.year_in(request.args) or next(iter(years), days.today().year)
        found = certificate_lists.numbers(tx, year)
        named = {each.id: each.name for each in units.listed(tx)}
    found.sort(key=lambda one: (one.unit_id == OF_NO_UNIT, text_key(named.get(one.unit_id, ""))))
    return render_template(
        "certificate_numbers.html",
        space=current_space(),
        year=year,
        years=years,
        rows=[(one, named.get(one.unit_id, "")) for one in found],
        missing=sum(one.missing for one in found),
    )


def _looked_for(tx: Tx, words: str, wanted: Wanted) -> Wanted:
    """Read what somebody typed: a number, the code on a paper, or the name of a person."""
    if not words:
        return wanted
    number = _NUMBER.fullmatch(words)
    if number is not None:
        counted, year, unit = number.groups()
        return replace(wanted, number=Number(int(counted), int(year) if year else None, unit))
    code = read_code(words)
    if code and any(letter.isdecimal() for letter in code):
        return replace(wanted, code=code)
    keys, asked = services().identity_keys, folding.asked(words)
    if not asked:
        return replace(wanted, code="-")  # signs alone are nobody's name
    return replace(wanted, tokens=tuple(frozenset(keys.blinds(tx.space, "name", word)) for word in asked))


def _courses(tx: Tx) -> list[tuple[UUID, str]]:
    """List the rules that gave certificates, by what they are called."""
    those = rules.listed(tx)
    titles = versions.titles(tx, [rule.activity for rule in those if rule.activity])
    gave = certificate_lists.rules_of(tx)
    named = [(rule.id, rule.name or titles.get(rule.activity or "", "")) for rule in those if rule.id in gave]
    return sorted(named, key=lambda each: text_key(each[1]))
