"""The keys of other programs, as administrators see them: made, shown once, and taken back."""

import json
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs.access import allow, caller
from lrs.design import order as orders
from lrs.design.order import DOWN, Column, Order
from lrs.errors import NotFound
from lrs.people import audit, credentials
from lrs.people.credentials import BROWSER, SCOPES, SERVER, NewKey, NoOrigin
from lrs.people.identity import NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.people.shown import SCOPE_WORDS
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import credentials as kept
from storage import usage
from storage.database import Tx

pages = Blueprint("keys", __name__)


_MOST_DAYS = 3650

_COLUMNS = (
    Column("key", _("Key")),
    Column("may", _("May")),
    Column("made", _("Made"), DOWN),
    Column("used", _("Last used"), DOWN),
    Column("state", _("State")),
)
_NEVER = datetime.min.replace(tzinfo=UTC)


@pages.get("/s/<space>/keys")
@allow(*KEEPERS)
def listed() -> ResponseReturnValue:
    """List the keys of a space, without their secrets."""
    return _page()


@pages.post("/s/<space>/keys")
@allow(*KEEPERS)
def make() -> ResponseReturnValue:
    """Make a key, and show its secret this once."""
    try:
        with transaction() as tx:
            made = _make(tx)
            audit.note(tx, caller().account_id, audit.KEY_MADE, key=made.key, scopes=made.scopes)
    except NotUnderstood as wrong:
        return _page(wrong), 422
    config = services().config
    return render_template(
        "key.html", space=current_space(), made=made, endpoint=f"{config.public_url}/xapi", words=SCOPE_WORDS
    )


@pages.post("/s/<space>/keys/<key>/revoke")
@allow(*KEEPERS)
def revoke(key: str) -> ResponseReturnValue:
    """Take a key back; it stops working at once."""
    with transaction() as tx:
        if not credentials.revoke(tx, key):
            raise NotFound
        audit.note(tx, caller().account_id, audit.KEY_REVOKED, key=key)
    return redirect(url_for("keys.listed", done="revoked"), 303)


def _make(tx: Tx) -> NewKey:
    """Read the form: for pages of some origins, or for a server with scopes."""
    days, rate = _number("days", _MOST_DAYS), _number("rate", 1_000_000)
    origins = tuple(request.form.get("origins", "").split())
    if request.form.get("kind") == BROWSER:
        try:
            return credentials.create_for_browsers(tx, origins, days, rate=rate)
        except NoOrigin:
            raise NotUnderstood(
                "origins", _("An origin is a scheme and a host, such as https://school.example.")
            ) from None
    scopes = tuple(scope for scope in SCOPES if scope in request.form.getlist("scope"))
    if not scopes:
        raise NotUnderstood("scope", _("Choose what the key may do."))
    return credentials.create(tx, scopes, days, rate=rate)


def _number(field: str, most: int) -> int | None:
    text = request.form.get(field, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and 0 < int(text) <= most):
        raise NotUnderstood(field, _("This is a whole number from 1 to %(most)s.", most=most))
    return int(text)


def _page(wrong: NotUnderstood | None = None) -> str:
    with reading() as tx:
        rows, used = kept.listed(tx, SERVER, BROWSER), usage.last_uses(tx)
    now = datetime.now(UTC)
    keys: list[dict[str, Any]] = [
        {
            "row": row,
            "scopes": json.loads(row.scopes),
            "origins": json.loads(row.origins or "[]"),
            "used": used.get(row.id),
            "holds": row.revoked is None and (row.expires is None or row.expires > now),
        }
        for row in rows
    ]
    order = orders.read(_COLUMNS, request.args, "made")
    return render_template(
        "keys.html",
        space=current_space(),
        keys=_in(order, keys),
        order=order,
        ask=request.args.get("ask", ""),
        words=SCOPE_WORDS,
        given=request.form,
        wrong=wrong,
        done=request.args.get("done", ""),
    )


def _in(order: Order, keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put keys in order; those that hold no more stand behind the others, whichever way it goes."""
    by_use = order.by == "used"
    keys.sort(key=lambda key: (key["used"] or _NEVER) if by_use else key["row"].created, reverse=order.falls)
    return sorted(keys, key=lambda key: not key["holds"])
