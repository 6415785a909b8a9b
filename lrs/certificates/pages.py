"""Certificates as their owners see them."""

from urllib.parse import quote
from uuid import UUID

import orjson
from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from lrs import days
from lrs.access import ROLES, allow, caller
from lrs.certificates import drawing, issuing
from lrs.certificates.proofs import prove
from lrs.certificates.zipped import file_name
from lrs.errors import NotFound
from lrs.people import printed
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificates

pages = Blueprint("certificates", __name__)


@pages.get("/s/<space>/certificates")
@allow(*ROLES)
def own() -> ResponseReturnValue:
    """List one's own certificates."""
    own_id = caller().account_id
    with reading() as tx:
        rows = certificates.of_account(tx, own_id) if own_id else []
    today = days.today()
    shown = [(row, orjson.loads(row.told), issuing.number_of(row), issuing.expired(row, today)) for row in rows]
    return render_template("certificates.html", space=current_space(), shown=shown, may_edit=caller().role in KEEPERS)


@pages.get("/s/<space>/certificates/<uuid:certificate_id>.pdf")
@allow(*ROLES)
def paper(certificate_id: UUID) -> ResponseReturnValue:
    """Give a certificate as a signed PDF to its owner, and to those who look after the space."""
    with transaction() as tx:
        row = certificates.find(tx, certificate_id)
        if row is None or (row.account_id != caller().account_id and caller().role not in KEEPERS):
            raise NotFound
        pdf = drawing.paper(tx, services(), row, prove)
        name = printed.name_on(tx, services().identity_keys, row)
    answer = Response(pdf, mimetype="application/pdf")
    # A head is ASCII (RFC 9110, 5.5): a name with marks goes as RFC 8187 writes it.
    file = quote(file_name(issuing.number_of(row), name), safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    return answer
