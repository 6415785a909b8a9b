"""What a link for a phone opens: one certificate, as long as both hold (docs/certificates-sending.md, On a phone)."""

from datetime import UTC, datetime

from flask_babel import lazy_gettext as _

from lrs.certificates.drawing import TakenBack
from lrs.errors import Trouble
from lrs.people import words
from storage import certificate_links, certificates
from storage.certificates import VALID, CertificateRow
from storage.database import Tx


class LinkOver(Trouble):
    """A link has ended, or is none."""

    status = 410
    title = _("This link opens no certificate any more")
    advice = _(
        "It worked for some days. Sign in and look at your results: the certificate is there. Or ask who gave it to you for another one."
    )


def opened(tx: Tx, word: str) -> CertificateRow:
    """Find what a link opens; LinkOver or TakenBack, if it is nothing any more."""
    link = certificate_links.find(tx, words.digest(word))
    if link is None or link.ended is not None or link.expires <= datetime.now(UTC):
        raise LinkOver
    row = certificates.find(tx, link.certificate_id)
    if row is None or row.state != VALID:
        raise TakenBack
    return row
