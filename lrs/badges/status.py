"""The list that says which credentials are revoked: one bit for each place (https://www.w3.org/TR/vc-bitstring-status-list/)."""

import gzip
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lrs.badges.credential import Issuer, moment
from lrs.badges.errors import NotACredential
from lrs.badges.multibase import base64url, from_base64url
from lrs.badges.terms import CREDENTIALS

PLACES = 131_072
"""The least that the specification allows, so that a place hides among many."""


def status_list(
    address: str, issuer: Issuer, revoked: Iterable[int], since: datetime, until: datetime
) -> dict[str, Any]:
    """Write a list, without a proof, that may be kept until some moment."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": moment(since),
        "validUntil": moment(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode(revoked),
        },
    }


def encode(revoked: Iterable[int]) -> str:
    """Set a bit for each place; the first place is the highest bit of the first byte. The same places always give the same text."""
    bits = bytearray(PLACES // 8)
    for place in revoked:
        bits[place // 8] |= 0x80 >> place % 8
    return base64url(gzip.compress(bytes(bits), mtime=0))


def is_set(encoded: str, place: int) -> bool:
    """Tell whether the bit of a place is set."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(from_base64url(encoded))) as file:
            bits = file.read(PLACES // 8 + 1)  # what would unpack to more is not one of ours
    except (OSError, EOFError, ValueError):
        raise NotACredential("no status list") from None
    if len(bits) != PLACES // 8 or not 0 <= place < PLACES:
        raise NotACredential("no status list of this size")
    return bool(bits[place // 8] & 0x80 >> place % 8)
