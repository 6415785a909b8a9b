"""Signatures: JSON web signatures that come as attachments (Data 2.6; 2.0: 4.2.6; RFC 7515).

They are checked to catch mistakes, not as security: whether a signer can be trusted is outside the specification.
"""

import binascii
import re
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from lrs.xapi import equality, serialization, statement
from lrs.xapi.attachments import of as attached
from lrs.xapi.errors import NOTHING, Invalid, shown
from lrs.xapi.statement import Statement

USAGE = "http://adlnet.gov/expapi/attachments/signature"
"""The usageType that makes an attachment a signature."""

CONTENT_TYPE = "application/octet-stream"

_SECTION = "1.0.3 Data 2.6; 2.0 4.2.6"
_ALGORITHMS: dict[str, HashAlgorithm] = {"RS256": SHA256(), "RS384": SHA384(), "RS512": SHA512()}
_COMPACT = re.compile(rb"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\s*")


def of(signed: Statement, sent: Collection[str]) -> Iterator[str]:
    """Name those of the contents that were sent that are the statement's signatures."""
    for _, attachment in attached(signed.value):
        if attachment["usageType"] == USAGE and attachment["sha2"].lower() in sent:
            yield attachment["sha2"].lower()


def verify(signed: Statement, contents: dict[str, bytes]) -> None:
    """Refuse a statement whose signature is malformed or is another statement's; the contents are given by hash.

    A statement that carries no signature passes.
    """
    for path, attachment in attached(signed.value):
        if attachment["usageType"] != USAGE:
            continue
        # A signature is an attachment of octets (Data 2.6).
        if attachment["contentType"] != CONTENT_TYPE:
            raise Invalid(f"{path}.contentType", shown(attachment["contentType"]), CONTENT_TYPE, _SECTION)
        content = contents.get(attachment["sha2"].lower())
        # What cannot be seen cannot be verified: a signature is sent along (Data 2.6).
        if content is None:
            raise Invalid(path, NOTHING, "the signature as a part of the request", _SECTION)
        _verify(content, signed, path)


def _verify(content: bytes, signed: Statement, path: str) -> None:
    # A signature is a JWS in its compact serialization (Data 2.6).
    compact = _COMPACT.fullmatch(content)
    if compact is None:
        raise Invalid(
            path, shown(content[:80].decode("latin-1")), "a JSON web signature in compact serialization", _SECTION
        )
    header = _header(_decoded(compact[1], path), path)
    algorithm = header.get("alg")
    # Only RSA with SHA-2 is allowed (Data 2.6).
    if not isinstance(algorithm, str) or algorithm not in _ALGORITHMS:
        raise Invalid(path, shown(algorithm), "the algorithm RS256, RS384 or RS512", _SECTION)
    _compare(_decoded(compact[2], path), signed, path)
    sign = _decoded(compact[3], path)
    # If the header brings certificates, the signature is theirs (Data 2.6); it need not bring any.
    if "x5c" in header:
        data = compact[1] + b"." + compact[2]
        _check_chain(_chain(header["x5c"], path), sign, data, _ALGORITHMS[algorithm], path)


def _compare(payload: bytes, signed: Statement, path: str) -> None:
    # The payload is a valid serialization of the statement as it was before it was signed (Data 2.6).
    try:
        original = statement.parse_one(payload, signed.version)
    except Invalid as wrong:
        raise wrong.under(f"{path}, payload $") from None
    if not equality.same(original.value, signed.value, signed.version, attachments=False):
        raise Invalid(path, "another Statement as its payload", "the Statement that it is attached to", _SECTION)


def _chain(found: Any, path: str) -> list[x509.Certificate]:
    if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
        raise Invalid(path, shown(found), "a list of certificates in x5c", _SECTION)
    try:
        return [x509.load_der_x509_certificate(b64decode(each, validate=True)) for each in found]
    except (ValueError, UnsupportedAlgorithm):
        raise Invalid(path, shown(found), "X.509 certificates in x5c", _SECTION) from None


def _check_chain(chain: list[x509.Certificate], sign: bytes, data: bytes, algorithm: HashAlgorithm, path: str) -> None:
    try:
        key = chain[0].public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            raise Invalid(path, "a certificate without an RSA key", "a certificate with an RSA key", _SECTION)
        key.verify(sign, data, padding.PKCS1v15(), algorithm)
        for issued, issuer in pairwise(chain):
            issued.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        raise Invalid(
            path, "a signature that does not fit", "a signature made with the first certificate of x5c", _SECTION
        ) from None


def _decoded(text: bytes, path: str) -> bytes:
    try:
        return urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        raise Invalid(path, shown(text[:80].decode()), "base64url", _SECTION) from None


def _header(text: bytes, path: str) -> dict[str, Any]:
    try:
        value = serialization.read(text)
    except Invalid as wrong:
        raise wrong.under(f"{path}, header $") from None
    if not isinstance(value, dict):
        raise Invalid(path, shown(value), "a header that is a JSON object", _SECTION)
    return value
