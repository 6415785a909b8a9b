"""Every component in every state on one page, for whoever builds pages: shown where only this machine finds the service."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lrs import errors
from lrs.access import EVERYBODY, allow
from lrs.design import charts
from lrs.design import order as orders
from lrs.design.order import DOWN, UP, Column
from lrs.services import services

pages = Blueprint("components", __name__)

_COLUMNS = (
    Column("name", _("Name"), UP),
    Column("learners", _("Number of people"), DOWN, number=True),
    Column("day", _("Since"), DOWN),
)

_ROWS = (
    ("Phường Ngô Quyền", 12133, datetime(2025, 7, 1, tzinfo=UTC)),
    ("Đặc khu Bạch Long Vĩ", 634, datetime(2025, 7, 2, tzinfo=UTC)),
    ("Sở Khoa học và Công nghệ", 1304, datetime(2020, 1, 1, tzinfo=UTC)),
)

_STATES = ((_("Completed"), 12133), (_("Begun"), 1026), (_("New"), 841))

_MONTHS = (210, 480, 1304, 980, 2410, 4565, 4993, 7227, 6800, 9140, 12133, 14464)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is wrong with a field of a form."""

    field: str
    detail: LazyString


_SAID = (
    (401, errors.SignInNeeded()),
    (403, errors.NotAllowed()),
    (404, errors.NotFound()),
    (410, errors.LinkUsed()),
    (413, errors.TooLarge()),
    (429, errors.TooManyRequests()),
    (500, errors.Trouble(_("This is our mistake, not yours. It has been noted; please try again later."))),
    (503, errors.Away()),
)


@pages.get("/components")
@allow(EVERYBODY)
def shown() -> str:
    """Show every component in every state, on a development server alone."""
    if not services().config.local:
        raise errors.NotFound
    theme = request.args.get("theme", "")
    order = orders.read(_COLUMNS, request.args, "learners", kept=("theme", "lang"))
    keys = {"name": lambda row: row[0], "learners": lambda row: row[1], "day": lambda row: row[2]}
    return render_template(
        "components.html",
        theme=theme if theme in ("light", "dark") else "",
        order=order,
        rows=sorted(_ROWS, key=keys[order.by], reverse=order.falls),
        wrong=_Wrong("phone", _("A phone number looks like 0912 345 678, or +84 912 345 678.")),
        said=_SAID,
        tree=replace(order, columns=_COLUMNS[:2]),
        ask=request.args.get("ask", ""),
        ways=charts.bars([("An Biên", 4993), ("Gia Viên", 2410), ("Bạch Long Vĩ", 86)]),
        months=charts.line([(f"{month:02}/2025", value) for month, value in enumerate(_MONTHS, start=1)]),
        states=charts.stacked([(str(word), value) for word, value in _STATES]),
    )
