"""The audit log, for those who answer for a space: who did what, newest first."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs.access import AUDITOR, allow, caller
from lrs.design import order as orders
from lrs.design.order import DOWN, Column
from lrs.errors import Malformed
from lrs.people import audit as noting
from lrs.people import cursor
from lrs.people.directory import Directory
from lrs.people.roles import KEEPERS
from lrs.people.shown import DEEDS
from lrs.services import services
from lrs.web import current_space, transaction
from storage import audit
from storage.audit import DeedRow, Wanted

pages = Blueprint("audit", __name__)

_A_PAGE = 100

_COLUMNS = (
    Column("at", _("When"), DOWN),
    Column("who", _("Who")),
    Column("what", _("What")),
    Column("whom", _("Whom")),
)


@pages.get("/s/<space>/audit")
@allow(*KEEPERS, AUDITOR)
def listed() -> ResponseReturnValue:
    """List the newest deeds, or the oldest, or those of a kind, or about somebody."""
    order = orders.read(_COLUMNS, request.args, "at", kept=("act", "about"))
    wanted, after = _wanted(), cursor.read(request.args.get("from", ""))
    with transaction() as tx:
        found = audit.page(tx, wanted, _A_PAGE + 1, after=after, oldest=not order.falls)
        names = Directory(tx, services().identity_keys, caller().account_id).names(_everybody(found[:_A_PAGE]))
        noting.note_look(tx, caller().account_id, names, "audit")
    last = found[_A_PAGE - 1] if len(found) > _A_PAGE else None
    return render_template(
        "audit.html",
        space=current_space(),
        deeds=[_shown(deed) for deed in found[:_A_PAGE]],
        names=names,
        words=DEEDS,
        wanted=wanted,
        order=order,
        more="" if last is None else cursor.write((last.at, last.id)),
    )


def _wanted() -> Wanted:
    act, subject = request.args.get("act", ""), request.args.get("about", "")
    try:
        return Wanted(subject=UUID(subject) if subject else None, acts=(act,) if act in DEEDS else ())
    except ValueError:
        raise Malformed from None


def _everybody(found: Iterable[DeedRow]) -> set[UUID]:
    return {each for deed in found for each in (deed.actor_id, deed.subject_id) if each is not None}


def _shown(deed: DeedRow) -> dict[str, Any]:
    return {"deed": deed, "detail": orjson.loads(deed.detail)}
