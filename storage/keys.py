"""Sixteen bytes that stand for a text of any length: what indexes hold instead of IRIs and identifiers."""

from hashlib import blake2b
from uuid import UUID


def key(*parts: str) -> UUID:
    """Hash some texts; which text ends where counts."""
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return UUID(bytes=digest.digest())
