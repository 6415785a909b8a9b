"""A seal to begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs.seals.seal import COMPLETED, NAME, NUMBER, Seal, name_of
from lrs.seals.words import Words

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()

USUAL = {
    "number": "0123/2026/SNV",
    "name": "Nguyễn Thị Minh Khai",
    "completed": "Kỹ năng số cơ bản cho cán bộ, công chức",
}
LONGEST = {"number": "1" * NUMBER, "name": "Ộ" * (NAME // 3), "completed": "ă" * (COMPLETED // 2)}


def seal(**other: Any) -> Seal:
    """Describe a seal."""
    given = {**USUAL, "issued": date(2026, 11, 20), "until": date(2029, 11, 20), "code": bytes(range(10)), **other}
    return Seal(
        given.get("key", name_of(PUBLIC)),
        given["code"],
        given["issued"],
        given["until"],
        Words.of(given["number"], NUMBER),
        Words.of(given["name"], NAME),
        Words.of(given["completed"], COMPLETED),
    )
