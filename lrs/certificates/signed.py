"""What is true of a PDF that somebody holds: whether it is, bit by bit, what one of our keys signed (docs/certificates.md, Signing)."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from lrs.certificates.increment import ROOM
from lrs.certificates.one_writing import settled

Chain = Sequence[x509.Certificate]
"""A certificate that signs, and those above it, as they are put into a PDF."""

_RANGE = re.compile(rb"/ByteRange\[(\d{10}) (\d{10}) (\d{10}) (\d{10})\]>>\nendobj\nxref\n")
_DIGITS = re.compile(rb"<([0-9A-F]{%d})>" % (2 * ROOM))


class NotGenuine(Exception):
    """It is not what one of our keys signed."""


def check(pdf: bytes, ours: Iterable[Chain]) -> x509.Certificate:
    """Find out which of our keys signed a PDF, or refuse it: all of it is signed, or can be written in one way only."""
    content, hashed = _parts(pdf)
    for chain in ours:
        try:
            who = cms.ContentInfo.load(content)["content"]["signer_infos"][0]
            attributes, signature = who["signed_attrs"].untag().dump(), who["signature"].native
            if _written(chain, attributes, signature) == content:
                _verify(chain[0], signature, attributes, hashed)
                return chain[0]
        except (KeyError, IndexError, ValueError, TypeError, AttributeError, InvalidSignature):
            continue
    raise NotGenuine("no key of ours signed this as it is")


def _parts(pdf: bytes) -> tuple[bytes, bytes]:
    """Take out the signature, and hash all the rest; a second section, appended later, would lie outside what was signed."""
    found = list(_RANGE.finditer(pdf))
    if not found:
        raise NotGenuine("there is no signature of ours in it")
    start, before, after, rest = (int(number) for number in found[-1].groups())
    digits = _DIGITS.fullmatch(pdf, before, after)
    if start or after + rest != len(pdf) or digits is None:
        raise NotGenuine("the signature does not cover all of it")
    padded = bytes.fromhex(digits[1].decode())
    content = padded[: _length(padded)]
    if any(padded[len(content) :]):
        raise NotGenuine("something stands behind the signature")
    hashed = sha256(pdf[:before])
    hashed.update(pdf[after:])
    return content, hashed.digest()


_SHORT, _LONG = 0x80, 0x7F


def _length(der: bytes) -> int:
    """Read how long a DER value is, with its head."""
    if der[1] < _SHORT:
        return 2 + der[1]
    octets = der[1] & _LONG
    return 2 + octets + int.from_bytes(der[2 : 2 + octets])


def _written(chain: Chain, attributes: bytes, signature: bytes) -> bytes:
    """Write the CMS again as our signing does: whatever is not signed in it is the same, or it is not ours."""
    certificates = [asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in chain]
    kind = "sha256_ecdsa" if isinstance(chain[0].public_key(), ec.EllipticCurvePublicKey) else "sha256_rsa"
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": certificates[0].issuer, "serial_number": certificates[0].serial_number},
        ),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": cms.CMSAttributes.load(attributes),
        "signature_algorithm": {"algorithm": kind},
        "signature": signature,
    }
    told = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": certificates,
        "signer_infos": [signer],
    }
    written: bytes = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(told)}).dump()
    return written


def _verify(certificate: x509.Certificate, signature: bytes, attributes: bytes, hashed: bytes) -> None:
    values = {each["type"].native: each["values"] for each in cms.CMSAttributes.load(attributes)}
    if values["message_digest"][0].native != hashed:
        raise InvalidSignature
    key = certificate.public_key()
    if settled(signature, key) != signature:
        raise InvalidSignature
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, attributes, padding.PKCS1v15(), hashes.SHA256())
    else:
        raise InvalidSignature
