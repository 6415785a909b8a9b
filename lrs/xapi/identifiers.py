"""Identifiers: the one text under which something is kept and looked up (Data 2.4.2.3, 3.1; 2.0: 4.2.2.1, 4.2.7).

IRIs are compared character by character (RFC 3987 5.3.1). What identifies can be any length and hold any character, an
index and a database cannot: so a text that is too long stands as its hash, and none holds NUL.
"""

from hashlib import sha256

LONGEST = 512
"""The most characters of a key; what is longer is hashed."""


def key(text: str) -> str:
    """Give the key of an identifier: the text itself, or its hash if it is very long."""
    # No IRI holds a bar, so that no identifier can pose as the hash of another.
    return text if len(text) <= LONGEST else f"|sha256|{sha256(text.encode()).hexdigest()}"
