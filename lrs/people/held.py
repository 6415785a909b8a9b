"""The certificates that somebody has, as their page lists them for those who look after the space (docs/certificates.md)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson

from storage import certificates
from storage.certificates import CertificateRow
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Held:
    """One of them."""

    row: CertificateRow
    course: str
    expired: bool


def held(tx: Tx, account_id: UUID, today: date) -> list[Held]:
    """List them, the newest first; sheets that were replaced are not among them."""
    return [
        Held(row, str(orjson.loads(row.told)["course"]), row.until is not None and row.until < today)
        for row in certificates.of_account(tx, account_id)
    ]
