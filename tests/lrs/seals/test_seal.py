"""A seal is read as it was signed, and in no other way."""

from __future__ import annotations

import random
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs.seals import digits
from lrs.seals.seal import Forged, NotASeal, name_of, read
from tests.lrs.seals.given import KEY, LONGEST, PUBLIC, seal

FEW, MANY = 500, 10_000


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


def altered(text: str, chance: random.Random) -> str:
    """Change a digit, take some out, put some in, turn a bit, or put two halves together."""
    at = chance.randrange(len(text))
    kind = chance.randrange(5)
    if kind == 0:
        return text[:at] + str((int(text[at]) + chance.randint(1, 9)) % 10) + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + chance.randint(1, 17) :]
    if kind == 2:
        return text[:at] + "".join(chance.choice("0123456789") for _ in range(chance.randint(1, 17))) + text[at:]
    if kind == 3:
        content = bytearray(digits.read(text))
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        return digits.write(bytes(content))
    other = digits.read(seal(name="Trần Văn Bình").write(KEY))
    mine = digits.read(text)
    cut = chance.randrange(1, min(len(mine), len(other)))
    return digits.write(mine[:cut] + other[cut:])


@pytest.mark.parametrize("many", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_no_altered_seal_is_accepted(many: int) -> None:
    chance = random.Random(25)
    genuine = seal().write(KEY)
    theirs = seal(name="Trần Văn Bình").write(KEY)
    accepted = []
    for _ in range(many):
        text = altered(genuine, chance)
        try:
            read(text).verify(PUBLIC)
        except (NotASeal, Forged):
            continue
        if text not in {genuine, theirs}:
            accepted.append(text)

    assert accepted == []


def test_a_key_is_named_by_its_hash() -> None:
    assert len(name_of(PUBLIC)) == 4
    assert name_of(PUBLIC) != name_of(bytes(32))
