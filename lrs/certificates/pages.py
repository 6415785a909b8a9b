"""Certificates as their owners see them."""

from functools import partial
from urllib.parse import quote
from uuid import UUID

import orjson
from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from lrs import days
from lrs.access import ROLES, allow, caller
from lrs.certificates import drawing, ending, issuing, proofs
from lrs.certificates.drawing import Prepared
from lrs.certificates.proofs import prove
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
    renewable = {row.id for row in ending.renewable(rows, today)}
    return render_template("certificates.html", space=current_space(), shown=shown, renewable=renewable)


@pages.get("/s/<space>/certificates/<uuid:certificate_id>.pdf")
@allow(*ROLES)
def paper(certificate_id: UUID) -> ResponseReturnValue:
    """Give a certificate as a signed PDF to its owner, and to those who look after the space."""
    with reading() as tx:
        row = _own(tx, certificate_id)
        name = printed.name_on(tx, services().identity_keys, row)
    pdf = drawing.paper(services(), current_space().id, row, partial(prepared, row))
    return as_file(pdf, "application/pdf", file_name(issuing.number_of(row), name))


@pages.get("/s/<space>/certificates/<uuid:certificate_id>.json")
@allow(*ROLES)
def credential(certificate_id: UUID) -> ResponseReturnValue:
    """Give a certificate as an Open Badges 3.0 credential to its owner, and to those who look after the space."""
    with transaction() as tx:
        row = _own(tx, certificate_id)
        return as_credential(tx, row)


def prepared(row: CertificateRow) -> Prepared:
    """Look up what is drawn of a certificate, in a transaction that does not wait for the drawing."""
    with transaction() as tx:
        return drawing.prepared(tx, services(), row, prove)


def as_credential(tx: Tx, row: CertificateRow) -> Response:
    """Give the credential of a certificate that is valid."""
    if row.state != certificates.VALID:
        raise drawing.TakenBack
    name = printed.name_on(tx, services().identity_keys, row)
    file = file_name(issuing.number_of(row), name).removesuffix("pdf") + "json"
    return as_file(proofs.credential(tx, row, name), "application/vc", file)


def as_file(content: bytes, sort: str, name: str) -> Response:
    """Give a file to be kept under a name."""
    answer = Response(content, mimetype=sort)
    # A head is ASCII (RFC 9110, 5.5): a name with marks goes as RFC 8187 writes it.
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def _own(tx: Tx, certificate_id: UUID) -> CertificateRow:
    """Find a certificate of the caller's own; those who look after the space find all."""
    row = certificates.find(tx, certificate_id)
    if row is None or (row.account_id != caller().account_id and caller().role not in KEEPERS):
        raise NotFound
    return row
