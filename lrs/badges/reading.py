"""A credential as it comes in: JSON in which every term stands once."""

import json
from typing import Any

from lrs.badges.errors import NotACredential

MOST_BYTES = 64_000


def read(content: bytes) -> dict[str, Any]:
    """Read a credential; nothing is known of its terms yet."""
    if len(content) > MOST_BYTES:
        raise NotACredential("it is too long")
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise NotACredential("it is no JSON") from None
    if not isinstance(found, dict):
        raise NotACredential("it is no object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a term stands there twice")
    return found
