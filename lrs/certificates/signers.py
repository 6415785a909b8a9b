"""Whose signature on a paper is ours: the key of today, and all that signed before.

A key that was replaced is in no file any more, and what it signed is still genuine. So its certificates are laid into the object store
when it first signs for a space, where backups find them, under a seal of the installation's secret: who can write there still makes
nobody a signer.
"""

import hmac
from contextlib import suppress
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lrs.certificates import keeping
from lrs.certificates.signed import Chain
from lrs.certificates.signing import NoSigningKey, Seal
from lrs.keys import Keys
from lrs.services import Services
from storage.blobs import BlobMissing

_PURPOSE = "signers of certificates"
_SEAL = sha256().digest_size


def remember(parts: Services, space: int | None, seal: Seal) -> None:
    """Write down that a key signs for a space; once is enough."""
    content = b"".join(each.public_bytes(Encoding.PEM) for each in seal.chain)
    name = f"{_folder(space)}{sha256(content).hexdigest()}"
    try:
        parts.blobs.stat(name)
    except BlobMissing:
        parts.blobs.put(name, _mark(parts.keys, space, content) + content)


def known(parts: Services, space: int | None) -> list[Chain]:
    """List who signs and who signed for a space."""
    found: list[Chain] = []
    with suppress(NoSigningKey):  # what was signed before is as genuine
        found.append(keeping.seal_of(parts.config).chain)
    for blob in parts.blobs.list(_folder(space)):
        try:
            with parts.blobs.get(blob.key) as reading:
                said = b"".join(reading)
        except BlobMissing:
            continue
        mark, content = said[:_SEAL], said[_SEAL:]
        if hmac.compare_digest(mark, _mark(parts.keys, space, content)):
            found.append(x509.load_pem_x509_certificates(content))
    return found


def _folder(space: int | None) -> str:
    return f"spaces/{space}/signers/"


def _mark(keys: Keys, space: int | None, content: bytes) -> bytes:
    return hmac.digest(keys.key(_PURPOSE), f"{space} ".encode() + content, "sha256")
