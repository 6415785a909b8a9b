"""A certificate on a phone: the page that a link opens without an account, and making such links for who stands at the counter."""

from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import orjson
from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lrs import days
from lrs.access import EVERYBODY, LEARNER, MENTOR, allow, caller
from lrs.certificates import drawing, issuing, phone
from lrs.certificates.pages import as_credential, as_file, prepared
from lrs.certificates.zipped import file_name
from lrs.errors import NotFound
from lrs.people import audit, paper_links, printed
from lrs.people.directory import Directory
from lrs.people.roles import KEEPERS
from lrs.scannable import address_of, code
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificate_links, certificates
from storage.certificates import VALID, CertificateRow
from storage.database import Tx

pages = Blueprint("phone", __name__)


@pages.get("/s/<space>/paper/<word>")
@allow(EVERYBODY)
def one(word: str) -> ResponseReturnValue:
    """Show a certificate to whoever has its link."""
    with reading() as tx:
        row = phone.opened(tx, word)
        name = printed.name_on(tx, services().identity_keys, row)
    page = render_template(
        "paper.html",
        space=current_space(),
        word=word,
        row=row,
        name=name,
        told=orjson.loads(row.told),
        number=issuing.number_of(row),
        expired=issuing.expired(row, days.today()),
    )
    return _unlisted(make_response(page))


@pages.get("/s/<space>/paper/<word>.png")
@allow(EVERYBODY)
def picture(word: str) -> ResponseReturnValue:
    """Give the look of a certificate to whoever has its link."""
    with reading() as tx:
        row = phone.opened(tx, word)
    drawn = drawing.picture(services(), current_space().id, row.id, partial(prepared, row))
    return _unlisted(Response(drawn, mimetype="image/png"))


@pages.get("/s/<space>/paper/<word>.pdf")
@allow(EVERYBODY)
def paper(word: str) -> ResponseReturnValue:
    """Give a certificate as a signed PDF to whoever has its link."""
    with reading() as tx:
        row = phone.opened(tx, word)
        name = printed.name_on(tx, services().identity_keys, row)
    pdf = drawing.paper(services(), current_space().id, row, partial(prepared, row))
    return _unlisted(as_file(pdf, "application/pdf", file_name(issuing.number_of(row), name)))


@pages.get("/s/<space>/paper/<word>.json")
@allow(EVERYBODY)
def credential(word: str) -> ResponseReturnValue:
    """Give a certificate as an Open Badges 3.0 credential to whoever has its link."""
    with transaction() as tx:
        return _unlisted(as_credential(tx, phone.opened(tx, word)))


@pages.post("/s/<space>/certificates/<uuid:certificate_id>/link")
@allow(*KEEPERS, MENTOR)
def show(certificate_id: UUID) -> ResponseReturnValue:
    """Make a link for somebody who stands here, to be scanned from the screen or printed."""
    with transaction() as tx:
        row = _helped(tx, certificate_id)
        if row.state != VALID:
            raise drawing.TakenBack
        word, link = paper_links.make(tx, row.id, caller().account_id)
        name = printed.name_on(tx, services().identity_keys, row)
        audit.note_look(tx, caller().account_id, [row.account_id], "certificate")
        audit.note(tx, caller().account_id, audit.PAPER_LINK, row.account_id, number=issuing.number_of(row))
    address = address_of("phone.one", word=word)
    back = (
        url_for("certificate_office.one", certificate_id=row.id)
        if caller().role in KEEPERS
        else url_for("achievements.of_person", account_id=row.account_id)
    )
    return render_template(
        "paper_slip.html",
        space=current_space(),
        name=name,
        course=str(orjson.loads(row.told)["course"]),
        address=address,
        code=code(address),
        until=link.expires,
        back=back,
    )


@pages.post("/s/<space>/certificates/<uuid:certificate_id>/links/end")
@allow(*KEEPERS)
def end(certificate_id: UUID) -> ResponseReturnValue:
    """Let none of a certificate's links open it any more."""
    with transaction() as tx:
        row = _helped(tx, certificate_id)
        count = certificate_links.end(tx, row.id, datetime.now(UTC))
        audit.note(tx, caller().account_id, audit.PAPER_LINKS_ENDED, row.account_id, links=count)
    return redirect(url_for("certificate_office.one", certificate_id=row.id, done="ended"), 303)


def _helped(tx: Tx, certificate_id: UUID) -> CertificateRow:
    """Find a certificate of somebody whom the caller may see: a mentor sees learners."""
    row = certificates.find(tx, certificate_id)
    if row is None:
        raise NotFound
    if caller().role == MENTOR:
        found = Directory(tx, services().identity_keys, caller().account_id).find(row.account_id)
        if found.account.role != LEARNER:
            raise NotFound
    return row


def _unlisted(response: Response) -> Response:
    """Let no search engine keep it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
