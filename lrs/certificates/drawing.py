"""Drawing what was issued, when somebody asks for it: once, and then it lies in the object store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from flask_babel import lazy_gettext as _

from lrs.certificates import issuing, keeping, signers
from lrs.certificates.code import Payload
from lrs.certificates.press import Press
from lrs.certificates.sheet import Certificate
from lrs.certificates.signing import NoSigningKey, Seal
from lrs.certificates.template import Template
from lrs.errors import NotFound, Trouble
from lrs.people import printed
from lrs.people.emblem import Emblem
from lrs.services import Services
from storage import certificate_templates, certificates
from storage.blobs import BlobMissing
from storage.certificates import CertificateRow
from storage.database import Tx

_DOTS = 110
"""Dots an inch of a look: as wide as a desktop's column, and whole letters on a phone that is turned."""

_FIELD = {"vi": "Chữ ký của nơi cấp", "en": "Signature of whoever issues"}


class NotSigned(Trouble):
    """There is no key that signs."""

    status = 503
    title = _("This certificate cannot be drawn at the moment")
    advice = _(
        "It is yours all the same, with its number. Whoever runs the service has to put a signing key in place: haidang doctor says how."
    )
    retry_after = 3600


class TakenBack(Trouble):
    """A certificate is not valid any more, and is not drawn."""

    status = 410
    title = _("This certificate is not valid any more")
    advice = _("It was taken back, or issued anew with another name. Look at your certificates for the one that holds.")


@dataclass(frozen=True, slots=True)
class Proofs:
    """What others make of a certificate: what the code holds, where it is checked, and the credential that is attached."""

    payload: Payload
    where: str
    credential: bytes | None = None


Prove = Callable[[Tx, CertificateRow, str], Proofs]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is needed to draw a certificate, once the transaction is over: drawing and signing take a tenth of a second."""

    space: int
    row: CertificateRow
    press: Press
    sheet: Certificate


Prepare = Callable[[], Prepared]
"""Looks it up in a transaction of its own, which is over before anything is drawn."""


def paper(parts: Services, space: int, row: CertificateRow, prepare: Prepare) -> bytes:
    """Give a signed PDF."""
    if row.state != certificates.VALID:
        raise TakenBack
    return kept(parts, space, row.id) or signed(parts, prepare())


def prepared(tx: Tx, parts: Services, row: CertificateRow, prove: Prove) -> Prepared:
    """Look everything up that is drawn, and sign what is put into it."""
    press = press_of(tx, row.template_id, row.template_version)
    return Prepared(tx.space, row, press, on_paper(tx, parts, row, prove))


def kept(parts: Services, space: int, certificate_id: UUID) -> bytes | None:
    """Give what was drawn before, if it was."""
    try:
        with parts.blobs.get(_place(space, certificate_id)) as reading:
            return b"".join(reading)
    except BlobMissing:
        return None


def signed(parts: Services, one: Prepared) -> bytes:
    """Draw a certificate and sign it, and keep it."""
    field = _FIELD["en" if one.press.template.language == "en" else "vi"]
    seal, drawn = ready(parts), one.press.page(one.sheet)
    try:
        pdf = seal.sign(drawn, field, datetime.now(UTC))
    except NoSigningKey as missing:  # a token can go away at any moment
        raise NotSigned from missing
    signers.remember(parts, one.space, seal)
    parts.blobs.put(_place(one.space, one.row.id), pdf)
    return pdf


def picture(parts: Services, space: int, certificate_id: UUID, prepare: Prepare) -> bytes:
    """Give a look at a certificate as PNG; it is drawn once."""
    place = f"certificates/{space}/{certificate_id}.png"
    try:
        with parts.blobs.get(place) as reading:
            return b"".join(reading)
    except BlobMissing:
        one = prepare()
        drawn = one.press.picture(one.sheet, _DOTS)
        parts.blobs.put(place, drawn)
        return drawn


def _place(space: int, certificate_id: UUID) -> str:
    return f"certificates/{space}/{certificate_id}.pdf"


def ready(parts: Services) -> Seal:
    """Give the key that signs; NotSigned where there is none."""
    try:
        seal = keeping.seal_of(parts.config)
        seal.hold(datetime.now(UTC))
    except NoSigningKey as missing:
        raise NotSigned from missing
    return seal


def on_paper(tx: Tx, parts: Services, row: CertificateRow, prove: Prove) -> Certificate:
    """Say what is drawn of a certificate."""
    name = printed.name_on(tx, parts.identity_keys, row)
    proofs = prove(tx, row, name)
    return issuing.on_paper(row, name, proofs.where, proofs.payload, proofs.credential)


def press_of(tx: Tx, template_id: UUID, version: int) -> Press:
    """Give the press of a version of a template; some of them stay set up."""
    row = certificate_templates.find(tx, template_id, version)
    if row is None:
        raise NotFound
    digests = sorted({each.digest for each in Template.loads(row.body).pictures.values()})
    found = (certificate_templates.picture(tx, digest) for digest in digests)
    return _set_up(
        row.body, tuple((each.digest, Emblem(each.type, each.content)) for each in found if each is not None)
    )


@lru_cache(maxsize=16)
def _set_up(body: str, pictures: tuple[tuple[str, Emblem], ...]) -> Press:
    return Press(Template.loads(body), dict(pictures))
