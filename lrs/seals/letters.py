"""The code of a certificate's page: ten random bytes, or sixteen letters that nobody mistakes for one another, as printed."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ0L"
"""Thirty-two: five bits each. Without I, O, U and 1."""

_BITS = 5
_VALUES = {letter: value for value, letter in enumerate(LETTERS)}
_BYTES, _COUNT = 10, 16


def to_bytes(code: str) -> bytes:
    """Pack the sixteen letters; ValueError for anything else."""
    if len(code) != _COUNT or not _VALUES.keys() >= set(code):
        raise ValueError("a code has sixteen of its own letters")
    number = 0
    for letter in code:
        number = number << _BITS | _VALUES[letter]
    return number.to_bytes(_BYTES)


def to_letters(content: bytes) -> str:
    """Write ten bytes as letters."""
    number = int.from_bytes(content)
    return "".join(LETTERS[number >> _BITS * place & (1 << _BITS) - 1] for place in reversed(range(_COUNT)))
