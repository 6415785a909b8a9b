"""Who signed here stays known; and nobody becomes known by writing into the object store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding

from lrs.certificates import signers, signing
from lrs.certificates.signing import Seal

if TYPE_CHECKING:
    from tests.parts.installations import Installation


def test_a_key_is_remembered_once_with_those_above_it_in_its_space(embedded: Installation) -> None:
    parts, now = embedded.services, datetime.now(UTC)
    key, certificate = signing.own("Sở Mẫu", now)
    _, above = signing.own("Cơ quan cấp trên", now)
    seal = Seal.of(key, certificate, [above])

    for _ in range(2):
        signers.remember(parts, 1, seal)

    assert signers.known(parts, 1) == [[certificate, above]]
    assert signers.known(parts, 2) == []
    assert len(list(parts.blobs.list("spaces/1/signers/"))) == 1


def test_what_others_write_there_makes_nobody_known(embedded: Installation) -> None:
    parts = embedded.services
    _, theirs = signing.own("Kẻ giả mạo", datetime.now(UTC))
    pem = theirs.public_bytes(Encoding.PEM)

    for at, content in enumerate((pem, bytes(32) + pem, b"", b"x" * 31)):
        parts.blobs.put(f"spaces/1/signers/{at}", content)

    assert signers.known(parts, 1) == []
