"""What is signed for one certificate: the seal for the printed code, and the credential that is attached and downloaded."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import orjson

from lrs.badges.credential import Certificate, Completed, Holder, Issuer, credential, moment
from lrs.badges.proof import sign
from lrs.issuing import status
from lrs.issuing.did import did, method
from lrs.issuing.keys import Signer, signer
from lrs.keys import Keys
from lrs.seals.code import address
from lrs.seals.letters import to_bytes
from lrs.seals.seal import COMPLETED, NAME, NUMBER, Seal, name_of
from lrs.seals.words import Words, cleaned
from storage.certificates import CertificateRow
from storage.database import Tx
from storage.spaces import SpaceRow

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Prover:
    """Whoever signs for a space; its first key, and places in status lists, are made when needed, so the transaction writes."""

    tx: Tx
    keys: Keys
    public_url: str
    space: SpaceRow

    @property
    def issuer(self) -> Issuer:
        """Who says it."""
        return issuer_of(self.public_url, self.space)

    def seal(self, row: CertificateRow, number: str, name: str) -> str:
        """Sign what is printed as a code: the address of the page that checks, with the seal in it."""
        by = self._signer()
        words = Words.of(number, NUMBER), Words.of(name, NAME), Words.of(_course(row), COMPLETED)
        made = Seal(name_of(by.public), to_bytes(row.code), row.day, row.until, *words)
        return address(self.public_url, made.write(by.private))

    def badge(self, row: CertificateRow, number: str, name: str, *, salt: str = "") -> bytes:
        """Sign the credential; with a salt it tells the name only to whoever knows it already."""
        by, issuer = self._signer(), self.issuer
        written = credential(
            Certificate(
                row.id,
                number,
                issuer,
                Holder(cleaned(name), salt),
                self._completed(row),
                row.issued,
                self._until(row),
                status.place(self.tx, issuer, row.id),
            )
        )
        proved: dict[str, Any] = sign(written, by.private, method(issuer.did, by.public), moment(datetime.now(UTC)))
        return orjson.dumps(proved, option=orjson.OPT_INDENT_2)

    def _signer(self) -> Signer:
        return signer(self.tx, self.keys)

    def _completed(self, row: CertificateRow) -> Completed:
        course = _course(row)
        named = uuid5(NAMESPACE_URL, f"{self.issuer.url}/{row.template_id}/{course}")  # one for all who completed it
        return Completed(named, course, course, self.space.language)

    def _until(self, row: CertificateRow) -> datetime | None:
        """Tell when the last valid day is over where the space is."""
        if row.until is None:
            return None
        return datetime.combine(row.until + _DAY, time(), ZoneInfo(self.space.settings.zone))


def issuer_of(public_url: str, space: SpaceRow) -> Issuer:
    """Tell who issues in a space."""
    return Issuer(did(public_url, space.slug), space.name, f"{public_url}/s/{space.slug}")


def _course(row: CertificateRow) -> str:
    return cleaned(str(orjson.loads(row.told)["course"]))
