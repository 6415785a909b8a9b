"""What is signed for one certificate: the seal for the printed code, and the credential."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from lrs.badges.credential import Certificate, Completed, Holder, Issuer, credential, moment
from lrs.badges.proof import sign
from lrs.issuing import status
from lrs.issuing.did import did, method
from lrs.issuing.keys import signer
from lrs.keys import Keys
from lrs.seals.seal import COMPLETED, NAME, NUMBER, Seal, name_of
from lrs.seals.words import Words
from storage.database import Tx
from storage.spaces import SpaceRow


@dataclass(frozen=True, slots=True)
class Proved:
    """What the proofs of a certificate tell. The name is what its owner lets everybody see."""

    id: UUID
    code: bytes
    """Ten random bytes, by which its page is found."""
    number: str
    name: str
    completed: Completed
    issued: date
    awarded: datetime
    until: date | None = None
    until_moment: datetime | None = None
    revoked: datetime | None = None


def issuer_of(public_url: str, space: SpaceRow) -> Issuer:
    """Tell who issues in a space."""
    return Issuer(did(public_url, space.slug), space.name, f"{public_url}/s/{space.slug}")


def seal(tx: Tx, keys: Keys, certificate: Proved) -> str:
    """Sign the digits of the printed code."""
    by = signer(tx, keys)
    words = (
        Words.of(certificate.number, NUMBER),
        Words.of(certificate.name, NAME),
        Words.of(certificate.completed.name, COMPLETED),
    )
    return Seal(name_of(by.public), certificate.code, certificate.issued, certificate.until, *words).write(by.private)


def badge(tx: Tx, keys: Keys, issuer: Issuer, certificate: Proved, *, salt: str = "") -> dict[str, Any]:
    """Sign the credential; its place in the status list is taken now, if it has none."""
    by = signer(tx, keys)
    place = status.place(tx, issuer, certificate.id, certificate.revoked)
    written = credential(
        Certificate(
            certificate.id,
            certificate.number,
            issuer,
            Holder(certificate.name, salt),
            certificate.completed,
            certificate.awarded,
            certificate.until_moment,
            place,
        )
    )
    return sign(written, by.private, method(issuer.did, by.public), moment(datetime.now(UTC)))
