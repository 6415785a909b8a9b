"""Names as they are printed on certificates: sealed as identities are, and what they were on the day of issue (docs/certificates.md)."""

from uuid import UUID

from lrs.sealing import KeyRing
from storage import certificates
from storage.certificates import CertificateRow
from storage.database import Tx


def sealed(tx: Tx, keys: KeyRing, account: UUID, name: str) -> tuple[int, bytes]:
    """Seal the name of somebody; give the key's number with it."""
    return keys.seal(tx.space, account, name.encode())


def name_on(tx: Tx, keys: KeyRing, row: CertificateRow) -> str:
    """Read the name on a certificate."""
    return keys.open(tx.space, row.account_id, row.key_id, row.sealed).decode()


def reseal(tx: Tx, keys: KeyRing, most: int) -> int:
    """Seal some names with the newest key; count them."""
    rows = certificates.sealed_with_others(tx, keys.newest.id, most)
    for row in rows:
        certificates.reseal(tx, row.id, *sealed(tx, keys, row.account_id, name_on(tx, keys, row)))
    return len(rows)
