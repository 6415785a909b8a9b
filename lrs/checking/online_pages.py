"""The page on the network: how a certificate stands today, for whoever has its code. It needs no account, and shows little."""

from datetime import date, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

import orjson
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import EVERYBODY, allow, caller
from lrs.certificates.issuing import number_of
from lrs.certificates.number import read_code, spaced
from lrs.checking.standing import Standing, shown, state_of
from lrs.people import limits, printed
from lrs.people.directory import Directory
from lrs.people.guest_pages import visitor
from lrs.people.identity import NotUnderstood
from lrs.people.limits import TooMany
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificates, shown_names, skill_badges
from storage.certificates import REPLACED, REVOKED, VALID, CertificateRow
from storage.database import Tx
from storage.shown_names import NOTHING
from storage.skill_badges import BadgeRow

pages = Blueprint("verify", __name__)

_WRONG = NotUnderstood("code", _("The code has sixteen letters and digits. Look at the paper once more."))
_UNKNOWN = NotUnderstood(
    "code",
    _(
        "We have issued no certificate with this code. Compare each letter with the paper. Is it right, do not rely on the paper."
    ),
)


@pages.get("/s/<space>/verify")
@allow(EVERYBODY)
def form() -> ResponseReturnValue:
    """Show the field for the code of a certificate, or lead to its page."""
    typed = request.args.get("code", "")
    if not typed:
        return _page()
    code = read_code(typed)
    return redirect(url_for("verify.one", code=code), 303) if code else _page(typed, _WRONG, HTTPStatus.NOT_FOUND)


@pages.get("/s/<space>/verify/<code>")
@allow(EVERYBODY)
def one(code: str) -> ResponseReturnValue:
    """Tell how a certificate stands today."""
    known = read_code(code)
    if not known:
        return _page(code, _WRONG, HTTPStatus.NOT_FOUND)
    with reading() as tx:
        row = certificates.by_code(tx, known)
        issued = row or skill_badges.by_code(tx, known)
        found = None if issued is None else standing_of(tx, issued)
    if found is not None:
        office = row.id if row is not None and caller().role in KEEPERS else None
        own = row.id if row is not None and row.account_id == caller().account_id and row.state == VALID else None
        page = render_template(
            "standing.html", space=current_space(), found=found, code=spaced(known), office=office, own=own
        )
        return unlisted(page)
    try:
        counted()
    except TooMany as wrong:
        return _page(spaced(known), wrong, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(wrong.retry_after)})
    return _page(spaced(known), _UNKNOWN, HTTPStatus.NOT_FOUND)


def counted() -> None:
    """Count who asks for what is nobody's, or raise TooMany: whoever checks a hundred papers is not counted."""
    with transaction() as tx:
        limits.take(tx, services().identity_keys, limits.VERIFICATIONS, visitor())


def standing_of(tx: Tx, issued: CertificateRow | BadgeRow) -> Standing:
    """Read how a certificate or a badge stands."""
    return _of_badge(tx, issued) if isinstance(issued, BadgeRow) else _of_certificate(tx, issued)


def _of_certificate(tx: Tx, row: CertificateRow) -> Standing:
    # The name on a paper that was replaced was wrong: nobody is told it.
    wish = NOTHING if row.state == REPLACED else shown_names.chosen(tx, row.account_id)
    ended = [] if row.state == VALID else certificates.history(tx, row.id)[-1:]
    return Standing(
        state=state_of(row, days.today()),
        number=number_of(row),
        name=shown(printed.name_on(tx, services().identity_keys, row), wish),
        completed=str(orjson.loads(row.told)["course"]),
        day=row.day,
        until=row.until,
        since=next((_day_of(event.at) for event in ended), None),
    )


def _of_badge(tx: Tx, row: BadgeRow) -> Standing:
    """Read how a badge stands: it has no number but its code, and the name of whoever holds it is that of today."""
    name = Directory(tx, services().identity_keys).names([row.account_id]).get(row.account_id, "")
    return Standing(
        state=REVOKED if row.revoked else VALID,
        number=spaced(row.code),
        name=shown(name, shown_names.chosen(tx, row.account_id)),
        completed=str(orjson.loads(row.told)["name"]),
        day=_day_of(row.reached),
        until=None,
        since=_day_of(row.revoked) if row.revoked else None,
        badge=True,
    )


def _day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(days.zone())).date()


def _page(
    typed: str = "", wrong: Exception | None = None, status: int = HTTPStatus.OK, more: dict[str, str] | None = None
) -> Response:
    page = render_template("verify.html", space=current_space(), typed=typed, wrong=wrong)
    return unlisted(page, status, more)


def unlisted(page: str, status: int = HTTPStatus.OK, more: dict[str, str] | None = None) -> Response:
    """Let no search engine keep it."""
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers.update(more or {})
    return response
