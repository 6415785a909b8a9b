"""The one way to write a signature: of the two that ECDSA makes of each, the one with the smaller number.

Whoever has (r, s) can write (r, n - s) without any key, and it is as right. Both are ours, but then two files would pass for one.
"""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature


def settled(signature: bytes, key: PublicKeyTypes) -> bytes:
    """Write a signature in its one way; those of RSA have no other."""
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return signature
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, key.curve.group_order - s))
