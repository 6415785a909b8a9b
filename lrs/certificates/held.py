"""The certificates that somebody has, as a list shows them: to themselves, and to those who look after the space."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson

from lrs.certificates.issuing import expired, number_of
from storage import certificates
from storage.certificates import CertificateRow
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Held:
    """One of them."""

    row: CertificateRow
    course: str
    number: str
    expired: bool


def held(tx: Tx, account_id: UUID, today: date) -> list[Held]:
    """List them, the newest first; sheets that were replaced are not among them."""
    return [
        Held(row, str(orjson.loads(row.told)["course"]), number_of(row), expired(row, today))
        for row in certificates.of_account(tx, account_id)
    ]
