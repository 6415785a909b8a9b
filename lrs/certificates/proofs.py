"""What a paper carries so that others can check it: the code, where to check it, and the credential (docs/certificates-checking.md)."""

from lrs.certificates.drawing import Proofs
from lrs.certificates.issuing import number_of
from lrs.issuing.proving import Prover
from lrs.services import services
from lrs.web import current_space
from storage.certificates import CertificateRow
from storage.database import Tx


def credential(tx: Tx, row: CertificateRow, name: str) -> bytes:
    """Sign the credential alone, as its holder keeps it for other programs."""
    parts = services()
    return Prover(tx, parts.keys, parts.config.public_url, current_space()).badge(row, number_of(row), name)


def prove(tx: Tx, row: CertificateRow, name: str) -> Proofs:
    """Sign what is put into a paper, by the key of the space that is asked."""
    parts, number = services(), number_of(row)
    by = Prover(tx, parts.keys, parts.config.public_url, current_space())
    return Proofs(by.seal(row, number, name), f"{by.issuer.url}/verify", by.badge(row, number, name))
