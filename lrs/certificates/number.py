"""A certificate's number as it is printed, and the year it counts in: that of the space, not of UTC (docs/certificates.md, Numbers)."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ0L"
"""Thirty-two letters: without I, O and U; 1 is not written, so that nobody takes it for an L."""
_GROUPS, _IN_A_GROUP = 4, 4
_MEANT = str.maketrans("OIU1", "0LVL")


@dataclass(frozen=True, slots=True)
class Number:
    """The how-manieth certificate of a unit in a year."""

    counted: int
    year: int
    unit: str = ""

    def __str__(self) -> str:
        """Write it as it is printed."""
        return "/".join(part for part in (f"{self.counted:04}", str(self.year), self.unit) if part)


def year_of(moment: datetime, zone: str) -> int:
    """Tell in which year a moment is where the space is."""
    return moment.astimezone(ZoneInfo(zone)).year


def new_code() -> str:
    """Draw a code: 80 random bits, in letters that a person can read over the telephone."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _IN_A_GROUP))


def spaced(code: str) -> str:
    """Write a code in groups."""
    return "-".join(code[at : at + _IN_A_GROUP] for at in range(0, len(code), _IN_A_GROUP))


def read_code(text: str) -> str:
    """Take a code as people type it, or nothing: whichever case, with or without signs between the groups."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum()).translate(_MEANT)
    whole = len(letters) == _GROUPS * _IN_A_GROUP and set(letters) <= set(_LETTERS)
    return letters if whole else ""


def code_bytes(code: str) -> bytes:
    """Write a code as the ten bytes that it stands for: a seal holds them."""
    whole = 0
    for letter in code:
        whole = whole * len(_LETTERS) + _LETTERS.index(letter)
    return whole.to_bytes(_GROUPS * _IN_A_GROUP * 5 // 8)


def code_of(some: bytes) -> str:
    """Write ten bytes as a code."""
    whole, letters = int.from_bytes(some), []
    for _ in range(_GROUPS * _IN_A_GROUP):
        whole, at = divmod(whole, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(reversed(letters))
