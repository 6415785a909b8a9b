"""One certificate for those who look after the space: what happened to it, taking it back, and issuing it with another name."""

from datetime import UTC, datetime
from uuid import UUID

import orjson
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs import days
from lrs.access import allow, caller
from lrs.certificates import issuing, sending
from lrs.certificates.issuing import Office
from lrs.errors import Malformed, NotFound
from lrs.people import audit, letters, printed
from lrs.people.directory import Directory
from lrs.people.identity import Identity, NotUnderstood
from lrs.people.roles import KEEPERS
from lrs.people.shown import REASONS
from lrs.services import services
from lrs.web import current_space, reading, transaction
from storage import certificate_links, certificate_sendings, certificates
from storage import letters as kept
from storage.certificate_sendings import SendingRow
from storage.certificates import CertificateRow
from storage.database import Tx
from storage.letters import FAILED, LetterRow

pages = Blueprint("certificate_office", __name__)

_HAPPENED = {
    certificates.ISSUED: _("issued"),
    certificates.NAMED_ANEW: _("replaced by a newer paper"),
    certificates.TAKEN_BACK: _("taken back"),
}


_SENT = {
    certificate_sendings.ISSUED: _("The certificate by e-mail"),
    certificate_sendings.ENDING: _("Word that it ends soon, by e-mail"),
}


@pages.get("/s/<space>/certificates/<uuid:certificate_id>")
@allow(*KEEPERS)
def one(certificate_id: UUID) -> ResponseReturnValue:
    """Show a certificate, and all that happened to its number."""
    return _page(certificate_id)


@pages.post("/s/<space>/certificates/<uuid:certificate_id>/revoke")
@allow(*KEEPERS)
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """Take it back, and say why."""
    try:
        with transaction() as tx:
            row = _row(tx, certificate_id)
            _office(tx).revoke(row, request.form.get("reason", ""))
            audit.note(tx, caller().account_id, audit.TAKEN_BACK, row.account_id, number=issuing.number_of(row))
    except NotUnderstood as wrong:
        return _page(certificate_id, wrong), 422
    return redirect(url_for("certificate_office.one", certificate_id=certificate_id, done="revoked"), 303)


@pages.post("/s/<space>/certificates/<uuid:certificate_id>/name")
@allow(*KEEPERS)
def rename(certificate_id: UUID) -> ResponseReturnValue:
    """Issue it once more under its number, with the name as it should be."""
    try:
        name = Identity.introduced({"name": request.form.get("name", "")}).name
        with transaction() as tx:
            row = _row(tx, certificate_id)
            new = _office(tx).rename(row, name, request.form.get("reason", ""))
            audit.note(tx, caller().account_id, audit.NAMED_ANEW, row.account_id, number=issuing.number_of(row))
    except NotUnderstood as wrong:
        return _page(certificate_id, wrong), 422
    return redirect(url_for("certificate_office.one", certificate_id=new.id, done="renamed"), 303)


@pages.post("/s/<space>/certificates/<uuid:certificate_id>/send")
@allow(*KEEPERS)
def send(certificate_id: UUID) -> ResponseReturnValue:
    """Send it by e-mail, if it was not sent yet, or could not be delivered."""
    if not letters.offered():
        raise Malformed
    with transaction() as tx:
        row = _row(tx, certificate_id)
        if row.state != certificates.VALID:
            raise issuing.NotValidAnyMore
        goes = sending.send_again(tx, services().identity_keys, row, caller().account_id)
        if goes:
            audit.note(tx, caller().account_id, audit.PAPER_SENT, row.account_id, number=issuing.number_of(row))
    return redirect(url_for("certificate_office.one", certificate_id=row.id, done="sent" if goes else "unsent"), 303)


def _office(tx: Tx) -> Office:
    return Office(tx, services().identity_keys, datetime.now(UTC), days.zone(), caller().account_id)


def _may_send(sent: list[tuple[SendingRow, LetterRow | None]]) -> bool:
    """Tell whether it was not sent, or could not be delivered."""
    ours = [letter for one, letter in sent if one.kind == certificate_sendings.ISSUED]
    return not ours or any(letter is not None and letter.state == FAILED for letter in ours)


def _row(tx: Tx, certificate_id: UUID) -> CertificateRow:
    row = certificates.find(tx, certificate_id)
    if row is None:
        raise NotFound
    return row


def _page(certificate_id: UUID, wrong: NotUnderstood | None = None) -> str:
    with transaction() if wrong is None else reading() as tx:
        row = _row(tx, certificate_id)
        name = printed.name_on(tx, services().identity_keys, row)
        happened = [event for each in certificates.rounds(tx, row) for event in certificates.history(tx, each.id)]
        sent = [(one, kept.find(tx, one.letter_id)) for one in certificate_sendings.of(tx, [row.id])]
        links = certificate_links.open_ones(tx, row.id, datetime.now(UTC))
        known = Directory(tx, services().identity_keys).identity(row.account_id)
        if wrong is None:
            audit.note_look(tx, caller().account_id, [row.account_id], "certificate")
    return render_template(
        "certificate.html",
        space=current_space(),
        row=row,
        name=name,
        told=orjson.loads(row.told),
        number=issuing.number_of(row),
        happened=happened,
        words=_HAPPENED,
        sent=sent,
        sent_words=_SENT,
        may_send=letters.offered() and bool(known.email) and _may_send(sent),
        mail_offered=letters.offered(),
        reachable=bool(known.email),
        reasons=REASONS,
        links=links,
        given=request.form,
        wrong=wrong,
        done=request.args.get("done", ""),
    )
