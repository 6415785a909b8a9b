"""Bytes as letters: base58btc behind a `z`, base64url behind a `u`, keys as Multikey (Controlled Identifiers 1.0, 2.2 and 2.4)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from lrs.badges.errors import NotACredential

_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_MOST = 256
"""Letters: a signature has 88, and to read them takes time that grows with their square."""

_PUBLIC = b"\xed\x01"
_KEY = 32


def base58(content: bytes) -> str:
    """Write bytes in base58btc, without the letter in front."""
    number, text = int.from_bytes(content), ""
    while number:
        number, value = divmod(number, 58)
        text = _LETTERS[value] + text
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + text


def from_base58(text: str) -> bytes:
    """Read base58btc: of each content there is one writing."""
    if not text or len(text) > _MOST or not _VALUES.keys() >= set(text):
        raise NotACredential("no base58btc")
    number = 0
    for letter in text:
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def multibase(content: bytes) -> str:
    """Write bytes in base58btc."""
    return f"z{base58(content)}"


def from_multibase(text: str) -> bytes:
    """Read what `multibase` writes."""
    if not text.startswith("z"):
        raise NotACredential("no base58btc")
    return from_base58(text[1:])


def base64url(content: bytes) -> str:
    """Write bytes in base64url without padding, which is shorter and soon done."""
    return f"u{urlsafe_b64encode(content).decode().rstrip('=')}"


def from_base64url(text: str) -> bytes:
    """Read what `base64url` writes, and nothing else."""
    body = text[1:]
    try:
        content = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except ValueError:
        raise NotACredential("no base64url") from None
    if base64url(content) != text:
        raise NotACredential("no base64url")
    return content


def multikey(public: bytes) -> str:
    """Write the public half of an Ed25519 key."""
    return multibase(_PUBLIC + public)


def from_multikey(text: str) -> bytes:
    """Read the public half of an Ed25519 key."""
    content = from_multibase(text)
    if not content.startswith(_PUBLIC) or len(content) != len(_PUBLIC) + _KEY:
        raise NotACredential("no Ed25519 key")
    return content.removeprefix(_PUBLIC)


def did_key(public: bytes) -> str:
    """Name a key by itself (did:key)."""
    return f"did:key:{multikey(public)}"
