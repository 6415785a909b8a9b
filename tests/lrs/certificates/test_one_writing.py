"""Of the two numbers that make an ECDSA signature right, one is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from lrs.certificates.one_writing import settled

if TYPE_CHECKING:
    from collections.abc import Callable

HASHED = ec.ECDSA(hashes.SHA256())


@pytest.mark.parametrize("curve", [ec.SECP256R1, ec.SECP384R1, ec.SECP521R1])
def test_both_come_to_the_same_which_is_right(curve: Callable[[], ec.EllipticCurve]) -> None:
    key = ec.generate_private_key(curve())
    public = key.public_key()
    made = key.sign(b"x", HASHED)
    r, s = decode_dss_signature(made)
    other = encode_dss_signature(r, curve().group_order - s)
    public.verify(other, b"x", HASHED)  # it is right, and was made without the key

    assert settled(made, public) == settled(other, public)
    assert settled(made, public) in {made, other}
    public.verify(settled(made, public), b"x", HASHED)


def test_rsa_has_one_writing() -> None:
    key = rsa.generate_private_key(65537, 2048)

    assert settled(b"signature", key.public_key()) == b"signature"
