"""A seal: what a certificate says, signed, in about two hundred bytes. There is one way to write each, and every other is refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lrs.seals import digits
from lrs.seals.words import NotWords, Words

VERSION = 1
CODE = 10
KEY = 4
NUMBER, NAME, COMPLETED = 24, 48, 64
"""Bytes of the words, at most."""

_MARK = b"haidang seal\0"
"""What is signed begins with it, so that no signature of a credential can be taken for one of a seal."""

_SIGNATURE = 64
_DAY = 2
_FIRST_DAY = date(2000, 1, 1)
_LAST = 0xFFFF
_HEAD = 1 + KEY + CODE + _DAY + _DAY
_LENGTH = 0x7F


class NotASeal(ValueError):
    """It cannot be read: it is cut off, typed wrongly, or something else."""


class Forged(ValueError):
    """It can be read, and its signature does not fit."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a certificate says."""

    key: bytes
    """The name of the key that signs it."""
    code: bytes
    """By which its page on the network is found."""
    issued: date
    until: date | None
    """The last day on which it is valid."""
    number: Words
    name: Words
    completed: Words

    def write(self, signer: Ed25519PrivateKey) -> str:
        """Sign it, and write it as digits."""
        body = self._body()
        return digits.write(body + signer.sign(_MARK + body))

    def _body(self) -> bytes:
        days = _day(self.issued), _day(self.until) if self.until else bytes(_DAY)
        words = (each.write() for each in (self.number, self.name, self.completed))
        return b"".join((bytes([VERSION]), self.key, self.code, *days, *words))


@dataclass(frozen=True, slots=True)
class Read:
    """A seal that was read, and nothing is known of its signature yet."""

    seal: Seal
    body: bytes
    signature: bytes

    def verify(self, public: bytes) -> Seal:
        """Check the signature by the key that the seal names."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, _MARK + self.body)
        except InvalidSignature:
            raise Forged from None
        return self.seal


def name_of(public: bytes) -> bytes:
    """Name a key."""
    return sha256(public).digest()[:KEY]


def read(text: str) -> Read:
    """Read digits."""
    try:
        content = digits.read(text)
        body, signature = content[:-_SIGNATURE], content[-_SIGNATURE:]
        return Read(_seal(body), body, signature)
    except (digits.NotDigits, NotWords) as wrong:
        raise NotASeal(str(wrong)) from None


def _seal(body: bytes) -> Seal:
    if len(body) < _HEAD or body[0] != VERSION:
        raise NotASeal("it is too short, or of another version")
    key, code, days = body[1 : 1 + KEY], body[1 + KEY : 1 + KEY + CODE], body[1 + KEY + CODE : _HEAD]
    number, at = _words(body, _HEAD, NUMBER)
    name, at = _words(body, at, NAME)
    completed, at = _words(body, at, COMPLETED)
    if at != len(body):
        raise NotASeal("there is more than belongs to it")
    issued, until = (int.from_bytes(each) for each in (days[:_DAY], days[_DAY:]))
    return Seal(key, code, _date(issued), _date(until) if until else None, number, name, completed)


def _words(body: bytes, at: int, most: int) -> tuple[Words, int]:
    if at >= len(body):
        raise NotASeal("it is cut off")
    end = at + 1 + (body[at] & _LENGTH)
    if end > len(body):
        raise NotASeal("it is cut off")
    return Words.read(body[at:end], most), end


def _day(day: date) -> bytes:
    return min(max((day - _FIRST_DAY).days, 1), _LAST).to_bytes(_DAY)


def _date(days: int) -> date:
    return _FIRST_DAY + timedelta(days=days)
