"""A certificate of a space to prove."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from lrs.badges.credential import Completed
from lrs.issuing import proving
from lrs.issuing.proving import Proved
from storage.spaces import SpaceRow, find_by_slug

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def proved(**other: Any) -> Proved:
    """Describe a certificate."""
    given: dict[str, Any] = {
        "id": uuid4(),
        "code": bytes(range(10)),
        "number": "0001/2026/SNV",
        "name": "Nguyễn Thị Hoà",
        "completed": Completed(UUID(int=10), "Kỹ năng số cơ bản", "Hoàn thành cả 12 bài"),
        "issued": date(2026, 11, 20),
        "awarded": datetime(2026, 11, 20, 3, tzinfo=UTC),
    }
    return Proved(**(given | other))


def space_of(installation: Installation, slug: str = "haiphong") -> SpaceRow:
    """Find a space."""
    with installation.services.database.read() as tx:
        found = find_by_slug(tx, slug)
    assert found is not None
    return found


def seal(installation: Installation, certificate: Proved) -> str:
    """Sign the printed code."""
    with installation.services.database.write(space_of(installation).id) as tx:
        return proving.seal(tx, installation.services.keys, certificate)


def badge(installation: Installation, certificate: Proved, salt: str = "") -> dict[str, Any]:
    """Sign the credential."""
    space = space_of(installation)
    issuer = proving.issuer_of(installation.public_url, space)
    with installation.services.database.write(space.id) as tx:
        return proving.badge(tx, installation.services.keys, issuer, certificate, salt=salt)
