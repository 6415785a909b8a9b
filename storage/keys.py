"""Sixteen bytes that stand for a text of any length: what indexes hold instead of IRIs and identifiers."""

from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

_REMEMBERED = 20_000
"""Verbs, activities and people come again and again."""


@lru_cache(maxsize=_REMEMBERED)
def key(*parts: str) -> UUID:
    """Hash some texts; which text ends where counts."""
    texts = [part.encode() for part in parts]
    whole = b"".join(len(text).to_bytes(8, "big") + text for text in texts)
    return UUID(bytes=blake2b(whole, digest_size=16).digest())
