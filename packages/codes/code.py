"""A code: one thing that can be said of a package."""

from typing import NamedTuple

from flask_babel import LazyString

REPAIRED = "repaired"
WARNING = "warning"
HURTS = "hurts"
REFUSED = "refused"

SEVERITIES = (REFUSED, HURTS, WARNING, REPAIRED)
"""The worst first."""


class Code(NamedTuple):
    """What is said of one thing: how much it matters, what it is, what follows from it, and what to change, if anything."""

    severity: str
    text: LazyString
    why: LazyString
    advice: LazyString | str = ""
