"""Random words that let somebody in, and the hashes under which they are kept."""

import hashlib
import secrets

_BYTES = 32


def new() -> str:
    """Make a word of 256 random bits."""
    return secrets.token_urlsafe(_BYTES)


def digest(word: str) -> bytes:
    """Hash a word; a slow hash would add nothing to 256 random bits."""
    return hashlib.sha256(word.encode()).digest()
