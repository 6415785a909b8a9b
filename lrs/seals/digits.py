"""Bytes as decimal digits: 7 bytes are 17 digits, and of each content there is one writing."""

_GROUP = 7
_WIDTH = {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17}
"""Digits that so many bytes need."""

_BYTES = {width: size for size, width in _WIDTH.items()}
_DIGITS = frozenset("0123456789")


class NotDigits(ValueError):
    """It is no writing of bytes."""


def write(content: bytes) -> str:
    """Write bytes as digits."""
    groups = (content[at : at + _GROUP] for at in range(0, len(content), _GROUP))
    return "".join(str(int.from_bytes(each)).zfill(_WIDTH[len(each)]) for each in groups)


def read(text: str) -> bytes:
    """Read digits, in the one way in which they can have been written."""
    if not set(text) <= _DIGITS:
        raise NotDigits("there is something else among the digits")
    width = _WIDTH[_GROUP]
    return b"".join(_group(text[at : at + width]) for at in range(0, len(text), width))


def _group(digits: str) -> bytes:
    if len(digits) not in _BYTES:
        raise NotDigits("digits are missing at the end")
    size, value = _BYTES[len(digits)], int(digits)
    if value >= 256**size:
        raise NotDigits("a group of digits says more than its bytes")
    return value.to_bytes(size)
