"""A credential to begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs.badges.credential import Certificate, Completed, Holder, Issuer, Place, credential
from lrs.badges.multibase import multikey
from lrs.badges.proof import sign

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
DID = "did:web:app.example.org:s:haiphong"
METHOD = f"{DID}#{multikey(PUBLIC)}"
SAYS = "https://app.example.org/s/haiphong"
CREATED = "2026-11-22T03:00:00Z"


def certificate(**other: Any) -> Certificate:
    """Describe a certificate."""
    given: dict[str, Any] = {
        "id": UUID(int=9),
        "number": "0001/2026/SNV",
        "issuer": Issuer(DID, "Sở Nội vụ Hải Phòng", SAYS),
        "holder": Holder("Nguyễn Thị Hoà"),
        "completed": Completed(UUID(int=10), "Kỹ năng số cơ bản", 'Hoàn thành cả 12 bài "kỹ năng số"\nvà bài cuối'),
        "awarded": datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        "until": datetime(2029, 11, 20, 10, 0, tzinfo=UTC),
        "status": Place(f"{SAYS}/badges/status/1", 4711),
    }
    return Certificate(**(given | other))


def signed(**other: Any) -> dict[str, Any]:
    """Make a credential and its proof."""
    return sign(credential(certificate(**other)), KEY, METHOD, CREATED)


def finder() -> Callable[[str], bytes | None]:
    """Know one key."""
    return {METHOD: PUBLIC}.get
