"""Certificates that were issued in an installation, for the tests of pages."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lrs.certificates.issuing import Award, Office, Told
from storage import certificate_templates
from storage.certificate_templates import TemplateRow
from tests.lrs.certificates.papers import TEMPLATE

if TYPE_CHECKING:
    from storage.certificates import CertificateRow
    from tests.parts.installations import Installation

ZONE = "Asia/Ho_Chi_Minh"


def issued(
    installation: Installation, account: str, name: str = "Nguyễn Thị Hạnh", months: int | None = None
) -> CertificateRow:
    """Issue a certificate to somebody of the first space."""
    template = uuid.uuid4()
    parts = installation.services
    told = Told("An toàn số", hours="12")
    award = Award(uuid.uuid4(), uuid.UUID(account), name, told, (template, 1), months, unit_code="KHCN")
    with parts.database.write(1) as tx:
        certificate_templates.add(tx, TemplateRow(template, 1, "Lớp AI", TEMPLATE.dumps(), datetime.now(UTC)))
        return Office(tx, parts.identity_keys, datetime.now(UTC), ZONE).issue(award)


def revoked(installation: Installation, row: CertificateRow) -> None:
    """Take it back."""
    parts = installation.services
    with parts.database.write(1) as tx:
        Office(tx, parts.identity_keys, datetime.now(UTC), ZONE).revoke(row, "Làm bài hộ")


def renamed(installation: Installation, row: CertificateRow, name: str) -> CertificateRow:
    """Issue it with another name."""
    parts = installation.services
    with parts.database.write(1) as tx:
        return Office(tx, parts.identity_keys, datetime.now(UTC), ZONE).rename(row, name, "Sai dấu")
