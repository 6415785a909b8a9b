"""The people of a space, for those who look after them: a list to search, a page for each, a slip for who cannot come in yet."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import AUDITOR, LEARNER, MENTOR, ROLES, Caller, allow, caller
from lrs.days import NotADay
from lrs.design import order as orders
from lrs.design.order import DOWN, UP, Column, Order
from lrs.errors import Malformed, NotAllowed, NotFound
from lrs.people import accounts, audit, cursor, letters, once, roles
from lrs.people.cursor import Place
from lrs.people.directory import NAME, SEEN, SINCE, SORTED, Directory, Page, Person, Query
from lrs.people.held import held
from lrs.people.identity import Identity, NotUnderstood
from lrs.people.once import Press
from lrs.people.roles import KEEPERS, RANKS
from lrs.people.shown import DEEDS, LETTERS, REASONS
from lrs.people.units import Branch, Units
from lrs.people.units_pages import unit_in
from lrs.scannable import address_of, code
from lrs.services import services
from lrs.web import current_space, transaction
from storage import audit as deeds
from storage import entry, people, skills
from storage import letters as kept
from storage.audit import Wanted
from storage.database import Tx
from storage.letters import FAILED
from storage.people import ACTIVATE, RECOVER

pages = Blueprint("people_list", __name__)

HELPERS = (*KEEPERS, MENTOR)
READERS = (*HELPERS, AUDITOR)

_A_PAGE = 50

_COLUMNS = (
    Column(NAME, _("Name"), UP),
    Column("staff_code", _("Staff code")),
    Column("role", _("Role")),
    Column(SEEN, _("Last here"), DOWN),
    Column(SINCE, _("Since"), DOWN),
)


@pages.get("/s/<space>/people")
@allow(*READERS)
def listed() -> ResponseReturnValue:
    """List people, or those whose names begin as is asked."""
    order = orders.read(_COLUMNS, request.args, NAME, kept=("q", "role", "unit", "closed"))
    with transaction() as tx:
        query, unit, branches = _query(tx, order)
        found = _directory(tx).page(query, _A_PAGE, _start())
        audit.note_look(tx, caller().account_id, (each.account.id for each in found.people), "people")
        unsent = kept.count(tx, FAILED, letters.WITH_LINKS)  # nobody can do anything about a notice
        with_skills = skills.the_set(tx) is not None
    return render_template(
        "people.html",
        space=current_space(),
        query=query,
        unit=unit,
        branches=branches,
        found=found,
        order=order if found.few else _of_many(order),
        more=_more(found),
        may_add=caller().role in KEEPERS,
        mail_offered=letters.offered(),
        unsent=unsent,
        skills=with_skills,
    )


@pages.get("/s/<space>/people/new")
@allow(*KEEPERS)
def new() -> ResponseReturnValue:
    """Show the form for somebody new."""
    return _new({})


@pages.post("/s/<space>/people")
@allow(*KEEPERS)
def add() -> ResponseReturnValue:
    """Make an account for somebody."""
    given = request.form.to_dict()
    try:
        identity, role = Identity.read(given), given.get("role", LEARNER)
        if role not in roles.given_by(caller().role):
            raise NotAllowed
        account_id = once.make(Press.of(given), lambda tx: _directory(tx).add(role, identity).id)
    except NotUnderstood as wrong:
        return _new(given, wrong), 422
    return redirect(url_for("people_list.one", account_id=account_id), 303)


@pages.get("/s/<space>/people/<uuid:account_id>")
@allow(*READERS)
def one(account_id: UUID) -> ResponseReturnValue:
    """Show one person."""
    return _one(account_id)


@pages.post("/s/<space>/people/<uuid:account_id>")
@allow(*KEEPERS)
def change(account_id: UUID) -> ResponseReturnValue:
    """Write down what is now known of somebody."""
    given = request.form.to_dict()
    try:
        with transaction() as tx:
            identity = Identity.read(given)
            before = _directory(tx).change(account_id, identity, caller().role or LEARNER)
            if letters.offered() and before.email.casefold() not in {"", identity.email.casefold()}:
                how = letters.manner(_directory(tx).find(account_id).account, current_space())
                letters.tell_of_address(tx, services().identity_keys, account_id, before.email, how)
    except NotUnderstood as wrong:
        return _one(account_id, given, wrong), 422
    return _back(account_id, "changed")


@pages.post("/s/<space>/people/<uuid:account_id>/role")
@allow(*KEEPERS)
def set_role(account_id: UUID) -> ResponseReturnValue:
    """Give somebody another role."""
    role = request.form.get("role", "")
    if role not in ROLES:
        raise Malformed
    with transaction() as tx:
        _directory(tx).set_role(account_id, role, caller().role or LEARNER)
    return _back(account_id, "role")


@pages.post("/s/<space>/people/<uuid:account_id>/unit")
@allow(*KEEPERS)
def set_unit(account_id: UUID) -> ResponseReturnValue:
    """Let somebody belong to a unit from a day on."""
    given = request.form.to_dict()
    try:
        unit, day = unit_in(given, "unit"), days.read(given.get("day", ""), days.today())
    except NotADay as wrong:
        return _one(account_id, wrong=wrong, day=given["day"]), 422
    with transaction() as tx:
        Units(tx, caller().account_id).join(account_id, unit, day)
    return _back(account_id, "unit")


@pages.post("/s/<space>/people/<uuid:account_id>/close")
@allow(*KEEPERS)
def close(account_id: UUID) -> ResponseReturnValue:
    """Close an account; what was learnt is kept."""
    with transaction() as tx:
        _directory(tx).close(account_id, caller().role or LEARNER, closed=True)
    return _back(account_id, "closed")


@pages.post("/s/<space>/people/<uuid:account_id>/open")
@allow(*KEEPERS)
def reopen(account_id: UUID) -> ResponseReturnValue:
    """Open an account again."""
    with transaction() as tx:
        _directory(tx).close(account_id, caller().role or LEARNER, closed=False)
    return _back(account_id, "opened")


@pages.post("/s/<space>/people/<uuid:account_id>/slip")
@allow(*HELPERS)
def slip(account_id: UUID) -> ResponseReturnValue:
    """Make a link for somebody who stands here, to be scanned or printed; older ones end."""
    with transaction() as tx:
        person = _directory(tx).find(account_id)
        if not lets_in(caller(), person):
            raise NotAllowed
        purpose = RECOVER if entry.password_of(tx, account_id) is not None else ACTIVATE
        people.end_links(tx, account_id, datetime.now(UTC))
        letters.withdraw(tx, account_id)
        word = accounts.make_link(tx, person.account, purpose=purpose)
        audit.note_look(tx, caller().account_id, [account_id], "slip")
        audit.note(tx, caller().account_id, audit.LINK, account_id, purpose=purpose)
    address = address_of("people.link", word=word)
    return render_template(
        "slip.html",
        space=current_space(),
        person=person,
        address=address,
        code=code(address),
        until=datetime.now(UTC) + accounts.LINK_LASTS,
    )


def lets_in(who: Caller, person: Person) -> bool:
    """Hold a mentor to learners, and everybody to what does not stand above them; a link lets in as whom it is for."""
    account = person.account
    helps = who.role in KEEPERS or (who.role == MENTOR and account.role == LEARNER)
    return helps and account.closed is None and RANKS[account.role] <= RANKS[who.role or LEARNER]


def _of_many(order: Order) -> Order:
    """Tell how those stand who are too many for any other order than that in which they came."""
    return replace(order.only({SINCE}), by=SINCE, way=order.way if order.by == SINCE else DOWN)


def _query(tx: Tx, order: Order) -> tuple[Query, UUID | None, list[Branch]]:
    """Read what is looked for: words, a role, a unit with all below it."""
    role = request.args.get("role") or None
    if role is not None and role not in ROLES:
        raise Malformed
    if caller().role == MENTOR:
        role = LEARNER
    units, today, unit = Units(tx), days.today(), unit_in(request.args, "unit")
    inside = None if unit is None else frozenset(units.tree(today).all_below(unit))
    words, closed = request.args.get("q", "")[:200].strip(), request.args.get("closed") == "1"
    return Query(words, role, closed, inside, today, order.by, order.falls), unit, units.branches(today)


def _start() -> Place | int | None:
    """Read where a page begins: at a number, or after a moment and an id."""
    text = request.args.get("from", "")
    return int(text) if text.isdecimal() and len(text) <= len(str(SORTED)) else cursor.read(text)


def _more(found: Page) -> str:
    if isinstance(found.more, tuple):
        return cursor.write(found.more)
    return "" if found.more is None else str(found.more)


def _new(given: dict[str, str], wrong: NotUnderstood | None = None) -> str:
    return render_template(
        "person_new.html", space=current_space(), given=given, wrong=wrong, roles=roles.given_by(caller().role)
    )


def _one(
    account_id: UUID, given: dict[str, str] | None = None, wrong: NotUnderstood | NotADay | None = None, day: str = ""
) -> str:
    who = caller()
    with transaction() as tx:
        person = _directory(tx).find(account_id)
        units, today = Units(tx), days.today()
        unit, branches = units.of(account_id, today), units.branches(today)
        if who.role == MENTOR and person.account.role != LEARNER:
            raise NotFound
        audit.note_look(tx, who.account_id, [account_id], "person")
        has_password = entry.password_of(tx, account_id) is not None
        history = deeds.page(tx, Wanted(subject=account_id), 10) if who.role != MENTOR else []
        sent = kept.of_account(tx, account_id, 5)
        papers = held(tx, account_id, today) if who.role in KEEPERS else []
        names = _directory(tx).names({deed.actor_id for deed in history if deed.actor_id is not None})
    return render_template(
        "person.html",
        space=current_space(),
        person=person,
        given=given,
        day=day,
        chosen=request.form.get("unit", ""),
        wrong=wrong,
        has_password=has_password,
        history=history,
        names=names,
        unit=unit,
        branches=branches,
        today=today,
        deeds=DEEDS,
        roles=roles.given_by(who.role),
        may_change=who.role in KEEPERS,
        may_let_in=lets_in(who, person),
        mail_offered=letters.offered(),
        letters=sent,
        papers=papers,
        letter_words=LETTERS,
        reasons=REASONS,
        ask=request.args.get("ask", ""),
        done=request.args.get("done", ""),
    )


def _directory(tx: Tx) -> Directory:
    return Directory(tx, services().identity_keys, caller().account_id)


def _back(account_id: UUID, done: str) -> ResponseReturnValue:
    return redirect(url_for("people_list.one", account_id=account_id, done=done), 303)
