"""How a certificate stands today, and how much of a name is shown. Pure: what the page on the network says."""

from dataclasses import dataclass
from datetime import date

from storage.certificates import REPLACED, REVOKED, CertificateRow
from storage.shown_names import INITIALS, WHOLE

VALID, EXPIRED = "valid", "expired"


@dataclass(frozen=True, slots=True)
class Standing:
    """What whoever has the code may know of a certificate."""

    state: str
    number: str
    name: str
    """As much as its owner allows; nothing is nothing."""
    completed: str
    day: date
    until: date | None
    since: date | None = None
    """The day on which it was taken back or replaced."""
    badge: bool = False
    """Whether it is a badge of a skill, and no certificate."""


def state_of(row: CertificateRow, today: date) -> str:
    """Tell how it stands: who has taken it back has the last word, whatever its last day is."""
    if row.state in {REVOKED, REPLACED}:
        return row.state
    return EXPIRED if row.until is not None and row.until < today else VALID


def shown(name: str, wish: str) -> str:
    """Show a name whole, or the family name with initials, or nothing."""
    if wish == WHOLE:
        return name
    if wish != INITIALS:
        return ""
    first, *others = name.split() or [""]
    initials = [f"{each[0]}." for each in (others or [first]) if each]
    return " ".join([first, *initials] if others else initials)
