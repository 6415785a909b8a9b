"""A process of its own that issues until it is killed: `python -m tests.storage.issuers URL SPACE ACCOUNT TEMPLATE UNIT THREADS`."""

from __future__ import annotations

import random
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from storage import certificates
from storage.certificates import CertificateRow
from storage.database import Database
from tests.storage.samples import now

YEAR = 2026


class Changed(Exception):
    """Somebody thought better of it in the middle of a transaction."""


def certificate(
    account: uuid.UUID, template: uuid.UUID, unit: uuid.UUID, counted: int, award: uuid.UUID | None = None
) -> CertificateRow:
    """Make up a certificate under a number."""
    return CertificateRow(
        id=uuid.uuid4(),
        unit_id=unit,
        year=YEAR,
        counted=counted,
        round=1,
        unit_code="KHCN",
        award_id=award or uuid.uuid4(),
        account_id=account,
        template_id=template,
        template_version=1,
        code=uuid.uuid4().hex[:16],
        key_id=1,
        sealed=b"a name",
        told="{}",
        issued=now(),
        day=now().date(),
        until=None,
        state=certificates.VALID,
    )


def issue(database: Database, space: int, who: tuple[uuid.UUID, uuid.UUID, uuid.UUID], times: int) -> None:
    """Issue again and again; each third time something goes wrong after the number was taken."""
    account, template, unit = who
    for _ in range(times):
        how_many = random.randint(1, 3)
        with suppress(Changed), database.write(space) as tx:
            first = certificates.take(tx, unit, YEAR, how_many)
            certificates.add(tx, [certificate(account, template, unit, first + at) for at in range(how_many)])
            if random.random() < 1 / 3:
                raise Changed


def main(url: str, space: str, account: str, template: str, unit: str, threads: str) -> None:
    """Issue with several threads until killed."""
    database = Database(url)
    who = uuid.UUID(account), uuid.UUID(template), uuid.UUID(unit)
    with ThreadPoolExecutor(int(threads)) as pool:
        for each in [pool.submit(issue, database, int(space), who, 1_000_000) for _ in range(int(threads))]:
            each.result()


if __name__ == "__main__":
    main(*sys.argv[1:])
