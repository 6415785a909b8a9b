"""The other half of checking over the network: whoever was sent a file, a PDF or a credential, hands it in here. Nothing of it is kept."""

from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from lrs.access import EVERYBODY, allow
from lrs.certificates import signers
from lrs.certificates.number import spaced
from lrs.checking.held import MOST_BYTES, Altered, Held, Issuer, NothingOfOurs
from lrs.checking.online_pages import counted, standing_of, unlisted
from lrs.errors import Trouble
from lrs.issuing.did import did
from lrs.people.identity import NotUnderstood
from lrs.people.limits import TooMany
from lrs.services import services
from lrs.web import current_space, reading
from storage import certificates, issuing, skill_badges
from storage.database import Tx

pages = Blueprint("verify_file", __name__)

_NONE = NotUnderstood("file", _("Please choose the file first."))
_LARGE = NotUnderstood(
    "file", _("This file is larger than any certificate: %(most)s MB at most.", most=MOST_BYTES // 1_000_000)
)
_OTHER = NotUnderstood(
    "file",
    _(
        "This is no certificate as a file. Choose the PDF that was sent to you, the picture of a badge, or the credential,"
        " whose name ends in .json. Is it a picture or a scan, type the code on it above."
    ),
)


class _NotGenuine(Trouble):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = _("Not genuine")
    advice = _("Was it printed or scanned, and saved anew? Then it is no original: check it by the code on the paper.")

    def __init__(self) -> None:
        super().__init__(_("This file was changed, or was not issued here. Do not rely on it."))


@pages.post("/s/<space>/verify")
@allow(EVERYBODY)
def look() -> ResponseReturnValue:
    """Tell whether a file is as it was issued, and how its certificate stands today."""
    content = _content()
    if not content:
        return _refused(_NONE)
    if len(content) > MOST_BYTES:
        return _refused(_LARGE)
    try:
        with reading() as tx:
            issuer = _issuer(tx)
        held = issuer.held(content)
        with reading() as tx:
            row = certificates.find(tx, held.certificate) or skill_badges.find(tx, held.certificate)
            found = None if row is None else standing_of(tx, row)
    except NothingOfOurs:
        return _refused(_OTHER)
    except Altered:
        return _refused(_NotGenuine())
    if row is None or found is None:
        return _refused(_NotGenuine())
    return _told(held, found, spaced(row.code))


def _content() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return b""
    with sent.stream:  # a large one lay in a file without a name, which ends here
        return sent.stream.read(MOST_BYTES + 1)


def _issuer(tx: Tx) -> Issuer:
    parts = services()
    return Issuer(did(parts.config.public_url, current_space().slug), issuing.keys(tx), signers.known(parts, tx.space))


def _told(held: Held, found: object, code: str) -> ResponseReturnValue:
    page = render_template("standing.html", space=current_space(), found=found, code=code, held=held, office=None)
    return unlisted(page)


def _refused(wrong: Exception) -> ResponseReturnValue:
    """Say what is wrong; whoever hands in one file after the other is slowed down, as one who guesses codes is."""
    status, more = HTTPStatus.UNPROCESSABLE_ENTITY, {}
    try:
        counted()
    except TooMany as often:
        wrong, status, more = often, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(often.retry_after)}
    page = render_template("verify.html", space=current_space(), typed="", wrong=wrong)
    return unlisted(page, status, more)
