"""A seal is read as it was signed, and in no other way."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs.seals import digits
from lrs.seals.seal import Forged, NotASeal, name_of, read
from tests.lrs.seals.given import KEY, LONGEST, PUBLIC, seal


@pytest.mark.parametrize(
    "other", [{}, {"until": None}, {"name": ""}, LONGEST, {"name": "Nguyễn " * 30}, {"issued": date(2179, 6, 6)}]
)
def test_what_was_signed_is_read_and_genuine(other: dict[str, str]) -> None:
    given = seal(**other)

    assert read(given.write(KEY)).verify(PUBLIC) == given


def test_another_key_is_not_the_issuer() -> None:
    other = Ed25519PrivateKey.generate()

    with pytest.raises(Forged):
        read(seal().write(other)).verify(PUBLIC)


def test_a_signature_over_the_same_bytes_for_another_purpose_is_none() -> None:
    body = read(seal().write(KEY)).body

    with pytest.raises(Forged):
        read(digits.write(body + KEY.sign(body))).verify(PUBLIC)


@pytest.mark.parametrize("text", ["", "1", "0" * 500, "x", seal().write(KEY)[:-17], seal().write(KEY) + "000"])
def test_what_is_no_seal_is_told_apart(text: str) -> None:
    with pytest.raises(NotASeal):
        read(text).verify(PUBLIC)


def test_a_key_is_named_by_its_hash() -> None:
    assert len(name_of(PUBLIC)) == 4
    assert name_of(PUBLIC) != name_of(bytes(32))
