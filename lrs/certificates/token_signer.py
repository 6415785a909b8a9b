"""What pyHanko asks to sign, answered by a token."""

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lrs.certificates.signing import Seal
from lrs.certificates.token import Token


class TokenSigner(Signer):
    """Writes the CMS here, and has only its signature made by the token."""

    def __init__(self, token: Token) -> None:
        self.token = token
        own, *above = (asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in token.certificates())
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(above)
        super().__init__(signing_cert=own, cert_registry=store)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's
        """Sign; we ask for SHA-256 alone."""
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        return bytes(512) if dry_run else self.token.sign(data)


def seal_of(token: Token) -> Seal:
    """Give the seal that a token makes."""
    signer = TokenSigner(token)
    own, *above = token.certificates()
    return Seal(own, signer, tuple(above))
