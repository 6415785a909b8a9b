"""Certificates as their owners see them, and as anybody does who has the code of one."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from lrs import days
from lrs.access import EVERYBODY, ROLES, allow, caller
from lrs.certificates import drawing, issuing
from lrs.certificates.drawing import Proofs
from lrs.certificates.number import read_code, spaced
from lrs.certificates.zipped import file_name
from lrs.errors import NotFound
from lrs.people import printed
from lrs.people.roles import KEEPERS
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificates
from storage.certificates import CertificateRow
from storage.database import Tx

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
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(issuing.number_of(row), name))
    return answer


@pages.get("/s/<space>/c/<code>")
@allow(EVERYBODY)
def check(code: str) -> ResponseReturnValue:
    """Say what is true of the certificate that has this code, and little else."""
    with reading() as tx:
        row = certificates.by_code(tx, read_code(code))
        if row is None:
            return render_template("certificate_check.html", space=current_space(), row=None), 404
        name = printed.name_on(tx, services().identity_keys, row)
        history = certificates.history(tx, row.id)
    return render_template(
        "certificate_check.html",
        space=current_space(),
        row=row,
        name=name,
        told=orjson.loads(row.told),
        number=issuing.number_of(row),
        code=spaced(row.code),
        expired=issuing.expired(row, days.today()),
        may_change=caller().role in KEEPERS,
        since=_day(history[-1].at) if row.state != certificates.VALID and history else None,
    )


def prove(_tx: Tx, row: CertificateRow, _name: str) -> Proofs:
    """Let the code hold the address at which a certificate is checked."""
    where = f"{services().config.public_url}/s/{current_space().slug}/c/{spaced(row.code)}"
    return Proofs(where, where)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(days.zone()))
