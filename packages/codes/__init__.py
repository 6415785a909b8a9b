"""All that can be said of a package: one table of codes, each with its severity and the words that an author reads (docs/packages.md)."""

from packages.codes.code import HURTS, REFUSED, REPAIRED, SEVERITIES, WARNING, Code
from packages.codes.pains import PAINS
from packages.codes.refusals import REFUSALS
from packages.codes.remedies import remedy
from packages.codes.repairs import REPAIRS

__all__ = ["CODES", "HURTS", "REFUSED", "REPAIRED", "SEVERITIES", "WARNING", "Code", "remedy"]

CODES: dict[str, Code] = REFUSALS | PAINS | REPAIRS
"""Every code, the worst first."""
