"""The status lists of a space: where a certificate's place is, and the signed list that says which are revoked."""

import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lrs.badges.credential import Issuer, Place, moment
from lrs.badges.proof import sign
from lrs.badges.status import PLACES, status_list
from lrs.issuing import keys as issuing_keys
from lrs.issuing.did import method
from lrs.keys import Keys
from storage import places
from storage.database import Tx

_FULL = PLACES // 2
"""Beyond it a random place is too often taken, and soon tells how many there are."""

_LASTS = timedelta(hours=1)


def place(tx: Tx, issuer: Issuer, certificate: UUID) -> Place:
    """Give the place of a certificate, a random free one if it has none yet."""
    found = places.find(tx, certificate)
    while found is None:
        number, taken = places.newest(tx)
        wanted = (max(number, 1) if taken < _FULL else number + 1, secrets.randbelow(PLACES))
        places.take(tx, certificate, wanted)
        found = places.find(tx, certificate)
    return Place(address(issuer, found[0]), found[1])


def address(issuer: Issuer, number: int) -> str:
    """Tell where a list is."""
    return f"{issuer.url}/badges/status/{number}"


def signed_list(tx: Tx, keys: Keys, issuer: Issuer, number: int) -> bytes | None:
    """Write and sign a list; None where there is none."""
    if not 1 <= number <= places.newest(tx)[0]:
        return None
    return signed(tx, keys, issuer, address(issuer, number), places.revoked(tx, number))


def signed(tx: Tx, keys: Keys, issuer: Issuer, where: str, revoked: Iterable[int]) -> bytes:
    """Sign a list that lies at an address."""
    now = datetime.now(UTC)
    listed = status_list(where, issuer, revoked, now, now + _LASTS)
    signer = issuing_keys.signer(tx, keys)
    proved = sign(listed, signer.private, method(issuer.did, signer.public), moment(now))
    return json.dumps(proved, ensure_ascii=False).encode()
