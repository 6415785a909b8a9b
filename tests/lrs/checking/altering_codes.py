"""Ways to alter a printed code: its digits, its bytes, its fields, its signature. Each makes another text of a genuine one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs.seals import digits
from lrs.seals.seal import name_of
from tests.lrs.checking.altering_credentials import GROUP
from tests.lrs.seals.given import KEY, PUBLIC, seal

if TYPE_CHECKING:
    from collections.abc import Callable

OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
"""Another space's, or a forger's."""

_HEAD, _SIGNATURE = 19, 64
_MARK = b"haidang seal\0"


def genuine() -> list[str]:
    """Give the codes that are altered: a usual one, one of another person, and one whose name was cut."""
    return [seal(until=None, **more).write(KEY) for more in ({}, {"name": "Trần Văn Bình"}, {"name": "Nguyễn " * 30})]


def digit(text: str, chance: random.Random) -> str:
    """Change one digit, exchange two, or turn a group around."""
    at = chance.randrange(len(text) - 1)
    return chance.choice(
        [
            text[:at] + str((int(text[at]) + chance.randint(1, 9)) % 10) + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at : at + 17][::-1] + text[at + 17 :],
        ]
    )


def length(text: str, chance: random.Random) -> str:
    """Take digits out, put some in, lead with zeros, add a group, or leave one away."""
    at, some = chance.randrange(len(text)), "".join(chance.choices("0123456789", k=chance.randint(1, 40)))
    return chance.choice(
        [
            text[:at] + text[at + len(some) :],
            text[:at] + some + text[at:],
            "0" * len(some) + text,
            text + some,
            text + "0" * len(some),
            text[:at],
            text * 2,
        ]
    )


def grouping(text: str, chance: random.Random) -> str:
    """Write the same bytes in groups of another size, or a group with a number that is too large."""
    content = digits.read(text)
    if chance.random() < 0.5:
        size, width = chance.choice([(1, 3), (2, 5), (3, 8), (4, 10), (5, 13), (6, 15), (8, 20), (7, 18), (7, 20)])
        groups = (content[at : at + size] for at in range(0, len(content), size))
        return "".join(str(int.from_bytes(each)).zfill(width) for each in groups)
    at = chance.randrange(len(text) // 17) * 17
    more = int(text[at : at + 17]) + 256**7
    return text[:at] + str(more)[:17] + text[at + 17 :] if more < 10**17 else text[:at] + "9" * 17 + text[at + 17 :]


def letters(text: str, chance: random.Random) -> str:
    """Write a digit as another sign for the same number, or put a sign between: programs take more for a number than we do."""
    at = chance.randrange(len(text))
    figure = int(text[at])
    signs = [chr(0x0660 + figure), chr(0x0966 + figure), chr(0xFF10 + figure), "⁰¹²³⁴⁵⁶⁷⁸⁹"[figure]]
    between = ["+", "_", "e", ",", "\u200b", "\u00ad", "%20", "#"]
    if chance.random() < 0.5:
        return text[:at] + chance.choice(signs) + text[at + 1 :]
    return text[: at + 1] + chance.choice(between) + text[at + 1 :]


def of_bytes(text: str, chance: random.Random) -> str:
    """Turn a bit, change a byte, add bytes within or behind, and write the digits anew."""
    content = digits.read(text)
    at, some = chance.randrange(len(content)), chance.randbytes(chance.randint(1, 20))
    made = chance.choice(
        [
            content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :],
            content[:at] + some + content[at + len(some) :],
            content[:at] + some + content[at:],
            content + some,
            content[:at] + content[at + 1 :],
            bytes([chance.randrange(256)]) + content[1:],
        ]
    )
    return digits.write(made)


def key(text: str, chance: random.Random) -> str:
    """Name another key; or sign with another one, and name it, ours or nobody's."""
    content = digits.read(text)
    body = bytearray(content[:-_SIGNATURE])
    body[15:17] = chance.randrange(1, 2**16).to_bytes(2)
    named = chance.choice([name_of(PUBLIC), name_of(OTHER.public_key().public_bytes_raw()), chance.randbytes(4)])
    body[1:5] = named
    made = chance.choice([OTHER.sign(_MARK + bytes(body)), content[-_SIGNATURE:], OTHER.sign(bytes(body))])
    return digits.write(bytes(body) + made)


def signature(text: str, chance: random.Random) -> str:
    """Write the signature otherwise: with the order of the group added, as nothing, as one over other bytes, or of a credential."""
    content = digits.read(text)
    body, made = content[:-_SIGNATURE], content[-_SIGNATURE:]
    number = int.from_bytes(made[32:], "little") + chance.randint(1, 14) * GROUP
    false = bytearray(body)
    false[5 + chance.randrange(10)] ^= chance.randint(1, 255)
    return digits.write(
        chance.choice(
            [
                body + made[:32] + number.to_bytes(32, "little"),
                bytes(false) + bytes(64),
                bytes(false) + b"\1" + bytes(63),
                bytes(false) + made,
                bytes(false) + chance.randbytes(64),
                bytes(false) + KEY.sign(bytes(false)),
                bytes(false) + made[32:] + made[:32],
            ]
        )
    )


def words(text: str, chance: random.Random) -> str:
    """Say other words, cut elsewhere, another hash of what was cut, or the same words in another writing."""
    content = digits.read(chance.choice([text, genuine()[2]]))
    body, made = content[:-_SIGNATURE], content[-_SIGNATURE:]
    at = _HEAD
    for _ in range(chance.randrange(3)):
        at += 1 + (body[at] & 0x7F)
    long = body[at] & 0x7F
    changes = [
        bytes([body[at] ^ 0x80]) + body[at + 1 : at + 1 + long],
        bytes([(body[at] & 0x80) | max(0, long - 1)]) + body[at + 1 : at + long],
        body[at : at + 1 + max(0, long - 8)] + chance.randbytes(min(8, long)),
        bytes([min(long + 3, 0x7F)])
        + body[at + 1 : at + 1 + long]
        + chance.choice([b"\xcc\x81a", b"   ", b"abc", b"\0\0\0"]),
        bytes([long]) + chance.randbytes(long),
    ]
    return digits.write(body[:at] + chance.choice(changes) + body[at + 1 + long :] + made)


def joined(text: str, chance: random.Random) -> str:
    """Put the parts of two genuine codes together."""
    mine, other = digits.read(text), digits.read(genuine()[1])
    cut = chance.choice([1, 5, 15, 17, 19, len(mine) - _SIGNATURE, chance.randrange(1, len(mine))])
    if chance.random() < 0.5:
        return digits.write(mine[:cut] + other[cut:])
    return digits.write(mine[:-_SIGNATURE] + other[-_SIGNATURE:])


WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    digit,
    length,
    grouping,
    letters,
    of_bytes,
    key,
    signature,
    words,
    joined,
)


def altered(count: int) -> list[str]:
    """Make so many other texts, none of them genuine, in all ways by turns."""
    chance, ours, found = random.Random(2026), set(genuine()), dict[str, None]()
    turn = 0
    while len(found) < count:
        text = WAYS[turn % len(WAYS)](genuine()[0], chance)
        turn += 1
        if text not in ours:
            found[text] = None
    return list(found)
