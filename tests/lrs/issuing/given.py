"""A certificate of a space to prove."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from lrs.certificates.issuing import Award, Office, Told, number_of
from lrs.issuing.proving import Prover
from storage import certificate_templates
from storage.certificate_templates import TemplateRow
from storage.spaces import SpaceRow, find_by_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.certificates import CertificateRow
    from tests.parts.installations import Installation

NAME = "Nguyễn Thị Hoà"
ZONE = "Asia/Ho_Chi_Minh"
UNIT = UUID(int=7)


def space_of(installation: Installation, slug: str = "haiphong") -> SpaceRow:
    """Find a space."""
    with installation.services.database.read() as tx:
        found = find_by_slug(tx, slug)
    assert found is not None
    return found


@contextmanager
def office(installation: Installation, moment: datetime | None = None) -> Iterator[Office]:
    """Sit down where certificates are issued."""
    parts = installation.services
    with parts.database.write(space_of(installation).id) as tx:
        yield Office(tx, parts.identity_keys, moment or datetime.now(UTC), ZONE)


def issued(
    installation: Installation,
    name: str = NAME,
    moment: datetime | None = None,
    months: int | None = None,
    account: UUID | None = None,
) -> CertificateRow:
    """Issue a certificate, to somebody new if nobody is named."""
    if account is None:
        account = UUID(installation.haidang("account", "add", "--space", "haiphong", "--role", "learner")["account"])
    template = uuid4()
    with office(installation, moment) as there:
        certificate_templates.add(there.tx, TemplateRow(template, 1, "Kỹ năng số", "{}", there.moment))
        told = Told("Kỹ năng số cơ bản")
        return there.issue(Award(uuid4(), account, name, told, (template, 1), months, UNIT, "SNV"))


@contextmanager
def prover(installation: Installation) -> Iterator[Prover]:
    """Sit down where certificates are signed."""
    parts, space = installation.services, space_of(installation)
    with parts.database.write(space.id) as tx:
        yield Prover(tx, parts.keys, parts.config.public_url, space)


def seal(installation: Installation, row: CertificateRow, name: str = NAME) -> str:
    """Sign the printed code, and give its digits."""
    with prover(installation) as by:
        return by.seal(row, number_of(row), name).partition("#")[2]


def badge(installation: Installation, row: CertificateRow, name: str = NAME, salt: str = "") -> dict[str, Any]:
    """Sign the credential."""
    with prover(installation) as by:
        written: dict[str, Any] = json.loads(by.badge(row, number_of(row), name, salt=salt))
    return written
